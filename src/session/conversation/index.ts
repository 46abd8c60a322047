export type { ConversationAction, EventDraft } from "./action.js";
export type { ConversationInput, HeardInput } from "./input.js";
export type { ConversationRules, InterruptionRules, LimitRules, SessionLines, SilenceRules } from "./rules.js";
export { type ConversationState, INITIAL_STATE, nextDeadline } from "./state.js";
export { step } from "./step.js";
