import { expectNews } from "./news.js";
import type { Draft } from "./state.js";

/** Ends the call, if it has not been asked for: at Twilio, and the conversation with it. */
export function hangUp(draft: Draft): void {
  const { state } = draft;
  if (state.hangingUp || state.callSid === undefined) return;
  state.hangingUp = true;
  state.leaveAtMs = undefined;
  askToHangUp(draft, state.callSid);
  if (state.session === "going") draft.actions.push({ type: "end-session" });
  expectNews(draft);
}

/** Safe to ask again: a call that is over stays so. */
export function askToHangUp({ state, actions }: Draft, callSid: string): void {
  actions.push({ type: "hang-up", callSid, pickedUp: state.status === "in-progress" });
}
