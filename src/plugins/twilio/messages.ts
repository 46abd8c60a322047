import { Buffer } from "node:buffer";

/** A longer message is not read: ours are 400 bytes, and the longest `start` stays well below. In UTF-16 units. */
export const LONGEST_MESSAGE_CHARACTERS = 131_072;

/** What Twilio's media stream tells, as far as it is used. Source: Twilio's "Media Streams WebSocket messages". */
export type TwilioMessage =
  | { readonly event: "connected" }
  | TwilioStartMessage
  | TwilioMediaMessage
  | ({ readonly event: "dtmf"; readonly digit: string } & TwilioStamp)
  | ({ readonly event: "mark"; readonly name: string } & TwilioStamp)
  | ({ readonly event: "stop" } & TwilioStamp)
  /** Well formed, of a kind this library does not know. */
  | { readonly event: "unknown" }
  /** Not to be made sense of. */
  | { readonly event: "invalid"; readonly reason: string };

/** What tells a message from others, as far as it was there. */
export interface TwilioStamp {
  readonly streamSid?: string;
  /** Counts all messages of a stream, from `start` with 1. */
  readonly sequenceNumber?: number;
}

/** A stretch of sound. */
export interface TwilioMediaMessage extends TwilioStamp {
  readonly event: "media";
  /** Whose sound: `inbound` is the caller's. */
  readonly track: "inbound" | "outbound";
  readonly audio: Uint8Array;
}

/** The stream begins. */
export interface TwilioStartMessage {
  readonly event: "start";
  readonly streamSid: string;
  readonly callSid: string;
  readonly accountSid?: string;
  /** How the caller's sound is encoded. Twilio's own values where the message leaves them out. */
  readonly mediaFormat: { readonly encoding: string; readonly sampleRate: number; readonly channels: number };
  /** The `<Parameter>`s of the TwiML. */
  readonly customParameters: Readonly<Record<string, string>>;
}

/**
 * Reads one frame of the WebSocket: a text frame as its string, a binary frame as its bytes. Tolerant: fields may be
 * missing, more than known, or numbers instead of strings. Never throws.
 */
export function readTwilioMessage(frame: string | Uint8Array): TwilioMessage {
  if (typeof frame !== "string") return invalid("it is binary");
  if (frame.length > LONGEST_MESSAGE_CHARACTERS) return invalid("it is too long");
  let parsed: unknown;
  try {
    parsed = JSON.parse(frame);
  } catch {
    return invalid("it is not JSON");
  }
  const message = objectOr(parsed);
  if (message === undefined) return invalid("it is not a JSON object");
  if (typeof message.event !== "string") return invalid("it has no event");
  return READERS.get(message.event)?.(message) ?? { event: "unknown" };
}

/** Plays `audio`, G.711 µ-law at 8 kHz, behind all that was sent before. */
export function mediaMessage(streamSid: string, audio: Uint8Array): string {
  const payload = Buffer.from(audio.buffer, audio.byteOffset, audio.byteLength).toString("base64");
  return JSON.stringify({ event: "media", streamSid, media: { payload } });
}

/** Asks for an echo when all audio before it has been played. */
export function markMessage(streamSid: string, name: string): string {
  return JSON.stringify({ event: "mark", streamSid, mark: { name } });
}

/** Empties Twilio's buffer. */
export function clearMessage(streamSid: string): string {
  return JSON.stringify({ event: "clear", streamSid });
}

type Fields = Readonly<Record<string, unknown>>;

const READERS = new Map<string, (message: Fields) => TwilioMessage>([
  ["connected", () => ({ event: "connected" })],
  ["start", readStart],
  ["media", readMedia],
  ["dtmf", readDtmf],
  ["mark", readMark],
  ["stop", (message) => ({ event: "stop", ...stampOf(message) })],
]);

function readStart(message: Fields): TwilioMessage {
  const start = objectOr(message.start) ?? {};
  const streamSid = textOr(message.streamSid) ?? textOr(start.streamSid);
  if (streamSid === undefined) return invalid("its start has no streamSid");
  const callSid = textOr(start.callSid);
  if (callSid === undefined) return invalid("its start has no callSid");
  const accountSid = textOr(start.accountSid);
  const format = objectOr(start.mediaFormat) ?? {};
  return {
    event: "start",
    streamSid,
    callSid,
    ...(accountSid === undefined ? {} : { accountSid }),
    mediaFormat: {
      encoding: textOr(format.encoding) ?? "audio/x-mulaw",
      sampleRate: numberOr(format.sampleRate) ?? 8000,
      channels: numberOr(format.channels) ?? 1,
    },
    customParameters: textsOf(objectOr(start.customParameters) ?? {}),
  };
}

function readMedia(message: Fields): TwilioMessage {
  const media = objectOr(message.media) ?? {};
  if (typeof media.payload !== "string") return invalid("its media has no payload");
  const audio = fromBase64(media.payload);
  if (audio === undefined) return invalid("its payload is not base64");
  const track = textOr(media.track)?.startsWith("outbound") === true ? "outbound" : "inbound";
  return { event: "media", ...stampOf(message), track, audio };
}

function readDtmf(message: Fields): TwilioMessage {
  const digit = textOr(objectOr(message.dtmf)?.digit);
  if (digit === undefined || !/^[0-9*#A-D]$/.test(digit)) return invalid("its dtmf has no digit");
  return { event: "dtmf", ...stampOf(message), digit };
}

function readMark(message: Fields): TwilioMessage {
  const name = textOr(objectOr(message.mark)?.name);
  if (name === undefined) return invalid("its mark has no name");
  return { event: "mark", ...stampOf(message), name };
}

function stampOf(message: Fields): TwilioStamp {
  const streamSid = textOr(message.streamSid);
  const sequenceNumber = numberOr(message.sequenceNumber);
  return {
    ...(streamSid === undefined ? {} : { streamSid }),
    ...(sequenceNumber === undefined ? {} : { sequenceNumber }),
  };
}

function invalid(reason: string): TwilioMessage {
  return { event: "invalid", reason };
}

function objectOr(value: unknown): Fields | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function textOr(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function numberOr(value: unknown): number | undefined {
  const number = typeof value === "string" ? Number.parseInt(value, 10) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

function textsOf(fields: Fields): Record<string, string> {
  const named = Object.entries(fields).map(([name, value]) => ({ name, text: value === "" ? "" : textOr(value) }));
  return Object.fromEntries(named.flatMap(({ name, text }) => (text === undefined ? [] : [[name, text]])));
}

/** `Buffer` skips what is not base64; then it makes fewer bytes of it than its length says. */
function fromBase64(text: string): Uint8Array | undefined {
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const characters = text.length - padding;
  if (characters % 4 === 1) return undefined;
  const bytes = Buffer.from(text, "base64");
  if (bytes.length !== Math.floor((characters * 3) / 4)) return undefined;
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}
