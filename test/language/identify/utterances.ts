/**
 * Utterances as heard on phone calls, each with its language. How they are labelled:
 *
 * - `hi`, `en`: every word that is of one language is of that one. Names, digits, "sir", "phone" and "number" count for none.
 * - `hi-en`: at least one word of each, in whichever letters ("प्राइस क्या है"); `matrix` is the language of the grammar.
 * - `either`: nothing but what both say all day ("okay", "hello", "bye"), a name, digits, or a lone word of both languages
 *   ("main", "to"). Right is to keep the prior. "yes" and "thank you" are English, "haan" and "namaste" Hindi.
 *
 * utterances.json was written before the word lists; every second line is held out. All of it was written by the author of
 * the lists, so there are three more files, written after the lists stood and judged once before anything was changed
 * (blind, fresh, then unseen; what that first sight gave is in test/bench/language.bench.ts). After the unseen one nothing was.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LanguageGuess } from "../../../src/language/identify/index.js";
import { wordsOf } from "../../../src/language/words.js";
import type { Language } from "../../../src/spec/index.js";

export interface LabelledUtterance {
  readonly text: string;
  readonly language: Language | "either";
  readonly matrix?: "hi" | "en";
  readonly set: "tuning" | "held-out" | "blind" | "fresh" | "unseen";
  readonly note?: string;
}

export const SETS = ["tuning", "held-out", "blind", "fresh", "unseen"] as const;

export const utterances: readonly LabelledUtterance[] = [
  "utterances",
  "blind-utterances",
  "fresh-utterances",
  "unseen-utterances",
].flatMap((name) => JSON.parse(readFileSync(join(import.meta.dirname, `${name}.json`), "utf8")) as LabelledUtterance[]);

export const isShort = ({ text }: LabelledUtterance): boolean => wordsOf(text).length <= 2;

export function isRight({ language }: LabelledUtterance, guess: LanguageGuess): boolean {
  return guess.language === (language === "either" ? undefined : language);
}

/** The share of them that holds, and 0 of none. */
export function shareOf<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.length === 0 ? 0 : items.filter(holds).length / items.length;
}
