import type { CallInfo } from "../../spec/index.js";
import type { TwilioStartMessage } from "./messages.js";

/**
 * The `<Parameter>`s that this library itself passes from the webhook to the stream: Twilio's `start` does not tell
 * who calls whom. They are not among the call's `parameters`.
 */
export const RESERVED_PARAMETERS = ["from", "to", "direction", "token"] as const;

/** What Twilio's `start` tells. */
export interface TwilioCallStart {
  readonly call: CallInfo;
  readonly streamSid: string;
  readonly accountSid?: string;
  /** The call token, if the TwiML passed one. */
  readonly token?: string;
}

/** A `start`, with the library's own parameters taken out and put where they belong. */
export function readCallStart(message: TwilioStartMessage): TwilioCallStart {
  const { from, to, direction, token, ...parameters } = message.customParameters;
  return {
    call: {
      callId: message.callSid,
      direction: direction?.startsWith("outbound") === true ? "outbound" : "inbound",
      ...(from ? { from } : {}),
      ...(to ? { to } : {}),
      parameters,
    },
    streamSid: message.streamSid,
    ...(message.accountSid === undefined ? {} : { accountSid: message.accountSid }),
    ...(token ? { token } : {}),
  };
}

/** Whether a stream has the one encoding that is documented: G.711 µ-law, 8 kHz, mono. */
export function isMulaw8k({ encoding, sampleRate, channels }: TwilioStartMessage["mediaFormat"]): boolean {
  return encoding === "audio/x-mulaw" && sampleRate === 8000 && channels === 1;
}
