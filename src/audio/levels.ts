import { roomForSamples } from "./room.js";

const FULL_SCALE = 32768;

/** The level of samples in dB below a full-scale square wave; -Infinity for silence. */
export function rmsDbfs(samples: Int16Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length === 0 ? Number.NEGATIVE_INFINITY : 10 * Math.log10(sum / samples.length / FULL_SCALE ** 2);
}

/** The largest sample, in dB of full scale; -Infinity for silence. */
export function peakDbfs(samples: Int16Array): number {
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  return 20 * Math.log10(peak / FULL_SCALE);
}

/**
 * Louder or softer by `gainDb`; what would be too loud is clipped.
 * @param out Filled if large enough; may be `samples` itself.
 * @returns as many samples as were given.
 */
export function applyGain(samples: Int16Array, gainDb: number, out?: Int16Array): Int16Array {
  const room = roomForSamples(samples.length, out);
  const factor = 10 ** (gainDb / 20);
  for (let at = 0; at < samples.length; at += 1) {
    room[at] = Math.max(-32768, Math.min(32767, Math.round((samples[at] as number) * factor)));
  }
  return room;
}
