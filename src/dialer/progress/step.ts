import { BolchaalError } from "../../errors.js";
import type { OutboundStatus } from "../call-progress.js";
import { endWithout, settleEnd, takeFinal } from "./ending.js";
import { askToHangUp, hangUp } from "./hang-up.js";
import type { CarrierNews, InputOf, ProgressAction, ProgressInput } from "./input.js";
import { settleAnswerer, takeAnnouncement, takeBusyLine, takeDetected, takePerson } from "./machine.js";
import { expectNews, LOOK_AGAIN_MS } from "./news.js";
import { type Draft, FINAL_STATUSES, type FinalStatus, type ProgressRules, type ProgressState } from "./state.js";

/** So often in a row the API is asked in vain. */
export const MOST_LOOKS = 24;

/**
 * An outbound call: how it stood, and what happened now, give how it stands and what to do. Pure. The order in which the
 * carrier's news come, and how often, changes nothing in how the call ends.
 */
export function step(
  state: ProgressState,
  input: ProgressInput,
  rules: ProgressRules,
): { readonly state: ProgressState; readonly actions: readonly ProgressAction[] } {
  const draft: Draft = { state: { ...state }, actions: [], atMs: input.atMs, rules };
  if (state.end !== undefined) takeBehindTheEnd(draft, input);
  else {
    take(draft, input);
    settle(draft);
  }
  return { state: draft.state, actions: draft.actions };
}

const TAKE: { readonly [Type in ProgressInput["type"]]: (draft: Draft, input: InputOf<Type>) => void } = {
  waiting: (draft, { ahead }) => draft.actions.push({ type: "emit", event: { type: "waiting", ahead } }),
  creating: (draft) => reach(draft, "creating"),
  created: (draft, { callSid }) => isOurs(draft, callSid) && reach(draft, "queued"),
  found: onFound,
  refused: (draft, { refusal, error }) => endWithout(draft, "refused", { refusal, error }),
  "not-created": (draft, { error }) =>
    draft.state.cancelled ? endWithout(draft, "canceled") : endWithout(draft, "not-created", { error }),
  uncertain: (draft, { error }) => endWithout(draft, "uncertain", { error }),
  status: (draft, news) => isOurs(draft, news.callSid) && takeStatus(draft, news),
  "picked-up": (draft, { callSid }) => isOurs(draft, callSid) && reach(draft, "in-progress"),
  detected: (draft, { callSid, answeredBy }) => {
    if (!isOurs(draft, callSid)) return;
    takeDetected(draft, answeredBy);
    reach(draft, "in-progress");
  },
  "session-start": onSessionStart,
  "session-end": onSessionEnd,
  "person-heard": takePerson,
  "announcement-heard": (draft, { kind }) => takeAnnouncement(draft, kind),
  "line-busy": takeBusyLine,
  "message-over": onMessageOver,
  cancel: onCancel,
  tick: onTick,
};

function take<Type extends ProgressInput["type"]>(draft: Draft, input: InputOf<Type>): void {
  (TAKE[input.type as Type] as (draft: Draft, input: InputOf<Type>) => void)(draft, input);
}

/** What follows from where things stand now. */
function settle(draft: Draft): void {
  const { state } = draft;
  if (state.end !== undefined) return;
  if (state.cancelled && state.final === undefined) hangUp(draft);
  settleAnswerer(draft);
  settleEnd(draft);
}

/** Whether news are of this call. Another call made for the same order is one too many. */
function isOurs(draft: Draft, callSid: string): boolean {
  const { state } = draft;
  if (state.callSid === undefined || (state.likely && state.callSid !== callSid)) state.callSid = callSid;
  if (state.callSid !== callSid) {
    hangUpStray(draft, callSid);
    return false;
  }
  state.likely = false;
  return true;
}

function onFound(draft: Draft, { callSid }: InputOf<"found">): void {
  if (draft.state.callSid !== undefined) return;
  draft.state.callSid = callSid;
  draft.state.likely = true;
  reach(draft, "queued");
}

