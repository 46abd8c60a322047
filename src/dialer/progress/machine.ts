import type { AnnouncementKind } from "../../language/index.js";
import { hangUp } from "./hang-up.js";
import { answererOf, type CarrierAnswer, type Draft } from "./state.js";

/** A voicemail that was heard beeps within this, in ms, or so it is taken. */
export const BEEP_WAIT_MS = 1_500;

/** The carrier hears the beep within this behind the words, in ms, or is not waited for. */
export const CARRIER_BEEP_WAIT_MS = 6_000;

/** A line that is not quiet is listened to again after this, in ms. */
export const LISTEN_AGAIN_MS = 500;

/** A message waits no longer than this for the line to be quiet, in ms: the machine is recording. */
export const QUIET_WAIT_MS = 20_000;

/** Automatic voices behind which nobody comes to the phone. */
const DEAD_ENDS: readonly AnnouncementKind[] = ["unreachable", "busy", "switched-off", "invalid-number"];

const CARRIER_ANSWERS: Readonly<Record<string, CarrierAnswer>> = {
  unknown: "unknown",
  human: "human",
  machine_start: "machine",
  machine_end_beep: "machine-ready",
  machine_end_silence: "machine-ready",
  machine_end_other: "machine-ready",
  fax: "fax",
};
const LEAST_TO_MOST: readonly (CarrierAnswer | undefined)[] = [
  undefined,
  "unknown",
  "human",
  "machine",
  "machine-ready",
  "fax",
];

/** Twilio's word for who picked up. Of several the most telling holds. */
export function takeDetected(draft: Draft, answeredBy: string): void {
  const { state } = draft;
  const answer = CARRIER_ANSWERS[answeredBy];
  if (LEAST_TO_MOST.indexOf(answer) > LEAST_TO_MOST.indexOf(state.carrierAnswer)) state.carrierAnswer = answer;
}

/** Somebody said something. A person is one until a voicemail is heard. */
export function takePerson({ state }: Draft): void {
  state.heard ??= "person";
}

/** An automatic voice was heard. In a conversation with a person, only a voicemail changes who picked up. */
export function takeAnnouncement({ state }: Draft, kind: AnnouncementKind): void {
  if (state.heard === "person" && kind !== "voicemail") return;
  state.heard = "machine";
  // Of several the last is nearest to what is on the line now.
  state.announcement = kind;
}

/** Tells who picked up, once that is known, and does with a machine what the app wants. */
export function settleAnswerer(draft: Draft): void {
  const { state, rules } = draft;
  const { callSid, final } = state;
  const by = answererOf(state);
  if (by === undefined || callSid === undefined) return;
  const told = by !== "unknown" || state.carrierAnswer !== undefined || rules.detection === "none";
  if (told && state.toldBy !== by) {
    state.toldBy = by;
    draft.actions.push({ type: "emit", event: { type: "answered", callSid, by } });
  }
  if (by !== "machine" || final !== undefined) return;
  if (rules.onMachine === "hang-up" || (rules.onMachine === "leave-message" && isDeadEnd(draft))) hangUp(draft);
  else if (rules.onMachine === "leave-message") settleMessage(draft);
}

/** A message once begun is not cut for what is heard meanwhile. */
function isDeadEnd({ state: { carrierAnswer, announcement, message } }: Draft): boolean {
  if (message === "saying" || message === "left") return false;
  return carrierAnswer === "fax" || (announcement !== undefined && DEAD_ENDS.includes(announcement));
}

/** The message is left when the carrier has heard the beep; or some time behind the words of a voicemail. */
function settleMessage(draft: Draft): void {
  const { state, rules, atMs } = draft;
  const isReady = state.carrierAnswer === "machine-ready";
  if (state.session === "over" || state.hangingUp) return;
  if (state.message === "none") {
    if (!isReady && state.announcement !== "voicemail") return;
    const isAwaited = rules.detection === "carrier" && state.carrierAnswer === undefined;
    state.message = "due";
    state.leaveByMs = atMs + QUIET_WAIT_MS;
    state.leaveAtMs = atMs + (isAwaited ? CARRIER_BEEP_WAIT_MS : BEEP_WAIT_MS);
    if (state.session === "going") draft.actions.push({ type: "hush" });
  }
  if (state.message !== "due") return;
  if (isReady || (state.leaveAtMs !== undefined && atMs >= state.leaveAtMs)) state.leaveAtMs = undefined;
  // Until there is a conversation there is nobody to say it.
  if (state.leaveAtMs !== undefined || state.session !== "going") return;
  state.message = "saying";
  draft.actions.push({ type: "leave-message", atOnce: isReady || atMs >= state.leaveByMs });
}

/** The announcement goes on, or begins again. */
export function takeBusyLine({ state, atMs }: Draft): void {
  if (state.message !== "saying") return;
  state.message = "due";
  state.leaveAtMs = atMs + LISTEN_AGAIN_MS;
}
