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
  const hindi = alongHindi(words.map(([word]) => word));
  const places = new Map(words.map((match, index) => [match.index, index]));
  return rewrite(from, LATIN_WORD, (match) => {
    const at = places.get(match.index ?? -1) ?? -1;
    return hindi[at] === true ? devanagariWord(match[0].toLowerCase()) : undefined;
  });
}

/** Which words are Hindi: the sure ones, and those of both languages in a row with one of them ("main kal aaunga"). */
function alongHindi(words: readonly string[]): boolean[] {
  const hindi = words.map(isSurelyHindi);
  const follow = (at: number, before: number) => {
    const word = words[at]?.toLowerCase() ?? "";
    if (hindi[before] && ENGLISH_TOO.has(word) && DEVANAGARI_BY_LATIN.has(word)) hindi[at] = true;
  };
  for (let at = 1; at < words.length; at += 1) follow(at, at - 1);
  for (let at = words.length - 2; at >= 0; at -= 1) follow(at, at + 1);
  return hindi;
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
