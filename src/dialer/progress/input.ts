import type { BolchaalError } from "../../errors.js";
import type { AnnouncementKind } from "../../language/index.js";
import type { CallEndReason } from "../../spec/index.js";
import type { OutboundEvent, Refusal } from "../call-progress.js";

/** What Twilio says of a call. */
export interface CarrierNews {
  readonly callSid: string;
  /** Twilio's word: one it does not know is passed over. */
  readonly status: string;
  /** Twilio's numbering of what it tells of a call; undefined for what the API was asked. */
  readonly sequence?: number | undefined;
  readonly durationMs?: number | undefined;
  readonly sipResponseCode?: number | undefined;
}

/** Something that has happened to an outbound call. */
export type ProgressInput = { readonly atMs: number } & (
  | { readonly type: "waiting"; readonly ahead: number }
  | { readonly type: "creating" }
  /** The API answered: it has the call. */
  | { readonly type: "created"; readonly callSid: string }
  /** The account's list has a call that is very likely this one. */
  | { readonly type: "found"; readonly callSid: string }
  | { readonly type: "refused"; readonly refusal: Refusal; readonly error: BolchaalError }
  | { readonly type: "not-created"; readonly error: BolchaalError }
  | { readonly type: "uncertain"; readonly error: BolchaalError }
  | ({ readonly type: "status" } & CarrierNews)
  /** Twilio asks what to do with the call, which it does when it was picked up. */
  | { readonly type: "picked-up"; readonly callSid: string }
  /** Twilio's word for who picked up. */
  | { readonly type: "detected"; readonly callSid: string; readonly answeredBy: string }
  | { readonly type: "session-start" }
  | { readonly type: "session-end"; readonly reason: CallEndReason }
  /** The first words of somebody, as it seems. */
  | { readonly type: "person-heard" }
  | { readonly type: "announcement-heard"; readonly kind: AnnouncementKind }
  /** The message was to be left, and somebody, or something, is speaking. */
  | { readonly type: "line-busy" }
  | { readonly type: "message-over"; readonly left: boolean }
  | { readonly type: "cancel" }
  /** A deadline has come. */
  | { readonly type: "tick" }
);

export type InputOf<Type extends ProgressInput["type"]> = Extract<ProgressInput, { readonly type: Type }>;

/** What is to be done about it. */
export type ProgressAction =
  | { readonly type: "emit"; readonly event: OutboundEvent }
  /** Twilio is to end the call: as `canceled` if it was not picked up. */
  | { readonly type: "hang-up"; readonly callSid: string; readonly pickedUp: boolean }
  | { readonly type: "end-session" }
  /** The agent is to be silent: it talks to a machine. */
  | { readonly type: "hush" }
  /** The message is to be left: if not `atOnce`, then only if nothing is being said on the line. */
  | { readonly type: "leave-message"; readonly atOnce: boolean }
  /** The API is to be asked how the call is doing. */
  | { readonly type: "look"; readonly callSid: string };
