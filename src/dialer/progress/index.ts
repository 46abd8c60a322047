export type { CarrierNews, ProgressAction, ProgressInput } from "./input.js";
export { INITIAL_PROGRESS, nextDeadline, type ProgressRules, type ProgressState } from "./state.js";
export { step } from "./step.js";
