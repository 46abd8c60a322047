import type { StepReport } from "./caller.js";
import type { DebuggerEvent } from "./debugger-events.js";
import type { Stretch } from "./hearing.js";
import type { MessageViolation } from "./message-rules.js";
import type { TwimlVerb } from "./twiml-reader.js";
import type { CallIdentity } from "./wire-messages.js";

/** All times are in ms since the stream began, on the simulator's clock. */
export interface StreamReport {
  readonly end: StreamEnd;
  readonly durationMs: number;
  /** How the caller's script went, step by step. */
  readonly steps: readonly StepReport[];
  /** When the agent could be heard. */
  readonly agentSpeech: readonly Stretch[];
  /** The caller's sound, sample for sample: µ-law at 8 kHz. Empty if `record` is off. */
  readonly said: Uint8Array;
  /** What the caller heard, sample for sample: µ-law at 8 kHz, silence included. Empty if `record` is off. */
  readonly heard: Uint8Array;
  /** What the app sent and Twilio took, in order. */
  readonly messages: readonly ReceivedMessage[];
  /** The marks that were echoed, in order. */
  readonly echoes: readonly MarkEcho[];
  /** What the app sent and Twilio ignored: the first hundred. */
  readonly violations: readonly (MessageViolation & { readonly atMs: number })[];
  /** What Twilio's debugger would show: each warning once a stream. */
  readonly debuggerEvents: readonly DebuggerEvent[];
}

/** How a stream ended. */
export interface StreamEnd {
  /**
   * - `caller-hangup`: the caller put the phone down: `stop`, then a close.
   * - `agent-hangup`: the app closed the socket.
   * - `connection-lost`: the socket broke without a close.
   * - `killed`: the simulated carrier broke it, as its faults say.
   * - `time-limit`: the call reached the carrier's limit.
   */
  readonly reason: "caller-hangup" | "agent-hangup" | "connection-lost" | "killed" | "time-limit";
  readonly atMs: number;
  /** What the app closed the socket with, if it did. */
  readonly closeCode?: number;
  /** Why the caller's script could not be done, if it could not. */
  readonly failure?: string;
}

/** A message from the app. */
export type ReceivedMessage =
  | { readonly event: "media"; readonly bytes: number; readonly atMs: number }
  | { readonly event: "mark"; readonly name: string; readonly atMs: number }
  /** `droppedMs`: how much audio was thrown away. */
  | { readonly event: "clear"; readonly droppedMs: number; readonly atMs: number };

/** A mark that went back to the app. */
export interface MarkEcho {
  readonly name: string;
  readonly atMs: number;
  /** It was echoed because of a `clear`, not because its audio was played. */
  readonly cleared: boolean;
}

/**
 * How a call ended: as its stream did, or without one.
 *
 * - `webhook-failed`: the webhook did not answer with TwiML; the debugger tells why.
 * - `no-stream`: the TwiML opens no stream.
 * - `stream-refused`: the upgrade to a WebSocket was refused; the debugger tells why.
 */
export type SimulatedCallEnd =
  | StreamEnd
  | {
      readonly reason: "webhook-failed" | "no-stream" | "stream-refused";
      readonly atMs: 0;
      /** What the app answered instead, if it answered. */
      readonly httpStatus?: number;
      readonly failure?: undefined;
    };

/** What became of a simulated call. */
export interface SimulatedCallReport extends Omit<StreamReport, "end">, CallIdentity {
  readonly end: SimulatedCallEnd;
  /** What Twilio did before the stream, as the app's TwiML said. */
  readonly before: readonly TwimlVerb[];
  /** What Twilio did after the app had ended or refused the stream: the verbs behind `<Connect>`, up to one that ends or moves the call. */
  readonly next: readonly TwimlVerb[];
}
