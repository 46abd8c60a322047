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
  TurnRules,
  Utterance,
} from "./conversation/index.js";
export type { VoiceEventListener } from "./event-bus.js";
export { DEFAULT_EVENT_HIGH_WATER_MARK, type EventStreamOptions } from "./event-stream.js";
export { DEFAULT_LINES } from "./lines.js";
export {
  type AgentOptions,
  DEFAULT_END_ON,
  type GreetingOptions,
  type InterruptionOptions,
  type VoiceSessionOptions,
} from "./options.js";
export { DEFAULT_TURN_SILENCE_MS, silenceTurnDetector } from "./silence-turn-detector.js";
export { silentLogger } from "./silent-logger.js";
export { systemClock } from "./system-clock.js";
export { VoiceSession } from "./voice-session.js";
