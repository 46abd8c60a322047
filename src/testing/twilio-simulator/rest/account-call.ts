import type { CallerScript } from "../caller-script.js";
import { createTimers, type Timers } from "../carrier/timers.js";
import { callIdentity } from "../identity.js";
import type { LiveLeg, TwimlSource } from "../live-leg.js";
import type { SimulatedCallOptions } from "../options.js";
import type { CallOver, SimulatedCallReport } from "../report.js";
import { given } from "../twiml/attributes.js";
import type { StatusOrder } from "./call-order.js";
import { type CallHistory, type CallState, createCallHistory, isOver } from "./call-state.js";
import type { AccountContext } from "./context.js";
import { type Recording, startRecording } from "./recording.js";
import type { RecordingOrder } from "./recording-order.js";
import type { AccountCallReport } from "./report.js";
import { type CallParties, createStatusTeller, type StatusTeller } from "./status-callbacks.js";

/** A call of the account, from its making to its end. */
export interface AccountCall extends CallParties {
  readonly createdAtMs: number;
  readonly history: CallHistory;
  readonly status: StatusTeller;
  /** Undone when the call is over. */
  readonly timers: Timers;
  readonly recordings: readonly Recording[];
  change(change: Partial<CallState>): void;
  /** It was picked up: from now on it costs, and its time runs. */
  pickUp(record?: RecordingOrder): void;
  /** Its instructions are carried out. */
  connect(other: OtherEnd): void;
  /** Other instructions are carried out, or those that are still to come change. */
  redirect(instructions: TwimlSource): void;
  limit(timeLimitMs: number): void;
  record(order: RecordingOrder): Recording;
  /** It ends at Twilio's word. */
  hangUp(): void;
  /** It is over, unless it was already. */
  end(status: CallState["status"], change?: Partial<CallState>): void;
  /** What its leg did. Settles once the call is over; rejects with why the leg failed. */
  readonly over: Promise<SimulatedCallReport | undefined>;
  report(): AccountCallReport;
}

/** Who is at the other end of a call that was picked up. */
export interface OtherEnd {
  readonly script: CallerScript;
  /** Of the call's webhooks, beyond the usual ones. */
  readonly fields: Readonly<Record<string, string>>;
  readonly call?: SimulatedCallOptions | undefined;
}

/** What a call begins with. */
export interface AccountCallOptions extends CallParties {
  readonly state: "queued" | "ringing";
  readonly instructions: TwimlSource;
  readonly timeLimitMs: number;
  readonly statusOrder: StatusOrder | undefined;
}

export function createAccountCall(context: AccountContext, options: AccountCallOptions): AccountCall {
  const { accountSid, clock, now } = context;
  const { callSid, direction, from, to } = options;
  const parties: CallParties = { callSid, direction, from, to };
  const createdAtMs = now();
  const history = createCallHistory({ status: options.state, updatedAtMs: createdAtMs, queueMs: 0 });
  const status = createStatusTeller(context, parties, options.statusOrder);
  const timers = createTimers(clock);
  const recordings: Recording[] = [];
  const { promise: over, resolve: settle, reject: fail } = settleable<SimulatedCallReport | undefined>();
  let { instructions, timeLimitMs } = options;
  let undoLimit = () => {};
  let leg: LiveLeg | undefined;
  let told: SimulatedCallReport | undefined;
  let failure: unknown;

  const change = (next: Partial<CallState>) => history.change(now(), next);

  function end(final: CallState["status"], next: Partial<CallState> = {}): void {
    if (isOver(history.now)) return;
    timers.clear();
    change({ ...next, status: final, endedAtMs: now() });
    for (const recording of recordings) recording.stop();
    status.tell("completed", history.now, recordingFields(recordings));
    if (leg === undefined) settle(undefined);
  }

  function hangUp(reason: "rest" | "time-limit" = "rest"): void {
    if (leg !== undefined) leg.hangUp(reason);
    end(history.now.answeredAtMs === undefined ? "canceled" : "completed");
  }

  function limit(nextMs: number): void {
    timeLimitMs = nextMs;
    const { answeredAtMs } = history.now;
    if (answeredAtMs === undefined) return;
    undoLimit();
    undoLimit = timers.after(answeredAtMs + nextMs - now(), () => hangUp("time-limit"));
  }

  function record(order: RecordingOrder): Recording {
    const recording = startRecording(context, callSid, order);
    recordings.push(recording);
    return recording;
  }

  return {
    ...parties,
    ...{ createdAtMs, history, status, timers, recordings, change, end, limit, record, over },
    hangUp: () => hangUp(),
    pickUp(order) {
      change({ status: "in-progress", answeredAtMs: now() });
      limit(timeLimitMs);
      status.tell("answered", history.now);
      if (order !== undefined) record(order);
    },
    connect({ script, fields, call }) {
      leg = context.runLeg({
        identity: { ...callIdentity(callSid), accountSid },
        ...{ direction, from, to, instructions, script, fields },
        // The account itself ends it in time: its limit may change.
        timeLimitMs: LONGEST_LEG_MS,
        ...given({ call }),
        onOver: (how) => end(finalStatus(how)),
      });
      leg.ended.then(
        (report) => {
          told = report;
          end("completed");
          settle(report);
        },
        (error: unknown) => {
          failure = error;
          end("completed");
          fail(error);
        },
      );
    },
    redirect(next) {
      instructions = next;
      leg?.redirect(next);
    },
    report() {
      const { updatedAtMs: _, ...state } = history.now;
      const parts = given({ leg: told, failure });
      return { ...parties, createdAtMs, ...state, ...parts, recordings: recordings.map((each) => each.report()) };
    },
  };
}

/** No call is longer, in ms: a day. */
const LONGEST_LEG_MS = 86_400_000;

function finalStatus({ reason }: CallOver): CallState["status"] {
  return reason === "reject" ? "busy" : "completed";
}

/** Of the first recording, in the call's last callback. */
function recordingFields([recording]: readonly Recording[]): Readonly<Record<string, string>> {
  if (recording === undefined) return {};
  const { RecordingUrl = "", RecordingSid = "", RecordingDuration = "" } = recording.fields();
  return { RecordingUrl, RecordingSid, RecordingDuration };
}

/** Nobody need wait for it. */
function settleable<Value>() {
  let resolve: (value: Value) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<Value>((resolveIt, rejectIt) => {
    resolve = resolveIt;
    reject = rejectIt;
  });
  promise.catch(() => {});
  return { promise, resolve, reject };
}
