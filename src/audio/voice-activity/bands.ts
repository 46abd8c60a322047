import { BINS } from "./spectrum.js";

/** Where the bands begin and end, in bins of 31.25 Hz: 125 Hz to 3.8 kHz, about as wide as the ear's. */
const EDGES = [4, 8, 12, 17, 23, 31, 42, 57, 78, 100, 122] as const;
export const BANDS = EDGES.length - 1;
/** The power of each band, into `out`. */
export function bandPowers(power: Float64Array, out: Float64Array): void {
  for (let band = 0; band < BANDS; band += 1) {
    let sum = 0;
    const end = EDGES[band + 1] as number;
    for (let bin = EDGES[band] as number; bin < end; bin += 1) sum += power[bin] as number;
    out[band] = sum + 1;
  }
}

/** The part of a frame's power that lies in its two strongest peaks, 0 to 1: near 1 for one or two pure tones. */
export function twoPeakShare(power: Float64Array): number {
  let total = 0;
  let first = 3;
  for (let bin = 3; bin < BINS; bin += 1) {
    const value = power[bin] as number;
    total += value;
    if (value > (power[first] as number)) first = bin;
  }
  let second = -1;
  for (let bin = 3; bin < BINS; bin += 1) {
    if (Math.abs(bin - first) > 2 && (second < 0 || (power[bin] as number) > (power[second] as number))) second = bin;
  }
  let peaks = 0;
  for (let bin = 3; bin < BINS; bin += 1) {
    if (Math.abs(bin - first) <= 2 || Math.abs(bin - second) <= 2) peaks += power[bin] as number;
  }
  return total > 0 ? peaks / total : 0;
}
