export { type ScriptedBrainOptions, type ScriptedBrainStep, type ScriptedReply, scriptedBrain } from "./brain.js";
export { decodeWords, type HeardWord } from "./heard-words.js";
export { type LogLine, type MemoryLogger, memoryLogger } from "./memory-logger.js";
export { type ScriptedModel, type ScriptedModelOptions, type ScriptedModelStep, scriptedModel } from "./model.js";
export {
  type ScriptedSpeechStep,
  type ScriptedSpeechToSpeech,
  type ScriptedSpeechToSpeechOptions,
  scriptedSpeechToSpeech,
} from "./speech-to-speech.js";
export {
  type ScriptedSpeechToTextOptions,
  type ScriptedUtterance,
  scriptedSpeechToText,
} from "./speech-to-text.js";
export {
  DEFAULT_WORD_MS,
  type ScriptedTextToSpeechOptions,
  type ScriptedVoiceFault,
  scriptedTextToSpeech,
} from "./text-to-speech.js";
export {
  DEFAULT_VOICE_THRESHOLD_DBFS,
  type ScriptedVoiceActivityDetectorOptions,
  scriptedVoiceActivityDetector,
} from "./voice-activity-detector.js";
export type { CodedWord } from "./word-code.js";
