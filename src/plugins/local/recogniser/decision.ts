import type { TranscriptResult } from "../../../spec/index.js";
import type { Grammar } from "./grammar.js";

/**
 * How much worse than free phones a phrase may fit, per 10 ms of speech in the model's unit, and still be taken.
 * Found on the tuning set of `test/bench/recogniser.bench.ts`.
 */
export const DEFAULT_LEAST_FIT = -37;
/** Over this range above the least fit, confidence goes from a half to nine tenths. */
const CONFIDENT_RANGE = 15;
const FRAME_MS = 10;
/**
 * The longest a phrase is spoken: so much, and so much more for each of its sounds. A short phrase that fits long speech
 * has been stretched over words that are not its own.
 */
const LONGEST_PHRASE_MS = 600;
const LONGEST_SOUND_MS = 130;

/** What the recogniser reports of a sound. */
export interface HeardTokens {
  readonly tokens: string;
  readonly score: number;
  readonly fillerScore: number;
}

/** How well a phrase fits: 0 is as well as any phones could, less is worse. */
export function fitOf({ score, fillerScore }: HeardTokens, speechMs: number): number {
  return ((score - fillerScore) * FRAME_MS) / speechMs;
}

/** Whether the phrase that fits best fits well enough. */
export function decide(
  heard: HeardTokens,
  speechMs: number,
  { phrases }: Pick<Grammar, "phrases">,
  leastFit: number,
): TranscriptResult {
  const phrase = phrases.get(heard.tokens);
  if (phrase === undefined || speechMs > LONGEST_PHRASE_MS + LONGEST_SOUND_MS * phrase.sounds)
    return { type: "not-understood" };
  const margin = fitOf(heard, speechMs) - leastFit;
  if (margin < 0) return { type: "not-understood" };
  const confidence = 1 / (1 + Math.exp((-margin * Math.log(9)) / CONFIDENT_RANGE));
  return { type: "transcript", final: true, text: phrase.text, language: phrase.language, confidence };
}
