import type { AudioFormat } from "../spec/index.js";
import { sameFormat } from "./formats.js";
import { bytesOfSamples, concatBytes, createSampleReader, type SampleReader } from "./framing.js";
import { decodeAlaw, decodeMulaw, encodeAlaw, encodeMulaw } from "./g711.js";
import { createResampler } from "./resampler.js";

/** Turns a stream of one format into another. Any cut of the input gives the same bytes. */
export interface AudioConverter {
  /** The formats are the same: bytes pass as they are. */
  readonly passThrough: boolean;
  /** Takes bytes; gives those that are settled now. */
  convert(bytes: Uint8Array): Uint8Array;
  /** The stream is over: gives the last bytes; half a sample at the end is left out. The converter is as new then. */
  flush(): Uint8Array;
}

/** @returns a converter of one stream: decodes, resamples and encodes, each only where the formats differ. */
export function createAudioConverter(from: AudioFormat, to: AudioFormat): AudioConverter {
  if (sameFormat(from, to)) return { passThrough: true, convert: (bytes) => bytes, flush: () => new Uint8Array(0) };
  const decoder = decoderOf(from);
  const encode = ENCODERS[to.type];
  const resampler = createResampler(from.rate, to.rate);
  return {
    passThrough: false,
    convert: (bytes) => encode(resampler.process(decoder.read(bytes))),
    flush() {
      decoder.reset();
      return encode(resampler.flush());
    },
  };
}

function decoderOf(format: AudioFormat): SampleReader {
  if (format.type === "audio/pcmu") return { read: (bytes) => decodeMulaw(bytes), reset() {} };
  if (format.type === "audio/pcma") return { read: (bytes) => decodeAlaw(bytes), reset() {} };
  return createSampleReader();
}

const ENCODERS: Readonly<Record<AudioFormat["type"], (samples: Int16Array) => Uint8Array>> = {
  "audio/pcmu": (samples) => encodeMulaw(samples),
  "audio/pcma": (samples) => encodeAlaw(samples),
  "audio/pcm": bytesOfSamples,
};

/** A whole sound at once. */
export function convertAudio(bytes: Uint8Array, from: AudioFormat, to: AudioFormat): Uint8Array {
  const converter = createAudioConverter(from, to);
  return converter.passThrough ? bytes : concatBytes(converter.convert(bytes), converter.flush());
}
