import type { FormFields } from "../signature.js";

/** What Twilio tells of a recording. */
export interface RecordingStatus {
  readonly callSid: string;
  readonly recordingSid: string;
  /** `completed`: it can be fetched. `absent`: there was nothing to record. */
  readonly status: "in-progress" | "completed" | "absent" | "failed";
  /** Where it can be fetched: with the account's credentials, and `.wav` or `.mp3` behind it. */
  readonly url?: string;
  readonly durationMs?: number;
  readonly channels?: number;
  /** Such as `StartCallRecordingAPI` or `DialVerb`. */
  readonly source?: string;
  readonly track?: string;
  readonly startedAt?: Date;
}

const STATUSES: readonly RecordingStatus["status"][] = ["in-progress", "completed", "absent", "failed"];

/**
 * Reads the form of a recording's status callback. Source: Twilio's "Recordings resource".
 * @returns undefined if it is not such a form
 */
export function readRecordingStatus(form: FormFields): RecordingStatus | undefined {
  const field = (name: string) => (Object.hasOwn(form, name) ? [form[name]].flat()[0] : undefined) || undefined;
  const number = (name: string) => {
    const value = Number(field(name) ?? Number.NaN);
    return Number.isFinite(value) && value >= 0 ? value : undefined;
  };
  const callSid = field("CallSid");
  const recordingSid = field("RecordingSid");
  const status = STATUSES.find((known) => known === field("RecordingStatus"));
  if (callSid === undefined || recordingSid === undefined || status === undefined) return undefined;
  const url = field("RecordingUrl");
  const seconds = number("RecordingDuration");
  const channels = number("RecordingChannels");
  const source = field("RecordingSource");
  const track = field("RecordingTrack");
  const startedAt = new Date(field("RecordingStartTime") ?? Number.NaN);
  return {
    callSid,
    recordingSid,
    status,
    ...(url === undefined ? {} : { url }),
    ...(seconds === undefined ? {} : { durationMs: seconds * 1000 }),
    ...(channels === undefined ? {} : { channels }),
    ...(source === undefined ? {} : { source }),
    ...(track === undefined ? {} : { track }),
    ...(Number.isNaN(startedAt.getTime()) ? {} : { startedAt }),
  };
}
