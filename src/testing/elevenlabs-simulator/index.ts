export {
  createElevenLabsSimulator,
  DEFAULT_ELEVENLABS_SIMULATOR_VOICES,
  type ElevenLabsSimulatorOptions,
} from "./elevenlabs-simulator.js";
