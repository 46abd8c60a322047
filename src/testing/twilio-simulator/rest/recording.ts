import { ApiError } from "./api-error.js";
import type { AccountContext } from "./context.js";
import { rfc2822 } from "./dates.js";
import { newSid } from "./ids.js";
import type { RecordingOrder } from "./recording-order.js";
import type { PauseBehaviour, RecordingReport, RecordingStatus } from "./report.js";

/** Twilio works on a recording for so long behind its end, in ms. */
export const RECORDING_PROCESSING_MS = 1_000;

/** A recording of a call, in the doing or done. */
export interface Recording {
  readonly sid: string;
  readonly order: RecordingOrder;
  readonly startedAtMs: number;
  readonly updatedAtMs: number;
  readonly status: RecordingStatus;
  durationMs(): number;
  /** @throws ApiError 21220 if it is over. */
  pause(behaviour: PauseBehaviour): void;
  resume(): void;
  /** It is over: of itself, or with the call. */
  stop(): void;
  /** Settles when Twilio has done its work on it. */
  readonly done: Promise<void>;
  /** As callbacks tell of it. */
  fields(): Readonly<Record<string, string>>;
  report(): RecordingReport;
}

export function startRecording(context: AccountContext, callSid: string, order: RecordingOrder): Recording {
  const { accountSid, clock, now, dateAt, callbacks } = context;
  const sid = newSid("RE");
  const startedAtMs = now();
  const pauses: { startMs: number; endMs?: number; behaviour: PauseBehaviour }[] = [];
  let status: RecordingStatus = "in-progress";
  let updatedAtMs = startedAtMs;
  let endedAtMs: number | undefined;
  let finish = () => {};
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });

  function change(next: RecordingStatus): void {
    status = next;
    updatedAtMs = now();
  }

  function durationMs(): number {
    const untilMs = endedAtMs ?? now();
    const skipped = pauses.filter(({ behaviour }) => behaviour === "skip");
    return untilMs - startedAtMs - skipped.reduce((ms, { startMs, endMs = untilMs }) => ms + endMs - startMs, 0);
  }

  function endPause(): void {
    const last = pauses.at(-1);
    if (last !== undefined) last.endMs ??= now();
  }

  function mustRun(): void {
    if (endedAtMs !== undefined) throw new ApiError(21220, "Unable to update record: the recording is not in progress");
  }

  function fields(): Readonly<Record<string, string>> {
    return {
      AccountSid: accountSid,
      CallSid: callSid,
      RecordingSid: sid,
      RecordingUrl: `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Recordings/${sid}`,
      RecordingStatus: status,
      RecordingDuration: String(Math.round(durationMs() / 1_000)),
      RecordingChannels: String(order.channels),
      RecordingStartTime: rfc2822(dateAt(startedAtMs)),
      RecordingSource: order.source,
      RecordingTrack: "both",
    };
  }

  function tell(event: string): void {
    const { callback } = order;
    if (callback === undefined || !callback.events.includes(event)) return;
    callbacks.tell({ kind: "recording", callSid, url: callback.url, method: callback.method, fields: fields() });
  }

  tell("in-progress");
  return {
    sid,
    order,
    startedAtMs,
    done,
    get updatedAtMs() {
      return updatedAtMs;
    },
    get status() {
      return status;
    },
    durationMs,
    pause(behaviour) {
      mustRun();
      if (status === "paused") return;
      pauses.push({ startMs: now(), behaviour });
      change("paused");
    },
    resume() {
      mustRun();
      endPause();
      change("in-progress");
    },
    stop() {
      if (endedAtMs !== undefined) return;
      endPause();
      endedAtMs = now();
      change("stopped");
      clock.setTimer(() => {
        change("completed");
        tell("completed");
        finish();
      }, RECORDING_PROCESSING_MS);
    },
    fields,
    report: () => ({
      recordingSid: sid,
      status,
      channels: order.channels,
      source: order.source,
      startedAtMs,
      durationMs: durationMs(),
      pauses: pauses.map((pause) => ({ ...pause })),
    }),
  };
}
