import { randomBytes } from "node:crypto";
import { orAborted } from "../carrier/or-aborted.js";
import type { RecordVerb } from "../twiml/verbs.js";
import type { DocumentContext, Flow } from "./context.js";

/** What ended a recording: a key, or silence. */
interface Recorded {
  readonly durationMs: number;
  readonly key?: string;
}

/** Carries out `<Record>`: until a key, silence, or the longest time. What is silent from end to end is not recorded. */
export async function record(verb: RecordVerb, { leg, resolve, signal }: DocumentContext): Promise<Flow> {
  const { phone } = leg;
  phone.begin();
  leg.log.asked = true;
  leg.log.lastLine = undefined;
  const startMs = phone.now();
  let lastVoiceMs = startMs;
  let isSilent = true;
  let done: (recorded: Recorded | undefined) => void = () => {};
  const result = new Promise<Recorded | undefined>((resolve) => {
    done = resolve;
  });
  const disconnect = phone.connect({
    listening: true,
    frame(_frame, atMs, utterance) {
      if (utterance !== undefined) [lastVoiceMs, isSilent] = [atMs, false];
      const isOver = atMs - lastVoiceMs >= verb.timeoutMs || atMs - startMs >= verb.maxLengthMs;
      if (isOver) done(isSilent ? undefined : { durationMs: atMs - startMs });
    },
    digit(key, atMs) {
      if (verb.finishOnKey.includes(key)) done({ durationMs: atMs - startMs, key });
    },
  });
  try {
    const recorded = await orAborted(result, signal);
    if (recorded === undefined) return undefined;
    const recording = recordingFields(leg.identity.accountSid, recorded.durationMs);
    if (verb.recordingStatusCallback !== undefined) {
      const fields = { ...leg.fields(), ...recording, RecordingStatus: "completed", RecordingSource: "RecordVerb" };
      leg.webhooks.tell({ url: resolve(verb.recordingStatusCallback), fields });
    }
    const fields = { ...recording, ...(recorded.key === undefined ? {} : { Digits: recorded.key }) };
    return { goTo: { url: resolve(verb.action), method: verb.method, fields } };
  } finally {
    disconnect();
  }
}

/** A recording, as webhooks tell of it. */
export function recordingFields(accountSid: string, durationMs: number): Record<string, string> {
  const sid = `RE${randomBytes(16).toString("hex")}`;
  return {
    RecordingSid: sid,
    RecordingUrl: `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Recordings/${sid}`,
    RecordingDuration: String(Math.round(durationMs / 1000)),
  };
}
