import { RECOGNISER_RATE } from "./utterance.js";

const SHARED = {
  samprate: RECOGNISER_RATE,
  // Phrases are equally likely: what the sound says decides, not how many words a phrase has.
  lw: 1,
  // More of the model's Gaussians than its default of 4: a few more phrases right, for a third more time.
  topn: 8,
};

/** Beams this wide lose no phrase; the defaults lose Hindi, whose sounds are far from the English model's. */
export const PHRASE_DECODER = { ...SHARED, beam: 1e-120, pbeam: 1e-120, wbeam: 1e-100 } as const;

/** Any phones, without regard to their neighbours: a yardstick that foreign speech fits as well as a phrase's. */
export const FILLER_DECODER = { ...SHARED, cionly: true, beam: 1e-60, pbeam: 1e-60, wbeam: 1e-40 } as const;
