/** OpenAI's Realtime API, over plain WebSocket: a recogniser, a voice, and both with a model between. */
export { type OpenAiRealtimeOptions, openAiRealtime } from "./agent.js";
export { DEFAULT_OPENAI_REALTIME_BASE_URL, type OpenAiRealtimeConnectionOptions } from "./connection.js";
export {
  DEFAULT_OPENAI_REALTIME_ANSWER_TIMEOUT_MS,
  DEFAULT_OPENAI_REALTIME_TRANSCRIPTION_MODEL,
  type OpenAiRealtimeTranscriptionOptions,
  openAiRealtimeTranscription,
} from "./transcription.js";
export {
  DEFAULT_OPENAI_REALTIME_IDLE_TIMEOUT_MS,
  DEFAULT_OPENAI_REALTIME_MODEL,
  DEFAULT_OPENAI_REALTIME_VOICE,
  type OpenAiRealtimeVoice,
  type OpenAiRealtimeVoiceOptions,
  openAiRealtimeVoice,
} from "./voice.js";
