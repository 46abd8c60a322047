export { type BrainConformanceOptions, brainConformance, failingBrainConformance } from "./brain.js";
export { callStoreConformance } from "./call-store.js";
export {
  type CallTransportConformanceOptions,
  type CallTransportHarness,
  callTransportConformance,
  DEFAULT_TRANSPORT_SETTLE_MS,
} from "./call-transport.js";
export {
  type ConformanceCase,
  type ConformanceOptions,
  DEFAULT_ABORT_WITHIN_MS,
  DEFAULT_CONFORMANCE_TIMEOUT_MS,
} from "./contract.js";
export {
  failingLanguageModelConformance,
  type LanguageModelConformanceOptions,
  languageModelConformance,
} from "./language-model.js";
export { type LoggerHarness, loggerConformance } from "./logger.js";
export {
  failingSpeechToTextConformance,
  type SpeechToTextConformanceOptions,
  speechToTextConformance,
} from "./speech-to-text.js";
export {
  type SpeechTransportConformanceOptions,
  type SpeechTransportHarness,
  speechTransportConformance,
} from "./speech-transport.js";
export {
  failingTextToSpeechConformance,
  type TextToSpeechConformanceOptions,
  textToSpeechConformance,
} from "./text-to-speech.js";
export { LONGEST_TURN_SILENCE_MS, turnDetectorConformance } from "./turn-detector.js";
export {
  type VoiceActivityDetectorConformanceOptions,
  voiceActivityDetectorConformance,
} from "./voice-activity-detector.js";
