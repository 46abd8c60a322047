/** The ids of a call and its stream. */
export interface CallIdentity {
  readonly accountSid: string;
  readonly callSid: string;
  readonly streamSid: string;
}

/** Writes Twilio's messages to one stream, field for field, numbered in the order they are sent. */
export interface MessageWriter {
  connected(): string;
  start(customParameters: Readonly<Record<string, string>>): string;
  /** @param index The frame's place in the caller's sound, from 0. */
  media(frame: Uint8Array, index: number): string;
  dtmf(digit: string): string;
  mark(name: string): string;
  stop(): string;
}

/** Twilio sends a frame so often, in ms … */
export const FRAME_MS = 20;

/** … which is so many bytes. */
export const FRAME_BYTES = 160;

export function createMessageWriter({ accountSid, callSid, streamSid }: CallIdentity): MessageWriter {
  let sequence = 0;
  let chunk = 0;
  const numbered = (event: string, content: object) => {
    sequence += 1;
    return JSON.stringify({ event, sequenceNumber: String(sequence), streamSid, ...content });
  };
  return {
    connected: () => JSON.stringify({ event: "connected", protocol: "Call", version: "1.0.0" }),
    start: (customParameters) =>
      numbered("start", {
        start: {
          accountSid,
          streamSid,
          callSid,
          tracks: ["inbound"],
          mediaFormat: { encoding: "audio/x-mulaw", sampleRate: 8000, channels: 1 },
          customParameters,
        },
      }),
    // Written out, since there are fifty a second in each call: JSON.stringify takes three times as long.
    media: (frame, index) => {
      sequence += 1;
      chunk += 1;
      const payload = Buffer.from(frame.buffer, frame.byteOffset, frame.length).toString("base64");
      const media = `{"track":"inbound","chunk":"${chunk}","timestamp":"${index * FRAME_MS}","payload":"${payload}"}`;
      return `{"event":"media","sequenceNumber":"${sequence}","streamSid":"${streamSid}","media":${media}}`;
    },
    // The track of a dtmf message is spelt otherwise than that of a media message: so it is at Twilio.
    dtmf: (digit) => numbered("dtmf", { dtmf: { track: "inbound_track", digit } }),
    mark: (name) => numbered("mark", { mark: { name } }),
    stop: () => numbered("stop", { stop: { accountSid, callSid } }),
  };
}
