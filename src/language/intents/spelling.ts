import { wordsOf } from "../words.js";
import { LEXICON } from "./lexicon.js";

const NUKTA_AND_JOINERS = /[\u093C\u200C\u200D]/g;
const CHANDRABINDU = /\u0901/g;
const STRETCHED = /(\p{L}|\p{M})\1{2,}/u;
const STRETCHES = /(\p{L}|\p{M})\1{2,}/gu;

/**
 * The words of a text in one spelling, whichever of the three it was written in: "Haanji, thik hai", "हाँ जी, ठीक है" and
 * "haan jee theek hain" are `haan ji theek hai`. Words the lexicon does not know stay as they are.
 */
export function spokenWords(text: string): string[] {
  return wordsOf(text.normalize("NFC").replace(NUKTA_AND_JOINERS, "").replace(CHANDRABINDU, "\u0902")).flatMap(
    (word) => LEXICON.get(word) ?? unstretched(word),
  );
}

/** A drawn-out word ("okayyy", "haaaan") is the word. */
function unstretched(word: string): readonly string[] {
  if (!STRETCHED.test(word)) return [word];
  const short = word.replace(STRETCHES, "$1");
  return LEXICON.get(short) ?? [short];
}
