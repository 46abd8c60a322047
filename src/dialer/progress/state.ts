import type { AnnouncementKind } from "../../language/index.js";
import type { CallEndReason } from "../../spec/index.js";
import type { AnsweredBy, OutboundEnd, OutboundStatus } from "../call-progress.js";
import type { MachineDetection, MachinePolicy } from "../dialer-types.js";
import type { ProgressAction } from "./input.js";

/** What a call's progress depends on, beyond what happens. */
export interface ProgressRules {
  readonly onMachine: MachinePolicy["do"];
  readonly detection: MachineDetection;
  readonly ringTimeoutMs: number;
  readonly timeLimitMs: number;
}

/** The carrier's last word of a call. */
export interface FinalNews {
  readonly status: FinalStatus;
  /** −1 for what the API was asked. */
  readonly sequence: number;
  readonly durationMs: number | undefined;
  readonly sipResponseCode: number | undefined;
}

export const FINAL_STATUSES = ["completed", "busy", "no-answer", "failed", "canceled"] as const;
export type FinalStatus = (typeof FINAL_STATUSES)[number];

/** Who picked up, says Twilio; `machine-ready`: and its greeting is over. */
export type CarrierAnswer = "unknown" | "human" | "machine" | "machine-ready" | "fax";

/** An outbound call as it stands: plain data, never changed in place. What was learned, in whatever order, adds up. */
export interface ProgressState {
  readonly status: OutboundStatus;
  readonly callSid: string | undefined;
  /** The id was found in a list, and was not confirmed yet. */
  readonly likely: boolean;
  /** Calls that were made though this one was: each is hung up once. */
  readonly strays: readonly string[];
  readonly carrierAnswer: CarrierAnswer | undefined;
  readonly heard: "person" | "machine" | undefined;
  readonly announcement: AnnouncementKind | undefined;
  /** Who picked up, as was last told. */
  readonly toldBy: AnsweredBy | undefined;
  readonly session: "none" | "going" | "over";
  readonly callEndReason: CallEndReason | undefined;
  readonly message: "none" | "due" | "saying" | "left" | "not-left";
  readonly cancelled: boolean;
  /** Twilio was asked to end the call. */
  readonly hangingUp: boolean;
  readonly final: FinalNews | undefined;
  readonly finalAtMs: number;
  /** When what may still be learned of an ended call is no longer waited for. */
  readonly settleAtMs: number | undefined;
  /** When the message is left, beep or no beep. */
  readonly leaveAtMs: number | undefined;
  /** And when it is left though the line is not quiet. */
  readonly leaveByMs: number;
  /** When the API is asked, if nothing is heard till then. */
  readonly lookAtMs: number | undefined;
  /** So often in a row it was asked in vain. */
  readonly looks: number;
  readonly end: OutboundEnd | undefined;
}

export const INITIAL_PROGRESS: ProgressState = Object.freeze({
  status: "waiting",
  callSid: undefined,
  likely: false,
  strays: [],
  carrierAnswer: undefined,
  heard: undefined,
  announcement: undefined,
  toldBy: undefined,
  session: "none",
  callEndReason: undefined,
  message: "none",
  cancelled: false,
  hangingUp: false,
  final: undefined,
  finalAtMs: 0,
  settleAtMs: undefined,
  leaveAtMs: undefined,
  leaveByMs: 0,
  lookAtMs: undefined,
  looks: 0,
  end: undefined,
});

/** A state in the making, and what is to be done about it. */
export interface Draft {
  state: { -readonly [Key in keyof ProgressState]: ProgressState[Key] };
  readonly actions: ProgressAction[];
  readonly atMs: number;
  readonly rules: ProgressRules;
}

/** When the call next wants a tick. */
export function nextDeadline({ settleAtMs, leaveAtMs, lookAtMs }: ProgressState): number | undefined {
  const deadlines = [settleAtMs, leaveAtMs, lookAtMs].filter((atMs) => atMs !== undefined);
  return deadlines.length === 0 ? undefined : Math.min(...deadlines);
}

/** Who picked up, by all that is known: a machine that was heard, or detected, is no person. */
export function answererOf({ carrierAnswer, heard, final, status }: ProgressState): AnsweredBy | undefined {
  const carriers =
    carrierAnswer === "human" || carrierAnswer === "unknown" ? carrierAnswer : carrierAnswer && "machine";
  if (heard === "machine" || carriers === "machine") return "machine";
  if (heard === "person" || carriers === "human") return "human";
  const pickedUp = carriers !== undefined || status === "in-progress" || final?.status === "completed";
  return pickedUp ? "unknown" : undefined;
}
