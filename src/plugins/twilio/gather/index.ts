export { DEFAULT_UNIT_MS, estimateHeard, type SpokenPiece } from "./estimate-heard.js";
export { createGatherCall, type GatherCall } from "./gather-call.js";
export {
  DEFAULT_ANSWER_WITHIN_MS,
  DEFAULT_GATHER_FALLBACK,
  DEFAULT_LISTEN_MS,
  DEFAULT_LOST_AFTER_MS,
  DEFAULT_MIN_CONFIDENCE,
  DEFAULT_MODEL_SPEECH_TIMEOUT_MS,
  DEFAULT_WHOLE_REPLY_MS,
  type GatherCallOptions,
  LONGEST_ANSWER_WITHIN_MS,
} from "./options.js";
export {
  createSpeechHost,
  DEFAULT_SPEECH_BYTES,
  DEFAULT_SPEECH_TTL_MS,
  type HostedSpeech,
  type SpeechHost,
  type SpeechHostOptions,
} from "./speech-host.js";
export { type GatherVoice, LONGEST_PIECE_MS, SYNTHESIS_TIMEOUT_MS } from "./voice.js";
