import type { SimulatedCallReport } from "../report.js";
import type { AnsweredBy } from "./callees.js";
import type { ApiFault, ApiOperation } from "./faults.js";

/** All that happened to an account. Times are in ms since it was made. */
export interface TwilioAccountReport {
  /** In the order they were made. */
  readonly calls: readonly AccountCallReport[];
  readonly requests: readonly ApiRequestReport[];
  /** Callbacks of status, machine detection and recordings, in the order they were sent. The webhooks of a call stand in its leg. */
  readonly callbacks: readonly CallbackReport[];
  readonly debuggerEvents: readonly AccountDebuggerEvent[];
  /** How often one of the account's numbers was changed: an app that only calls never does so. */
  readonly numberUpdates: number;
}

/** Where a call stands, in the API's words. */
export type AccountCallStatus =
  | "queued"
  | "ringing"
  | "in-progress"
  | "completed"
  | "busy"
  | "failed"
  | "no-answer"
  | "canceled";

/** What became of a call of the account. */
export interface AccountCallReport {
  readonly callSid: string;
  readonly direction: "inbound" | "outbound-api";
  readonly from: string;
  readonly to: string;
  readonly status: AccountCallStatus;
  readonly createdAtMs: number;
  /** When its turn came. */
  readonly dialledAtMs?: number;
  readonly ringingAtMs?: number;
  readonly answeredAtMs?: number;
  readonly endedAtMs?: number;
  /** How long it waited for its turn. */
  readonly queueMs: number;
  readonly answeredBy?: AnsweredBy;
  readonly sipResponseCode?: number;
  /** What the leg did, once it is over. Its times count from the first verb. */
  readonly leg?: SimulatedCallReport;
  /** Why the leg failed, if it did: wrong TwiML, or a script that could not be done. */
  readonly failure?: unknown;
  readonly recordings: readonly RecordingReport[];
}

/** Where a recording stands, in the API's words. */
export type RecordingStatus = "in-progress" | "paused" | "stopped" | "processing" | "completed";

/** A recording of a call. */
export interface RecordingReport {
  readonly recordingSid: string;
  readonly status: RecordingStatus;
  readonly channels: 1 | 2;
  readonly source: "OutboundAPI" | "StartCallRecordingAPI";
  readonly startedAtMs: number;
  /** What it holds, pauses that are skipped left out. */
  readonly durationMs: number;
  /** When nothing was recorded. */
  readonly pauses: readonly { readonly startMs: number; readonly endMs?: number; readonly behaviour: PauseBehaviour }[];
}

/** What stands in a recording for a pause: nothing, or silence as long. */
export type PauseBehaviour = "skip" | "silence";

/** A request to the API. */
export interface ApiRequestReport {
  readonly operation: ApiOperation;
  readonly method: string;
  readonly path: string;
  /** The form of a POST, the query of a GET. */
  readonly form: readonly (readonly [name: string, value: string])[];
  readonly atMs: number;
  /** What it was answered with; undefined: nothing, or not yet. */
  readonly status?: number;
  /** Twilio's number for what was wrong. */
  readonly code?: number;
  /** The call that it made, although its answer may have been lost. */
  readonly callSid?: string;
  readonly fault?: ApiFault;
  /** What the form holds that Twilio does not know, and passes over. */
  readonly ignored: readonly string[];
}

/** What a callback is about. */
export type CallbackKind = "status" | "machine" | "recording";

/** A callback that was sent, or lost on its way. */
export interface CallbackReport {
  readonly kind: CallbackKind;
  readonly callSid: string;
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly fields: Readonly<Record<string, string>>;
  readonly atMs: number;
  /** The same in every copy and every further attempt. */
  readonly token: string;
  /** 1, or 2 if it is one that was doubled. */
  readonly copy: 1 | 2;
  /** 1, or more if it is sent again because of how it was answered. */
  readonly attempt: number;
  /** It never arrived. */
  readonly lost: boolean;
  /** What it was answered with; undefined: nothing, or not yet. */
  readonly status?: number;
}

/** An entry in the account's debugger. Those of a call's own webhooks stand in its leg. */
export interface AccountDebuggerEvent {
  readonly code: number;
  readonly level: "error" | "warning";
  readonly message: string;
  readonly callSid: string;
  readonly atMs: number;
}
