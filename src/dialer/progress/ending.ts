import type { BolchaalError } from "../../errors.js";
import type { OutboundEnd, OutboundEndReason } from "../call-progress.js";
import { answererOf, type Draft, FINAL_STATUSES, type FinalNews, type ProgressState } from "./state.js";

/** What is still on its way when the carrier says a call is over, such as who picked up, is waited for so long, in ms. */
export const SETTLE_MS = 2_000;

/** A conversation is over this long behind its call, in ms, or is no longer waited for. */
export const SESSION_END_MS = 10_000;

/** The carrier's last word: doubled, or told otherwise before, the one that Twilio numbers highest holds. */
export function takeFinal({ state, atMs }: Draft, news: FinalNews): void {
  if (state.final === undefined) {
    state.finalAtMs = atMs;
    state.settleAtMs = atMs + SETTLE_MS;
    state.lookAtMs = undefined;
    state.leaveAtMs = undefined;
  }
  if (state.final === undefined || outranks(news, state.final)) state.final = news;
}

function outranks(news: FinalNews, known: FinalNews): boolean {
  if (news.sequence !== known.sequence) return news.sequence > known.sequence;
  const [newRank, knownRank] = [news, known].map(({ status }) => FINAL_STATUSES.indexOf(status));
  if (newRank !== knownRank) return (newRank ?? 0) > (knownRank ?? 0);
  return (news.durationMs ?? -1) > (known.durationMs ?? -1);
}

/** A call the carrier says is over ends here once nothing more is to be learned of it, or its time for that is up. */
export function settleEnd(draft: Draft): void {
  const { state, rules, atMs } = draft;
  if (state.final === undefined || state.settleAtMs === undefined) return;
  const toldAll = rules.detection !== "carrier" || state.carrierAnswer !== undefined;
  const complete = state.final.status !== "completed" || (toldAll && state.session === "over");
  if (!complete && atMs < state.settleAtMs) return;
  const patienceAtMs = state.finalAtMs + SESSION_END_MS;
  if (!complete && state.session === "going" && atMs < patienceAtMs) state.settleAtMs = patienceAtMs;
  else finish(draft, reasonOf(state, draft));
}

/** Ends a call that Twilio never had, as far as is known. */
export function endWithout(
  draft: Draft,
  reason: "refused" | "not-created" | "uncertain" | "canceled",
  told: Pick<OutboundEnd, "refusal"> & { readonly error?: BolchaalError } = {},
): void {
  finish(draft, reason, told);
}

function reasonOf({ final, cancelled }: ProgressState, draft: Draft): OutboundEndReason {
  if (final === undefined || final.status !== "completed") return final?.status ?? "uncertain";
  if (cancelled) return "canceled";
  const byMachine = answererOf(draft.state) === "machine" && draft.rules.onMachine !== "carry-on";
  return byMachine ? "machine" : "completed";
}

function finish(draft: Draft, reason: OutboundEndReason, told: Pick<OutboundEnd, "refusal" | "error"> = {}): void {
  const { state } = draft;
  const { callSid, announcement, callEndReason, final, message } = state;
  const answeredBy = answererOf(state);
  if (answeredBy !== undefined && state.toldBy === undefined && callSid !== undefined) {
    draft.actions.push({ type: "emit", event: { type: "answered", callSid, by: answeredBy } });
  }
  state.end = Object.freeze({
    reason,
    messageLeft: message === "left",
    ...given({
      callSid,
      answeredBy,
      announcement,
      callEndReason,
      durationMs: final?.durationMs,
      sipResponseCode: final?.sipResponseCode,
    }),
    ...told,
  });
  state.status = "ended";
  state.settleAtMs = undefined;
  state.leaveAtMs = undefined;
  state.lookAtMs = undefined;
  draft.actions.push({ type: "emit", event: { type: "ended", end: state.end } });
}

type Given<T> = { readonly [Key in keyof T]?: Exclude<T[Key], undefined> };

function given<T extends object>(fields: T): Given<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>;
}
