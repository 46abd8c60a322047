import type { CallEndReason, Localized } from "../../spec/index.js";
import { act, type Draft, emit, inLanguage, setDeadline } from "./draft.js";
import { dropSpeculation, speak, stopReply } from "./reply.js";

/** The call is to end, behind these last words if there are any. Once decided, nothing changes it. */
export function endCall(draft: Draft, reason: CallEndReason, lastWords?: Localized): void {
  const { state } = draft;
  if (state.ending !== undefined) return;
  state.ending = reason;
  state.pendingLines = [];
  state.cutReply = undefined;
  dropSpeculation(draft);
  setDeadline(draft, "drain", draft.atMs + draft.rules.limits.drainMs);
  if (lastWords === undefined) return;
  state.lastWords = inLanguage(lastWords, state.language);
  stopReply(draft, "ending");
}

/** Moves an ending call on: the last words, then the line. */
export function settleEnding(draft: Draft): void {
  const { state } = draft;
  if (state.reply !== undefined || state.hangingUp) return;
  if (state.lastWords !== undefined) {
    const text = state.lastWords;
    state.lastWords = undefined;
    speak(draft, "goodbye", text);
  } else hangUp(draft);
}

export function hangUp(draft: Draft): void {
  if (draft.state.hangingUp) return;
  draft.state.hangingUp = true;
  setDeadline(draft, "hang-up", draft.atMs + draft.rules.limits.hangUpMs);
  act(draft, { type: "hang-up" });
}

/** The line is down and nothing is open any more: the last event. */
export function finishCall(draft: Draft): void {
  const { state } = draft;
  state.phase = "over";
  state.deadlines = {};
  emit(draft, {
    type: "call-end",
    reason: state.ending ?? "transport-lost",
    durationMs: state.call === undefined ? 0 : draft.atMs - state.startedAtMs,
  });
  act(draft, { type: "close" });
}
