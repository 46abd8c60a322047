import { BolchaalError } from "../../errors.js";
import type { WordTiming } from "../../spec/index.js";
import { CODED_DURATION_STEP_MS, encodeWord, LONGEST_CODED_WORD_MS, shortestDurationMs } from "./word-code.js";

/** One word of a text, with its place in text and time, and its sound at 8 kHz. */
export interface SpokenWord extends WordTiming {
  readonly samples: Int16Array;
}

/**
 * A text as the scripted voice says it: word behind word without a gap, each `wordMs` long (longer where a word's code
 * needs it).
 */
export function codedSpeech(text: string, utterance: number, wordMs: number): SpokenWord[] {
  let startMs = 0;
  return [...text.matchAll(/\S+/gu)].map((match, index) => {
    const [word] = match;
    const durationMs = Math.max(wordMs, shortestDurationMs(word));
    const endMs = startMs + durationMs;
    const samples = encodeWord({ text: word, utterance, index, durationMs });
    const spoken = { textStart: match.index, textEnd: match.index + word.length, startMs, endMs, samples };
    startMs = endMs;
    return spoken;
  });
}

/** @throws BolchaalError `invalid-option` if words of this length cannot be coded. */
export function checkWordMs(wordMs: number): number {
  if (wordMs > 0 && wordMs <= LONGEST_CODED_WORD_MS && wordMs % CODED_DURATION_STEP_MS === 0) return wordMs;
  throw new BolchaalError(
    `wordMs is ${wordMs}. Give a multiple of ${CODED_DURATION_STEP_MS}, up to ${LONGEST_CODED_WORD_MS}.`,
    { code: "invalid-option", component: "testing" },
  );
}
