import type { ConversationAction, EventDraft } from "./action.js";
import type { ConversationRules } from "./rules.js";
import type { ConversationState, DeadlineName } from "./state.js";

/** One step in the making: the state as it becomes, and what is to be done. Lives only inside `step`. */
export interface Draft {
  state: { -readonly [Key in keyof ConversationState]: ConversationState[Key] };
  readonly actions: ConversationAction[];
  readonly atMs: number;
  readonly rules: ConversationRules;
}

export function act(draft: Draft, action: ConversationAction): void {
  draft.actions.push(action);
}

export function emit(draft: Draft, event: EventDraft): void {
  draft.actions.push({ type: "emit", event });
}

export function setDeadline(draft: Draft, name: DeadlineName, atMs: number): void {
  draft.state.deadlines = { ...draft.state.deadlines, [name]: atMs };
}

export function clearDeadlines(draft: Draft, ...names: readonly DeadlineName[]): void {
  if (!names.some((name) => draft.state.deadlines[name] !== undefined)) return;
  const left = { ...draft.state.deadlines };
  for (const name of names) delete left[name];
  draft.state.deadlines = left;
}

/** Whether a deadline has come; it is gone then. */
export function takeDue(draft: Draft, name: DeadlineName): boolean {
  const atMs = draft.state.deadlines[name];
  if (atMs === undefined || atMs > draft.atMs) return false;
  clearDeadlines(draft, name);
  return true;
}
