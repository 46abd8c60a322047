import { wordsOf } from "../../../language/index.js";
import type { FlowPhrases } from "./flow.js";

/** Spellings of one word, each mapped to the first: romanised Hindi has no fixed one. */
const SAME_WORDS: ReadonlyMap<string, string> = new Map(
  [
    "haan haa han ha haanji हां",
    "nahin nahi nai nahee नहीं नही",
    "theek thik thikk ठीक",
    "accha acha achha achchha अच्छा",
    "kitna kitana कितना",
    "mehenga mehnga mahanga महंगा",
    "chahiye chahie chaahiye चाहिए",
    "subah subha सुबह",
    "shaam sham शाम",
    "kal कल",
    "ok okay ओके",
    "dhanyavaad dhanyawad dhanyavad धन्यवाद",
  ].flatMap((line) => {
    const [first = "", ...others] = line.split(" ").map(plain);
    return others.map((other) => [other, first] as const);
  }),
);

/** Without the marks in which spellings of Devanagari differ: chandrabindu is anusvara, nukta is gone. */
function plain(word: string): string {
  return word
    .normalize("NFD")
    .replace(/\u093C/g, "")
    .replace(/\u0901/g, "\u0902")
    .normalize("NFC");
}

/** A text as words that can be compared. */
export function comparableWords(text: string): string[] {
  return wordsOf(text)
    .map(plain)
    .map((word) => SAME_WORDS.get(word) ?? word);
}

/** How many words of the best matching phrase stand in the words in one run; 0 if none does. */
export function matchLength(words: readonly string[], phrases: FlowPhrases): number {
  let best = 0;
  for (const phrase of [...phrases.en, ...phrases.hi]) {
    const wanted = comparableWords(phrase);
    if (wanted.length > best && stands(wanted, words)) best = wanted.length;
  }
  return best;
}

function stands(wanted: readonly string[], words: readonly string[]): boolean {
  for (let from = 0; from + wanted.length <= words.length; from += 1) {
    if (wanted.every((word, index) => words[from + index] === word)) return true;
  }
  return false;
}
