export {
  createDeepgramSimulator,
  DEFAULT_DEEPGRAM_SIMULATOR_SILENCE_MS,
  type DeepgramSimulatorOptions,
  type DeepgramSimulatorUtterance,
} from "./deepgram-simulator.js";
