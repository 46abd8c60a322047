import { type Cutter, createCutter } from "./cutter.js";
import { sentenceEnd } from "./sentence-end.js";
import { shorten } from "./shorten.js";

/** A sentence longer than this is cut at a space, in UTF-16 units: it bounds what a stream without an end keeps. */
export const LONGEST_SENTENCE_LENGTH = 2_000;

/** Cuts a stream of text into sentences. */
export type SentenceSplitter = Cutter;

/**
 * English, Hindi and mixed sentences, each as soon as it is known to be over. Every cut is decided by a bounded look ahead
 * (80 UTF-16 units at most, mostly one), so any chunking of a text gives the same sentences.
 */
export function createSentenceSplitter(): SentenceSplitter {
  return createCutter((scene, at, start) => {
    const end = sentenceEnd(scene, at, start);
    return end === "none" ? shorten(scene, at, start, LONGEST_SENTENCE_LENGTH) : end;
  });
}
