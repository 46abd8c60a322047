import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeMulaw, encodeMulaw, readWav } from "../../../src/audio/index.js";

const FIXTURES = join(import.meta.dirname, "../../fixtures");

/** A fixture's samples. */
export function fixture(path: string): Int16Array {
  return decodeMulaw(readWav(readFileSync(join(FIXTURES, path))).data);
}

/** A second of line noise, then the same noise 40 dB louder for so many ms, then two seconds of line noise. */
export function burstOfNoise(lengthMs: number): Int16Array {
  const noise = fixture("noise/white.wav");
  const loud = (at: number) => at >= 8_000 && at < 8_000 + lengthMs * 8;
  const samples = Int16Array.from({ length: 3 * 8_000 }, (_, at) => (noise[at] as number) * (loud(at) ? 1 : 0.01));
  return decodeMulaw(encodeMulaw(samples));
}

/** The samples in frames of 20 ms. */
export function framesOf(samples: Int16Array): Int16Array[] {
  return Array.from({ length: Math.floor(samples.length / 160) }, (_, at) =>
    samples.subarray(at * 160, (at + 1) * 160),
  );
}
