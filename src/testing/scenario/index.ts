export { readScenario, type Scenario, type ScenarioExpectations, type ScenarioReply } from "./scenario.js";
export { scenarioBrain } from "./scenario-brain.js";
export { scenarioFaults } from "./scenario-faults.js";
