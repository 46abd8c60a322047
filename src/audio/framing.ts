import { BolchaalError } from "../errors.js";

/** Cuts a stream of bytes into frames of one length. */
export interface Framer {
  /** Takes bytes; gives the frames that are whole now. Frames are the caller's to keep. */
  push(bytes: Uint8Array): Uint8Array[];
  /** What is left, shorter than a frame; maybe empty. */
  flush(): Uint8Array;
}

/**
 * @param frameBytes The length of a frame, a whole number of at least 1.
 * @throws BolchaalError `invalid-option`
 */
export function createFramer(frameBytes: number): Framer {
  if (!Number.isInteger(frameBytes) || frameBytes < 1) {
    throw new BolchaalError(`A frame of ${frameBytes} bytes cannot be cut. Give a whole number of at least 1.`, {
      code: "invalid-option",
      component: "audio",
    });
  }
  let rest = new Uint8Array(0);
  return {
    push(bytes) {
      const frames: Uint8Array[] = [];
      const all = concatBytes(rest, bytes);
      const whole = all.length - (all.length % frameBytes);
      for (let from = 0; from < whole; from += frameBytes) frames.push(all.slice(from, from + frameBytes));
      rest = all.slice(whole);
      return frames;
    },
    flush() {
      const left = rest;
      rest = new Uint8Array(0);
      return left;
    },
  };
}

/** Reads samples out of a stream of little-endian 16-bit bytes, whose chunks may end in the middle of a sample. */
export interface SampleReader {
  /** The samples that are whole now. */
  read(bytes: Uint8Array): Int16Array;
  /** The stream is over: half a sample left over is forgotten, or it would shift all samples of the next stream. */
  reset(): void;
}

/** @returns a reader of one stream; chunks may begin at any byte of their buffer, on a machine of either byte order. */
export function createSampleReader(): SampleReader {
  let odd: number | undefined;
  return {
    read(bytes) {
      const carried = odd === undefined ? 0 : 1;
      const samples = new Int16Array((bytes.length + carried) >> 1);
      let at = 0;
      let from = 0;
      if (odd !== undefined && bytes.length > 0) {
        samples[at++] = odd | ((bytes[0] as number) << 8);
        from = 1;
        odd = undefined;
      }
      for (; from + 1 < bytes.length; from += 2) {
        samples[at++] = (bytes[from] as number) | ((bytes[from + 1] as number) << 8);
      }
      if (from < bytes.length) odd = bytes[from];
      return samples;
    },
    reset() {
      odd = undefined;
    },
  };
}

/** Samples as little-endian bytes, whatever the machine's own order. */
export function bytesOfSamples(samples: Int16Array): Uint8Array {
  const bytes = new Uint8Array(samples.length * 2);
  for (let at = 0; at < samples.length; at += 1) {
    const sample = samples[at] as number;
    bytes[2 * at] = sample & 0xff;
    bytes[2 * at + 1] = (sample >> 8) & 0xff;
  }
  return bytes;
}

/** All parts in one new array. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
