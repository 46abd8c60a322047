import { BolchaalError } from "../errors.js";
import type { AudioFormat, SampleRate } from "../spec/index.js";
import { bytesPerSample } from "./formats.js";
import { bytesOfSamples, concatBytes } from "./framing.js";

/** A sound as a WAV file holds it. */
export interface WavAudio {
  readonly format: AudioFormat;
  readonly channels: number;
  /** The samples of all channels in turn. */
  readonly data: Uint8Array;
}

const TAGS = { "audio/pcm": 1, "audio/pcma": 6, "audio/pcmu": 7 } as const;
const TYPES: ReadonlyMap<number, AudioFormat["type"]> = new Map([
  [TAGS["audio/pcm"], "audio/pcm"],
  [TAGS["audio/pcma"], "audio/pcma"],
  [TAGS["audio/pcmu"], "audio/pcmu"],
]);
const EXTENSIBLE = 0xfffe;
const RATES: readonly number[] = [8000, 16000, 24000, 48000] satisfies readonly SampleRate[];

/**
 * Reads a WAV file: 16-bit PCM, µ-law or A-law at 8, 16, 24 or 48 kHz. Other chunks are passed over; a data length that
 * cannot be (as pipes write it) means "to the end of the file".
 * @throws BolchaalError `invalid-audio`
 */
export function readWav(bytes: Uint8Array): WavAudio {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || name(view, 0) !== "RIFF" || name(view, 8) !== "WAVE") throw invalid("This is no WAV file");
  let header: Omit<WavAudio, "data"> | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at + 4, true);
    const start = at + 8;
    if (name(view, at) === "fmt ") header = readHeader(view, start, length);
    if (name(view, at) === "data") {
      if (header === undefined) throw invalid("The WAV file has data before its format");
      const blockBytes = bytesPerSample(header.format) * header.channels;
      const there = bytes.length - start;
      const end = start + (length === 0 || length > there ? there : length);
      return { ...header, data: bytes.subarray(start, end - ((end - start) % blockBytes)) };
    }
    at = start + length + (length % 2);
  }
  throw invalid("The WAV file has no data");
}

function readHeader(view: DataView, at: number, length: number): Omit<WavAudio, "data"> {
  if (length < 16 || at + 16 > view.byteLength) throw invalid("The WAV file's format is cut off");
  const tag = view.getUint16(at, true);
  // The extensible form tells the tag again, as the first two bytes of its sub-format.
  const extensible = tag === EXTENSIBLE && length >= 26 && at + 26 <= view.byteLength;
  const type = TYPES.get(extensible ? view.getUint16(at + 24, true) : tag);
  const channels = view.getUint16(at + 2, true);
  const rate = view.getUint32(at + 4, true);
  const bits = view.getUint16(at + 14, true);
  if (type === undefined || bits !== (type === "audio/pcm" ? 16 : 8)) {
    throw invalid(`The WAV format ${tag} with ${bits} bits is not known`);
  }
  if (channels === 0) throw invalid("The WAV file has no channels");
  if (!RATES.includes(rate)) throw invalid(`The WAV file's rate is ${rate} Hz`);
  return { format: { type, rate: rate as SampleRate }, channels };
}

/** Writes a WAV file. */
export function writeWav({ format, channels, data }: WavAudio): Uint8Array {
  return concatBytes(wavHeader({ format, channels }, data.length), data, new Uint8Array(data.length % 2));
}

/**
 * What stands before the samples in a WAV file; as long for any number of them. One of µ-law or A-law has the extension
 * size and the `fact` chunk, the samples a channel, which every format but PCM must have (Microsoft, New Multimedia Data
 * Types and Data Techniques, revision 3.0, 1994).
 */
export function wavHeader({ format, channels }: Omit<WavAudio, "data">, dataBytes: number): Uint8Array<ArrayBuffer> {
  const width = bytesPerSample(format);
  const blockBytes = width * channels;
  const linear = format.type === "audio/pcm";
  const header = [
    ...uint16(TAGS[format.type]),
    ...uint16(channels),
    ...uint32(format.rate),
    ...uint32(format.rate * blockBytes),
    ...uint16(blockBytes),
    ...uint16(width * 8),
  ];
  const body = [
    ...letters("WAVE"),
    ...chunk("fmt ", linear ? header : [...header, ...uint16(0)]),
    ...(linear ? [] : chunk("fact", uint32(Math.floor(dataBytes / blockBytes)))),
    ...letters("data"),
    ...uint32(dataBytes),
  ];
  return Uint8Array.from([...letters("RIFF"), ...uint32(body.length + dataBytes + (dataBytes % 2)), ...body]);
}

function chunk(id: string, bytes: readonly number[]): number[] {
  return [...letters(id), ...uint32(bytes.length), ...bytes];
}

function letters(text: string): number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0));
}

function uint16(value: number): number[] {
  return [value & 0xff, (value >> 8) & 0xff];
}

function uint32(value: number): number[] {
  return [...uint16(value), ...uint16(value >>> 16)];
}

/** Two mono sounds as the bytes of a stereo one; the shorter is filled up with silence. */
export function interleave(left: Int16Array, right: Int16Array): Uint8Array {
  const both = new Int16Array(2 * Math.max(left.length, right.length));
  for (let at = 0; at < left.length; at += 1) both[2 * at] = left[at] as number;
  for (let at = 0; at < right.length; at += 1) both[2 * at + 1] = right[at] as number;
  return bytesOfSamples(both);
}

function name(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
}

function invalid(what: string): BolchaalError {
  return new BolchaalError(`${what}. Give a WAV file of 16-bit PCM, µ-law or A-law at 8, 16, 24 or 48 kHz.`, {
    code: "invalid-audio",
    component: "audio",
  });
}
