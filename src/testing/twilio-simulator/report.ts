import type { StepReport } from "./caller.js";
import type { DebuggerEvent } from "./debugger-events.js";
import type { Stretch } from "./hearing.js";
import type { MessageViolation } from "./message-rules.js";
import type { TwimlVerb } from "./twiml/verbs.js";
import type { CallIdentity } from "./wire-messages.js";

/** What was said and heard at one phone. All times are in ms since the call began, on the simulator's clock. */
export interface PhoneReport {
  /** How the script went, step by step. */
  readonly steps: readonly StepReport[];
  /** When the agent could be heard. */
  readonly agentSpeech: readonly Stretch[];
  /** What went into this phone, sample for sample: µ-law at 8 kHz. Empty if `record` is off. */
  readonly said: Uint8Array;
  /** What was heard at it, sample for sample: µ-law at 8 kHz, silence included. Empty if `record` is off. */
  readonly heard: Uint8Array;
  /** What the carrier itself said, by `<Say>`, `<Play>` or ConversationRelay, in order. `heardText` reads this, and streams too. */
  readonly spoken: readonly SpokenText[];
}

/** A text, or a sound, that the carrier let be heard. */
export interface SpokenText {
  readonly text: string;
  /** As the app gave it: `hi-IN`. */
  readonly language?: string;
  readonly voice?: string;
  /** Where a sound was played from; `text` is then what can be read from it. */
  readonly url?: string;
  readonly atMs: number;
  /** How much of it was heard, in ms. */
  readonly heardMs: number;
  /** All of it was heard. */
  readonly whole: boolean;
}

/** What went over the streams of a call. */
export interface StreamLog {
  /** What the app sent and Twilio took, in order. */
  readonly messages: readonly ReceivedMessage[];
  /** The marks that were echoed, in order. */
  readonly echoes: readonly MarkEcho[];
  /** What the app sent and Twilio ignored: the first hundred of each stream. */
  readonly violations: readonly StreamViolation[];
}

/** A message of the app's that Twilio ignored. */
export interface StreamViolation extends Omit<MessageViolation, "code"> {
  /** The debugger's: 31950 and 31951 on a stream, 64107 in ConversationRelay. */
  readonly code: MessageViolation["code"] | 64107;
  readonly atMs: number;
}

/** How a stream, or another conversation of app and caller, ended. */
export interface StreamEnd {
  /**
   * - `caller-hangup`: the caller put the phone down. A stream gets `stop`, then a close.
   * - `agent-hangup`: the app ended it: it closed the socket, or its TwiML or the REST API ended the call.
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
  | { readonly event: "clear"; readonly droppedMs: number; readonly atMs: number }
  /** Of ConversationRelay: the message itself. */
  | { readonly event: "relay"; readonly message: Readonly<Record<string, unknown>>; readonly atMs: number };

/** A mark that went back to the app. */
export interface MarkEcho {
  readonly name: string;
  readonly atMs: number;
  /** It was echoed because of a `clear`, not because its audio was played. */
  readonly cleared: boolean;
}

/**
 * How a call ended: as the last conversation in it did, or without one.
 *
 * - `webhook-failed`: a webhook did not answer with TwiML; the debugger tells why.
 * - `no-stream`: the TwiML opens no stream, and asks the caller for nothing.
 * - `stream-refused`: the upgrade to a WebSocket was refused; the debugger tells why.
 */
export type SimulatedCallEnd =
  | StreamEnd
  | {
      readonly reason: "webhook-failed" | "no-stream" | "stream-refused";
      readonly atMs: number;
      /** What the app answered instead, if it answered. */
      readonly httpStatus?: number;
      readonly failure?: undefined;
    };

/** What took the caller off the line in the end. */
export interface CallOver {
  /**
   * - `hangup`, `reject`, `end-of-document`: the TwiML ended the call.
   * - `rest`: the REST API did.
   * - `webhook-failed`: Twilio said sorry, and hung up.
   */
  readonly reason:
    | "caller-hangup"
    | "hangup"
    | "reject"
    | "end-of-document"
    | "rest"
    | "time-limit"
    | "webhook-failed"
    | "killed";
  readonly atMs: number;
}

/** A verb that was carried out. */
export interface CarriedOut {
  readonly verb: TwimlVerb;
  readonly atMs: number;
  /** Later than `atMs` if it takes time. */
  readonly endMs: number;
  /** 0 for the call's first document, 1 for the next one, … */
  readonly document: number;
}

/** A request of the carrier's to the app. */
export interface WebhookReport {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly fields: Readonly<Record<string, string>>;
  /** When it was sent. */
  readonly atMs: number;
  /** The same in every copy of a webhook. */
  readonly token: string;
  /** 1, or 2 if it is one that was sent again. */
  readonly copy: 1 | 2;
  /** Undefined if there was no answer in time. */
  readonly status?: number;
}

/** Somebody whom a `<Dial>` has called. */
export interface DialLeg extends PhoneReport {
  readonly number: string;
  readonly callSid: string;
  readonly status: "completed" | "busy" | "no-answer" | "failed" | "canceled";
  /** They were connected with the caller. */
  readonly bridged: boolean;
  readonly ringingMs: number;
  readonly answeredMs?: number;
  readonly endMs: number;
}

/** What became of one stream. */
export interface StreamReport extends PhoneReport, StreamLog {
  readonly end: StreamEnd;
  readonly durationMs: number;
  /** What Twilio's debugger would show: each warning once a call. */
  readonly debuggerEvents: readonly DebuggerEvent[];
}

/** What became of a simulated call. */
export interface SimulatedCallReport extends Omit<StreamReport, "end">, CallIdentity {
  readonly end: SimulatedCallEnd;
  readonly over: CallOver;
  /** What Twilio did before the first `<Connect>`, as the app's TwiML said; without one: all it did. */
  readonly before: readonly TwimlVerb[];
  /** What Twilio did after the app had ended or refused the first stream: the verbs behind that `<Connect>`, up to one that ends or moves the call. */
  readonly next: readonly TwimlVerb[];
  /** All the verbs that were carried out, in every document. */
  readonly verbs: readonly CarriedOut[];
  /** All that the app was asked and told over HTTP, in the order it was sent. */
  readonly webhooks: readonly WebhookReport[];
  readonly dialLegs: readonly DialLeg[];
}
