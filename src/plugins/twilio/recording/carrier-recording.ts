import { systemClock } from "../../../system-clock.js";
import { atMost } from "../at-most.js";
import { faultOf, isAlreadyOver, lateFault } from "../rest/faults.js";
import { type ChangeOutcome, DEFAULT_REST_TIMEOUT_MS, type TwilioRequestOptions } from "../rest/index.js";

/** What is used of a client of the package `twilio` (^5 or ^6) for recordings: what `twilio(accountSid, authToken)` gives fits as it is. */
export interface TwilioRecordingClient {
  calls(callSid: string): { readonly recordings: TwilioRecordings };
}

/** A call's recordings. */
export interface TwilioRecordings {
  (recordingSid: string): { update(change: TwilioRecordingChange): Promise<unknown> };
  create(recording: TwilioRecordingCreation): Promise<{ readonly sid: string }>;
}

/** How a recording is begun. */
export interface TwilioRecordingCreation {
  recordingChannels?: string;
  recordingTrack?: string;
  recordingStatusCallback?: string;
  recordingStatusCallbackEvent?: string[];
  recordingStatusCallbackMethod?: string;
  trim?: string;
}

/** How a recording is changed. */
export interface TwilioRecordingChange {
  status: "in-progress" | "paused" | "stopped";
  /** What stands in the recording for the pause: silence of its length, or nothing. */
  pauseBehavior?: string;
}

/** Of {@link startCarrierRecording}. */
export interface CarrierRecordingOptions extends TwilioRequestOptions {
  /** `dual`: each side on a channel of its own. @default "dual" */
  readonly channels?: "mono" | "dual";
  /** Whose sound. @default "both" */
  readonly track?: "inbound" | "outbound" | "both";
  /** Asked when the recording is there, and when there is none: of a phone server, `https://…/twilio/recording`. @default none */
  readonly statusCallback?: string;
}

/** A call being recorded by the carrier. */
export interface CarrierRecording {
  readonly recordingSid: string;
  /** There is silence in the recording until `resume`: for a card number. @throws BolchaalError */
  pause(): Promise<ChangeOutcome>;
  /** @throws BolchaalError */
  resume(): Promise<ChangeOutcome>;
  /** @throws BolchaalError */
  stop(): Promise<ChangeOutcome>;
}

/**
 * Has Twilio record a call that goes on.
 * @returns undefined if the call is over.
 * @throws BolchaalError
 */
export async function startCarrierRecording(
  client: TwilioRecordingClient,
  callSid: string,
  options: CarrierRecordingOptions = {},
): Promise<CarrierRecording | undefined> {
  const { channels = "dual", track = "both", statusCallback, ...how } = options;
  const { recordings } = client.calls(callSid);
  const creation: TwilioRecordingCreation = {
    recordingChannels: channels,
    recordingTrack: track,
    ...(statusCallback === undefined
      ? {}
      : {
          recordingStatusCallback: statusCallback,
          recordingStatusCallbackEvent: ["completed", "absent"],
          recordingStatusCallbackMethod: "POST",
        }),
  };
  const begun = await asked("record a call", () => recordings.create(creation), how);
  if (begun === undefined) return undefined;
  const { sid: recordingSid } = begun;

  async function change(doing: string, to: TwilioRecordingChange): Promise<ChangeOutcome> {
    const changed = await asked(doing, async () => ({ value: await recordings(recordingSid).update(to) }), how);
    return changed === undefined ? "already-over" : "done";
  }

  return {
    recordingSid,
    pause: () => change("pause a recording", { status: "paused", pauseBehavior: "silence" }),
    resume: () => change("resume a recording", { status: "in-progress" }),
    stop: () => change("stop a recording", { status: "stopped" }),
  };
}

/** @returns undefined if what it is about is over. */
async function asked<T>(
  doing: string,
  ask: () => Promise<T>,
  { timeoutMs = DEFAULT_REST_TIMEOUT_MS, clock = systemClock }: TwilioRequestOptions,
): Promise<T | undefined> {
  const outcome = ask().then(
    (value) => ({ value }),
    (thrown: unknown) => ({ fault: faultOf(thrown, doing) }),
  );
  const answer = (await atMost(clock, timeoutMs, outcome))?.value ?? { fault: lateFault(doing, timeoutMs) };
  if ("value" in answer) return answer.value;
  if (isAlreadyOver(answer.fault)) return undefined;
  throw answer.fault.error;
}
