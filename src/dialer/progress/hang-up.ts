import { expectNews } from "./news.js";
import type { Draft } from "./state.js";

/** Ends the call, if it has not been asked for: at Twilio, and the conversation with it. */
export function hangUp(draft: Draft): void {
  const { state } = draft;
  if (state.hangingUp || state.callSid === undefined) return;
  state.hangingUp = true;
  state.leaveAtMs = undefined;
  // In this order: the conversation knows then that it was not the caller who hung up.
  if (state.session === "going") draft.actions.push({ type: "end-session" });
  askToHangUp(draft, state.callSid);
  expectNews(draft);
}

/** Safe to ask again: a call that is over stays so. */
export function askToHangUp({ state, actions }: Draft, callSid: string): void {
  actions.push({ type: "hang-up", callSid, pickedUp: state.status === "in-progress" });
}
