/**
 * OpenAI: models over the Responses API and over chat completions, voices and transcription.
 *
 * @packageDocumentation
 */
export { type OpenAiBrainOptions, openAiBrain } from "./brain.js";
export {
  DEFAULT_OPENAI_BASE_URL,
  type OpenAiCallOptions,
  type OpenAiClient,
  type OpenAiConnection,
  type OpenAiEndpoint,
} from "./client.js";
export { DEFAULT_OPENAI_MODEL, type OpenAiModelOptions, openAiModel } from "./model.js";
export type { OpenAiReasoningEffort } from "./model-settings.js";
export {
  DEFAULT_OPENAI_FIRST_PART_TIMEOUT_MS,
  DEFAULT_OPENAI_IDLE_TIMEOUT_MS,
  type OpenAiTimeouts,
} from "./progress.js";
export * from "./realtime/index.js";
export { SHUTDOWN_WARNING_DAYS, shutdownWarning } from "./shutdowns.js";
export { DEFAULT_OPENAI_SPEECH_MODEL, DEFAULT_OPENAI_VOICE, type OpenAiSpeechOptions, openAiSpeech } from "./speech.js";
export {
  DEFAULT_OPENAI_MAX_UTTERANCE_MS,
  DEFAULT_OPENAI_PRE_ROLL_MS,
  DEFAULT_OPENAI_TRANSCRIPTION_LANGUAGES,
  DEFAULT_OPENAI_TRANSCRIPTION_MODEL,
  type OpenAiTranscriptionOptions,
  openAiTranscription,
} from "./transcription.js";
