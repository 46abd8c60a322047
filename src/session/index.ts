export { systemClock } from "../system-clock.js";
export {
  type CollectDigitsOptions,
  type CollectedDigits,
  collectDigits,
  DEFAULT_FIRST_DIGIT_MS,
  DEFAULT_INTER_DIGIT_MS,
  DEFAULT_TERMINATOR,
  type DigitsSession,
} from "./collect-digits.js";
export type {
  ActiveReply,
  CallerTurn,
  ConversationInput,
  ConversationState,
  DeadlineName,
  EndingIntent,
  HeardInput,
  InterruptionRules,
  LimitRules,
  ReplyVolume,
  SessionLines,
  SilenceRules,
  Speculation,
  ToolAtWork,
  TurnRules,
  Utterance,
} from "./conversation/index.js";
export type { SessionEvents, VoiceEventListener } from "./event-bus.js";
export { DEFAULT_EVENT_HIGH_WATER_MARK, type EventStreamOptions } from "./event-stream.js";
export { type FallbackOptions, type FallbackRules, fallback, type HealthRules } from "./fallback/index.js";
export { DEFAULT_LINES } from "./lines.js";
export {
  type AgentOptions,
  type CarrierSpeechAgentOptions,
  DEFAULT_END_ON,
  type GreetingOptions,
  type InterruptionOptions,
  type VoiceSessionOptions,
} from "./options.js";
export { silentLogger } from "./silent-logger.js";
export {
  DEFAULT_ENGLISH_SILENCE,
  DEFAULT_HINDI_SILENCE,
  DEFAULT_TURN_SILENCE_MS,
  silenceTurnDetector,
  type TurnDetectorOptions,
  type TurnSilence,
  turnDetector,
} from "./turn-detector/index.js";
export { VoiceSession } from "./voice-session.js";
