export { readScenario, type Scenario } from "./scenario.js";
export { scenarioBrain } from "./scenario-brain.js";
export { scenarioFaults } from "./scenario-faults.js";