function hangUpStray(draft: Draft, callSid: string): void {
  if (draft.state.strays.includes(callSid)) return;
  draft.state.strays = [...draft.state.strays, callSid];
  draft.actions.push({ type: "hang-up", callSid, pickedUp: true });
}

/** A call that lives though its order is over is one that nobody waits for any more. */
function takeBehindTheEnd(draft: Draft, input: ProgressInput): void {
  if (!("callSid" in input) || input.type === "found" || input.callSid === draft.state.callSid) return;
  if (input.type === "status" && isFinal(input.status)) return;
  hangUpStray(draft, input.callSid);
}

const STAGES: readonly OutboundStatus[] = ["waiting", "creating", "queued", "ringing", "in-progress", "ended"];

/** Moves on to a stage. It never goes back: what is told late is passed over. */
function reach(draft: Draft, status: Exclude<OutboundStatus, "waiting" | "ended">): void {
  const { state } = draft;
  if (STAGES.indexOf(status) > STAGES.indexOf(state.status)) {
    state.status = status;
    const { callSid } = state;
    if (status === "creating") draft.actions.push({ type: "emit", event: { type: status } });
    else if (callSid !== undefined) draft.actions.push({ type: "emit", event: { type: status, callSid } });
  }
  expectNews(draft);
}

const STAGE_OF: Readonly<Record<string, "queued" | "ringing" | "in-progress">> = {
  queued: "queued",
  initiated: "queued",
  ringing: "ringing",
  answered: "in-progress",
  "in-progress": "in-progress",
};

function takeStatus(draft: Draft, { status, sequence, durationMs, sipResponseCode }: CarrierNews): void {
  if (isFinal(status)) takeFinal(draft, { status, sequence: sequence ?? -1, durationMs, sipResponseCode });
  // Whatever a word means that is not known here: Twilio has the call.
  else reach(draft, STAGE_OF[status] ?? "queued");
}

function isFinal(status: string): status is FinalStatus {
  return (FINAL_STATUSES as readonly string[]).includes(status);
}

function onSessionStart(draft: Draft): void {
  draft.state.session = "going";
  reach(draft, "in-progress");
  // The agent was not there when the call was given up.
  if (draft.state.hangingUp) draft.actions.push({ type: "end-session" });
}

function onSessionEnd(draft: Draft, { reason }: InputOf<"session-end">): void {
  const { state } = draft;
  state.session = "over";
  state.callEndReason = reason;
  if (state.message === "saying" || state.message === "due") state.message = "not-left";
  state.leaveAtMs = undefined;
  expectNews(draft);
}

function onMessageOver(draft: Draft, { left }: InputOf<"message-over">): void {
  if (draft.state.message !== "saying") return;
  draft.state.message = left ? "left" : "not-left";
}

function onCancel(draft: Draft): void {
  const { state } = draft;
  if (state.final !== undefined) return;
  state.cancelled = true;
  if (state.status === "waiting") endWithout(draft, "canceled");
}

/** Nothing was heard for too long: the API is asked; and a call that is to be over is ended once more. */
function onTick(draft: Draft): void {
  const { state, atMs } = draft;
  const { callSid, lookAtMs } = state;
  if (callSid === undefined || lookAtMs === undefined || atMs < lookAtMs) return;
  if (state.looks >= MOST_LOOKS) return endWithout(draft, "uncertain", { error: neverEnded() });
  state.looks += 1;
  state.lookAtMs = atMs + LOOK_AGAIN_MS;
  if (state.hangingUp) askToHangUp(draft, callSid);
  draft.actions.push({ type: "look", callSid });
}

function neverEnded(): BolchaalError {
  return new BolchaalError(
    "Twilio does not tell how a call ended. Look at the call in Twilio's console, and whether its webhooks reach the phone server.",
    { code: "provider-timeout", component: "dialer", provider: "twilio" },
  );
}
