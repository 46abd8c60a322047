import { inLanguage } from "../../language/index.js";
import type { CallEndReason, CallIntent, Localized } from "../../spec/index.js";
import { act, type Draft, emit, setDeadline } from "./draft.js";
import { dropSpeculation, speak, stopReply } from "./reply.js";
import type { EndingIntent } from "./rules.js";

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

/** Why the call ends when the caller's words want this of it; undefined: it goes on. Automatic voices end only calls we placed. */
export function endingOf({ state, rules }: Draft, intent: CallIntent | undefined): EndingIntent | undefined {
  const ending = rules.endOn.find((each) => each === intent);
  const automatic = ending === "voicemail" || ending === "announcement";
  return automatic && state.call?.direction !== "outbound" ? undefined : ending;
}

/** The words behind which such a call ends. */
export function goodbyeFor({ rules }: Draft, ending: EndingIntent): Localized | undefined {
  const { goodbye, doNotCallGoodbye, wrongNumberGoodbye } = rules.lines;
  if (ending === "farewell") return goodbye;
  if (ending === "do-not-call") return doNotCallGoodbye;
  return ending === "wrong-number" ? wrongNumberGoodbye : undefined;
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
