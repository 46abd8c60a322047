import { BAND_BINS, BANDS, FIRST_HIGH_BAND } from "./bands.js";
import { WHITE_NOISE_GAIN } from "./spectrum.js";

/** The floor is the mean of the noise so far, and from this many frames on it moves with the noise. */
const MEMORY_FRAMES = 20;
/** Under speech the floor falls to what is quieter, and creeps up, so that it is not lost if the noise changes. */
const FALL = 0.1;
const CREEP = 0.004;
/** Noise that becomes louder by up to this much is still that noise: 9 dB … */
const MOST_GAIN = 8;
/** … which is how much louder this band is, counted from the one that rose least; a voice leaves as many bands alone. */
const GAIN_RANK = 4;
/** … and by no more than 1.1 dB from one frame to the next: what is louder at once is not learnt away. */
const GAIN_SLEW = 1.3;
/** No floor is lower than this, in dB below what is audible: the floor under digital silence. */
const LOWEST_DB = 10;

/** The noise behind the voice, band by band, and how much a frame differs from it. */
export interface NoiseFloor {
  /**
   * How unlikely the frame is to be this noise, or the same noise louder: the logarithm of the likelihood ratio of "more than
   * noise" to "noise" (Sohn, Kim and Sung 1999), added up over all bins whose band is louder than the floor. Noise seldom has 14.
   */
  readonly evidence: number;
  /** What stands out of the floor is mostly hissing, not hum or rumble. */
  readonly hissing: boolean;
  /** Enough was heard to know the noise. */
  readonly known: boolean;
  /** Compares the frame with the floor. */
  compare(powers: Float64Array): void;
  /** Learns from the frame. */
  learn(powers: Float64Array, speech: boolean): void;
  /** Begins anew: what was taken for speech was noise. */
  forget(): void;
}

/** @param floorDbfs What is not audible, in dB of full scale. */
export function createNoiseFloor(floorDbfs: number): NoiseFloor {
  const lowest = 32_768 ** 2 * 10 ** ((floorDbfs - LOWEST_DB) / 10) * WHITE_NOISE_GAIN;
  const floor = new Float64Array(BANDS).fill(lowest);
  const rises = new Float64Array(BANDS);
  let framesLearnt = 0;
  let evidence = 0;
  let gain = 1;
  let hissing = false;
  return {
    get evidence() {
      return evidence;
    },
    get hissing() {
      return hissing;
    },
    get known() {
      return framesLearnt >= MEMORY_FRAMES;
    },
    compare(powers) {
      for (let band = 0; band < BANDS; band += 1) rises[band] = (powers[band] as number) / (floor[band] as number);
      gain = Math.max(1, Math.min(MOST_GAIN, gain * GAIN_SLEW, rises.sort()[GAIN_RANK] as number));
      let sum = 0;
      let high = 0;
      let low = 0;
      for (let band = 0; band < BANDS; band += 1) {
        const noise = gain * (floor[band] as number);
        const ratio = (powers[band] as number) / noise;
        if (ratio <= 1) continue;
        const bins = BAND_BINS[band] as number;
        sum += bins * (ratio - Math.log(ratio) - 1);
        const above = bins * ((powers[band] as number) - noise);
        if (band < FIRST_HIGH_BAND) low += above;
        else high += above;
      }
      evidence = sum;
      hissing = high > low;
    },
    learn(powers, speech) {
      if (!speech) framesLearnt = Math.min(MEMORY_FRAMES, framesLearnt + 1);
      for (let band = 0; band < BANDS; band += 1) {
        const before = floor[band] as number;
        const gap = (powers[band] as number) - before;
        const step = !speech ? gap / framesLearnt : gap < 0 ? FALL * gap : CREEP * Math.min(gap, before);
        floor[band] = Math.max(lowest, before + step);
      }
    },
    forget() {
      framesLearnt = 0;
    },
  };
}
