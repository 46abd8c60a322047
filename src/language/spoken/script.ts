import { wordEvidence } from "../identify/word-evidence.js";
import { type MappedText, rewrite } from "./mapped-text.js";
import { DEVANAGARI_BY_LATIN, ENGLISH_TOO } from "./spellings.js";
import { devanagariWord, latinWord } from "./transliterate.js";

const DEVANAGARI_WORD = /[\u0900-\u0963\u0970-\u097F]+/g;
const LATIN_WORD = /(?<![\p{L}\p{M}\p{N}])[A-Za-z]+(?![\p{L}\p{M}\p{N}])/gu;

/** Devanagari words in Latin letters; the danda becomes a full stop. */
export function inLatin(from: MappedText): MappedText {
  return rewrite(
    rewrite(from, DEVANAGARI_WORD, ([word]) => latinWord(word)),
    /[।॥]/g,
    () => ".",
  );
}

/** Romanised Hindi words in Devanagari; English words stay. A word that is both follows its neighbours. */
export function inDevanagari(from: MappedText): MappedText {
  const words = [...from.text.matchAll(/[\p{L}\p{M}]+/gu)];
  const sure = words.map(([word]) => isSurelyHindi(word));
  const places = new Map(words.map((match, index) => [match.index, index]));
  return rewrite(from, LATIN_WORD, (match) => {
    const at = places.get(match.index ?? -1) ?? -1;
    const word = match[0].toLowerCase();
    const besideHindi = sure[at - 1] === true || sure[at + 1] === true;
    if (sure[at] || (besideHindi && ENGLISH_TOO.has(word) && DEVANAGARI_BY_LATIN.has(word)))
      return devanagariWord(word);
    return undefined;
  });
}

function isSurelyHindi(word: string): boolean {
  if (/^[\u0900-\u097F]/.test(word)) return true;
  const lower = word.toLowerCase();
  if (ENGLISH_TOO.has(lower) || (word.length > 1 && word === word.toUpperCase())) return false;
  return DEVANAGARI_BY_LATIN.has(lower) || wordEvidence(lower) === "hindi";
}

/** A whole text in Devanagari: dictionary and rules for every Latin word. */
export function transliterateToDevanagari(romanised: string): string {
  return romanised.replace(/[A-Za-z]+/g, devanagariWord);
}

/** A whole text in Latin letters. Silent short vowels are left out. */
export function transliterateToLatin(devanagari: string): string {
  return devanagari.replace(DEVANAGARI_WORD, latinWord).replace(/[।॥]/g, ".");
}
