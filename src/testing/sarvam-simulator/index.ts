export type { SarvamSimulatorUtterance } from "./recogniser.js";
export { createSarvamSimulator, type SarvamSimulatorOptions } from "./sarvam-simulator.js";
