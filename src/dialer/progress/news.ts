import type { Draft } from "./state.js";

/** Beyond the longest that the phone may ring, or the call may last, news are waited for so long, in ms. */
export const NEWS_SLACK_MS = 15_000;

/** A call that is to be over is looked up when this has gone by without a word, in ms; and every so often from then on. */
export const LOOK_AGAIN_MS = 5_000;

/** There were news: sets when the API is asked if there are no more. */
export function expectNews({ state, rules, atMs }: Draft): void {
  if (state.callSid === undefined || state.final !== undefined) return;
  const isEnding = state.hangingUp || state.session === "over";
  const longestMs = state.status === "in-progress" ? rules.timeLimitMs : rules.ringTimeoutMs;
  state.looks = 0;
  state.lookAtMs = atMs + (isEnding ? LOOK_AGAIN_MS : longestMs + NEWS_SLACK_MS);
}
