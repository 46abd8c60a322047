import type { BolchaalError } from "../errors.js";
import type { AnnouncementKind } from "../language/index.js";
import type { CallEndReason } from "../spec/index.js";

/**
 * Where an outbound call stands. It never goes back:
 *
 * - `waiting`: for its turn among the dialer's calls. Nothing was dialled.
 * - `creating`: Twilio is being asked for the call.
 * - `queued`: Twilio has the call, and has not rung yet.
 * - `ringing`: the phone rings.
 * - `in-progress`: somebody, or something, picked up.
 * - `ended`: it is over.
 */
export type OutboundStatus = "waiting" | "creating" | "queued" | "ringing" | "in-progress" | "ended";

/** Who picked up. `unknown`: nobody could tell. */
export type AnsweredBy = "human" | "machine" | "unknown";

/**
 * Why an outbound call is over. The list is complete:
 *
 * - `completed`: it was answered, and has ended. How the conversation ended says `callEndReason`.
 * - `machine`: a voicemail, an announcement or a fax picked up, and was dealt with as `machine` asked.
 * - `busy`, `no-answer`: nobody could be reached.
 * - `failed`: the carrier could not put it through, such as for a number that does not exist.
 * - `canceled`: `cancel()` was called.
 * - `refused`: it must not be dialled: outside the calling window, a number not to be called, a hook that said no. Nothing was dialled.
 * - `not-created`: Twilio did not take it. Nothing was dialled. `error` says why.
 * - `uncertain`: whether there was a call, or how it ended, cannot be found out. It was not dialled again. `error` says what to look at.
 */
export type OutboundEndReason =
  | "completed"
  | "machine"
  | "busy"
  | "no-answer"
  | "failed"
  | "canceled"
  | "refused"
  | "not-created"
  | "uncertain";

/**
 * Why a call must not be dialled. The list is complete:
 *
 * - `calling-window`: not at this hour. `nextOpeningAt` says when.
 * - `do-not-call`: the number is on the list.
 * - `do-not-call-unknown`: the list could not be asked, so the call is not made.
 * - `before-call`: the app's hook said no, failed, or took too long.
 */
export type Refusal =
  | { readonly why: "calling-window"; readonly nextOpeningAt: Date }
  | { readonly why: "do-not-call" | "do-not-call-unknown" | "before-call" };

/** How an outbound call ended. */
export interface OutboundEnd {
  readonly reason: OutboundEndReason;
  /** Undefined if Twilio never had the call, as far as is known. */
  readonly callSid?: string;
  /** Undefined if nobody picked up. */
  readonly answeredBy?: AnsweredBy;
  /** What an automatic voice said, if one was heard. */
  readonly announcement?: AnnouncementKind;
  /** Whether the message was left: with `machine: { do: "leave-message" }`. */
  readonly messageLeft: boolean;
  /** How the conversation ended, if there was one. */
  readonly callEndReason?: CallEndReason;
  /** How long the call lasted once it was answered, in ms, as the carrier counts: whole seconds. */
  readonly durationMs?: number;
  /** The carrier's answer, such as 486 for busy, where Twilio tells it. */
  readonly sipResponseCode?: number;
  /** With `refused`. */
  readonly refusal?: Refusal;
  /** With `refused`, `not-created` and `uncertain`. */
  readonly error?: BolchaalError;
}

/** Something has happened to an outbound call. */
export type OutboundEvent =
  /** It waits for its turn behind so many others. */
  | { readonly type: "waiting"; readonly ahead: number }
  /** Twilio is being asked for it. */
  | { readonly type: "creating" }
  /** Twilio has it. */
  | { readonly type: "queued"; readonly callSid: string }
  | { readonly type: "ringing"; readonly callSid: string }
  /** It was picked up. */
  | { readonly type: "in-progress"; readonly callSid: string }
  /** Who picked up. Comes a second time if who was taken for a person is a machine. */
  | { readonly type: "answered"; readonly callSid: string; readonly by: AnsweredBy }
  /** It is over. The last event, exactly one. Stages that Twilio did not tell of in time are left out before it. */
  | { readonly type: "ended"; readonly end: OutboundEnd };

/** The events by their type. */
export type OutboundEventOf<Type extends OutboundEvent["type"]> = Extract<OutboundEvent, { readonly type: Type }>;
