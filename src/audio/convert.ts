import type { AudioFormat } from "../spec/index.js";
import { sameFormat } from "./formats.js";
import { bytesOfSamples, concatBytes, createSampleReader } from "./framing.js";
import { decodeAlaw, decodeMulaw, encodeAlaw, encodeMulaw } from "./g711.js";
import { createResampler } from "./resampler.js";

/** Turns a stream of one format into another. Any cut of the input gives the same bytes. */
export interface AudioConverter {
  /** The formats are the same: bytes pass as they are. */
  readonly passThrough: boolean;
  convert(bytes: Uint8Array): Uint8Array;
  /** The stream is over: gives the last bytes. */
  flush(): Uint8Array;
}

export function createAudioConverter(from: AudioFormat, to: AudioFormat): AudioConverter {
  if (sameFormat(from, to)) return { passThrough: true, convert: (bytes) => bytes, flush: () => new Uint8Array(0) };
  const decode = decoder(from);
  const encode = ENCODERS[to.type];
  const resampler = createResampler(from.rate, to.rate);
  return {
    passThrough: false,
    convert: (bytes) => encode(resampler.process(decode(bytes))),
    flush: () => encode(resampler.flush()),
  };
}

function decoder(format: AudioFormat): (bytes: Uint8Array) => Int16Array {
  if (format.type === "audio/pcmu") return (bytes) => decodeMulaw(bytes);
  if (format.type === "audio/pcma") return (bytes) => decodeAlaw(bytes);
  const reader = createSampleReader();
  return (bytes) => reader.read(bytes);
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
