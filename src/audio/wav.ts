import { BolchaalError } from "../errors.js";
import type { AudioFormat, SampleRate } from "../spec/index.js";
import { bytesPerSample } from "./formats.js";
import { bytesOfSamples } from "./framing.js";

/** A sound as a WAV file holds it. */
export interface WavAudio {
  readonly format: AudioFormat;
  readonly channels: number;
  /** The samples of all channels in turn. */
  readonly data: Uint8Array;
}

const FORMAT_TAGS = { 1: "audio/pcm", 6: "audio/pcma", 7: "audio/pcmu" } as const;
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
    if (name(view, at) === "fmt ") header = readHeader(view, start);
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

function readHeader(view: DataView, at: number): Omit<WavAudio, "data"> {
  if (at + 16 > view.byteLength) throw invalid("The WAV file's format is cut off");
  const tag = view.getUint16(at, true);
  const type =
    FORMAT_TAGS[(tag === EXTENSIBLE && at + 26 <= view.byteLength ? view.getUint16(at + 24, true) : tag) as 1 | 6 | 7];
  const channels = view.getUint16(at + 2, true);
  const rate = view.getUint32(at + 4, true);
  const bits = view.getUint16(at + 14, true);
  if (type === undefined || bits !== (type === "audio/pcm" ? 16 : 8))
    throw invalid(`The WAV format ${tag} with ${bits} bits is not known`);
  if (channels === 0) throw invalid("The WAV file has no channels");
  if (!RATES.includes(rate)) throw invalid(`The WAV file's rate is ${rate} Hz`);
  return { format: { type, rate: rate as SampleRate }, channels };
}

/** Writes a WAV file. */
export function writeWav({ format, channels, data }: WavAudio): Uint8Array {
  const width = bytesPerSample(format);
  const tag = format.type === "audio/pcm" ? 1 : format.type === "audio/pcma" ? 6 : 7;
  const file = new Uint8Array(44 + data.length + (data.length % 2));
  const view = new DataView(file.buffer);
  const put = (at: number, text: string) => {
    for (let index = 0; index < text.length; index += 1) file[at + index] = text.charCodeAt(index);
  };
  put(0, "RIFF");
  view.setUint32(4, file.length - 8, true);
  put(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, tag, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, format.rate, true);
  view.setUint32(28, format.rate * channels * width, true);
  view.setUint16(32, channels * width, true);
  view.setUint16(34, width * 8, true);
  put(36, "data");
  view.setUint32(40, data.length, true);
  file.set(data, 44);
  return file;
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
