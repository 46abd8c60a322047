import { BINS } from "./spectrum.js";

/** Where the bands begin and end, in bins of 31.25 Hz: 125 Hz to 3.8 kHz, about as wide as the ear's. */
const EDGES = Uint8Array.of(4, 8, 12, 17, 23, 31, 42, 57, 78, 100, 122);

/** How many bands there are. */
export const BANDS = EDGES.length - 1;

/** How many bins each band has: the more it has, the less its power jitters in noise. */
export const BAND_BINS = Uint8Array.from({ length: BANDS }, (_, band) => edge(band + 1) - edge(band));

/** The first band above 1.3 kHz. Hissing (s, sh, f, t) is above it; hum, traffic and rooms are below. */
export const FIRST_HIGH_BAND = 6;

/** The mean power of the bins of each band, into `out`. */
export function bandPowers(power: Float64Array, out: Float64Array): void {
  for (let band = 0; band < BANDS; band += 1) {
    out[band] = sum(power, edge(band), edge(band + 1)) / (BAND_BINS[band] as number);
  }
}

/** Below 94 Hz is mains hum and the foot of the window. */
const FIRST_BIN = 3;
/** The tones of telephone networks begin at 350 Hz (ITU-T E.180); what is under 280 Hz is the fundamental of a voice. */
const FIRST_TONE_BIN = 9;
/** A tone's power lies within so many bins of its peak. */
const PEAK_REACH = 2;

/**
 * The part of a frame's power that a pair of tones does not explain, 0 to 1: what lies outside the two strongest peaks,
 * or where no network has tones. Near 0 for a single tone as well.
 */
export function shareBesideTones(power: Float64Array): number {
  const first = strongest(power, FIRST_TONE_BIN, BINS);
  if (first < 0) return 1;
  const from = Math.max(FIRST_TONE_BIN, first - PEAK_REACH);
  const to = Math.min(BINS, first + PEAK_REACH + 1);
  const low = strongest(power, FIRST_TONE_BIN, from);
  const high = strongest(power, to, BINS);
  const beside =
    (power[low] ?? 0) > (power[high] ?? 0)
      ? sum(power, Math.max(FIRST_TONE_BIN, low - PEAK_REACH), Math.min(from, low + PEAK_REACH + 1))
      : sum(power, Math.max(to, high - PEAK_REACH), Math.min(BINS, high + PEAK_REACH + 1));
  return Math.max(0, 1 - (sum(power, from, to) + beside) / sum(power, FIRST_BIN, BINS));
}

/** The loudest bin, or −1 if there is none between `from` and `to`. */
function strongest(power: Float64Array, from: number, to: number): number {
  let best = -1;
  let most = 0;
  for (let bin = from; bin < to; bin += 1) {
    if ((power[bin] as number) <= most) continue;
    best = bin;
    most = power[bin] as number;
  }
  return best;
}

function sum(values: Float64Array, from: number, to: number): number {
  let total = 0;
  for (let at = from; at < to; at += 1) total += values[at] as number;
  return total;
}

function edge(index: number): number {
  return EDGES[index] as number;
}
