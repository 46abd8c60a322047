export type { ConversationAction, EventDraft } from "./action.js";
export type { ConversationInput, HeardInput } from "./input.js";
export type {
  ConversationRules,
  EndingIntent,
  InterruptionRules,
  LimitRules,
  SessionLines,
  SilenceRules,
  TurnRules,
} from "./rules.js";
export {
  type ActiveReply,
  type CallerTurn,
  type ConversationState,
  type DeadlineName,
  INITIAL_STATE,
  nextDeadline,
  type ReplyVolume,
  type Speculation,
  type ToolAtWork,
  type Utterance,
} from "./state.js";
export { step } from "./step.js";
