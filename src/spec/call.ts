/** What is known of a call when it starts. */
export interface CallInfo {
  /** Unique among all calls; the carrier's own id where it has one (Twilio: the CallSid). */
  readonly callId: string;
  readonly direction: "inbound" | "outbound";
  /** The number that called, in E.164 where the carrier tells it (`+919812345678`). */
  readonly from?: string;
  /** The number that was called, in E.164 where the carrier tells it. */
  readonly to?: string;
  /** What the app gave along with the call (on Twilio: the stream's `<Parameter>`s). Empty if none. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Why a call ended. The list is complete:
 *
 * - `caller-hangup`: the caller put the phone down.
 * - `farewell`: the caller said goodbye, and the goodbye back was played out.
 * - `do-not-call`, `wrong-number`: the caller said so, and was given a goodbye.
 * - `voicemail`, `announcement`: an automatic voice answered a call we had placed.
 * - `agent-end`: the brain, a tool or the app ended it.
 * - `silence`: the caller said nothing through all silence prompts.
 * - `time-limit`: the call reached its longest allowed length.
 * - `transport-lost`: the carrier's connection broke.
 * - `error`: a part the call cannot do without failed.
 */
export type CallEndReason =
  | "caller-hangup"
  | "farewell"
  | "do-not-call"
  | "wrong-number"
  | "voicemail"
  | "announcement"
  | "agent-end"
  | "silence"
  | "time-limit"
  | "transport-lost"
  | "error";
