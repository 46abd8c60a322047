import { BANDS } from "./bands.js";

/** How fast the floor follows what is no speech, falls to what is quieter, and creeps up under speech, each frame. */
const FOLLOW = 0.08;
const FALL = 0.25;
const CREEP = 0.004;

/** The noise behind the voice, band by band, and how far above it a frame stands. */
export interface NoiseFloor {
  /** How far each band of the frame is above the floor, in dB, 0 to 30. The same array each time. */
  excess(powers: Float64Array): Float64Array;
  /** Learns from the frame. */
  learn(powers: Float64Array, speech: boolean): void;
  /** So many frames without speech were learnt from. */
  readonly framesLearnt: number;
}

export function createNoiseFloor(): NoiseFloor {
  const floor = new Float64Array(BANDS);
  const excess = new Float64Array(BANDS);
  let framesLearnt = 0;
  let begun = false;
  return {
    excess(powers) {
      for (let band = 0; band < BANDS; band += 1) {
        const ratio = begun ? (powers[band] as number) / (floor[band] as number) : 1;
        excess[band] = ratio <= 1 ? 0 : Math.min(30, 10 * Math.log10(ratio));
      }
      return excess;
    },
    learn(powers, speech) {
      if (!begun) floor.set(powers);
      begun = true;
      if (!speech) framesLearnt += 1;
      for (let band = 0; band < BANDS; band += 1) {
        const gap = (powers[band] as number) - (floor[band] as number);
        const speed = speech ? (gap < 0 ? FALL : CREEP) : gap < 0 ? FALL / 2 : FOLLOW;
        floor[band] =
          (floor[band] as number) + speed * (speech && gap > 0 ? Math.min(gap, floor[band] as number) : gap);
      }
    },
    get framesLearnt() {
      return framesLearnt;
    },
  };
}
