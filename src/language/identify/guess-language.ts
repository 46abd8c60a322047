import type { Language } from "../../spec/index.js";
import { wordsOf } from "../words.js";
import { ENGLISH_FUNCTION_WORDS } from "./english-words.js";
import { HINDI_FUNCTION_WORDS } from "./hindi-words.js";
import { type WordEvidence, wordEvidence } from "./word-evidence.js";

/** What a text's words say about its language. */
export interface LanguageGuess {
  /** `undefined` where the words do not tell: "okay", "123", "", a name. */
  readonly language: Language | undefined;
  /** The language whose grammar holds the sentence together: "price kya hai" is Hindi, "I will come kal" English. */
  readonly matrix: "hi" | "en" | undefined;
  /** From 0 (no evidence) towards 1; grows with each word that is of one language only. */
  readonly confidence: number;
  /** Words that are Hindi only, in either script. */
  readonly hindiWords: number;
  /** Words that are English only, in either script. */
  readonly englishWords: number;
  /** Words of both languages ("to", "main", "is"), decided by their neighbours. */
  readonly sharedWords: number;
}

type Side = "hi" | "en";

/** Pairs of shared words that are idiomatic in one language only. */
const PAIRS: ReadonlyMap<string, Side> = new Map([
  ...pairsOf(
    "en",
    "is he,he is,to me,to us,to the,to do,is the,is so,is to,the main,the bus,the sun,the log,the bat,do so,do us,so is,me the,us the,us to,so the,is me,are the,are to,the man,in the,in so,in main,us do,is in",
  ),
  ...pairsOf(
    "hi",
    "main to,main hi,do log,do so,hi the,the to,me hi,to main,is par,us par,is me,us me,mere to,to do,log the,bat hi,par to,in log,is bat,us din,the par,sun to",
  ),
]);
/** Shared words alone are no evidence, but a pair that only one language has is some. */
const PAIR_CONFIDENCE = 0.3;
/** What a word of one language leaves of the doubt. */
const DOUBT_LEFT = 0.5;

function pairsOf(side: Side, list: string): readonly (readonly [string, Side])[] {
  return list.split(",").map((pair) => [pair, side] as const);
}

/**
 * Which language a text is in, from its words: whole words, their spelling and their neighbours, never parts of a word. One word of the
 * other language makes it `hi-en`, whether it is written in Latin or in Devanagari. Takes microseconds; keeps nothing.
 */
export function guessLanguage(text: string): LanguageGuess {
  const words = wordsOf(text);
  const evidence = words.map(wordEvidence);
  const hindiWords = count(evidence, "hindi");
  const englishWords = count(evidence, "english");
  const sharedWords = count(evidence, "shared");
  const counts = { hindiWords, englishWords, sharedWords };
  if (hindiWords + englishWords === 0) {
    const side = sharedWords < 2 ? undefined : sideOfPairs(words);
    return { language: side, matrix: side, confidence: side ? PAIR_CONFIDENCE : 0, ...counts };
  }
  const confidence = 1 - DOUBT_LEFT ** (hindiWords + englishWords);
  if (englishWords === 0) return { language: "hi", matrix: "hi", confidence, ...counts };
  if (hindiWords === 0) return { language: "en", matrix: "en", confidence, ...counts };
  return { language: "hi-en", matrix: matrixOf(words, evidence), confidence, ...counts };
}

function count(evidence: readonly WordEvidence[], kind: WordEvidence): number {
  return evidence.reduce((sum, each) => sum + (each === kind ? 1 : 0), 0);
}

function sideOfPairs(words: readonly string[]): Side | undefined {
  const sides = words.slice(1).map((word, at) => PAIRS.get(`${words[at]} ${word}`));
  const hindi = sides.filter((side) => side === "hi").length;
  const english = sides.filter((side) => side === "en").length;
  return hindi === english ? undefined : hindi > english ? "hi" : "en";
}

/** The side with more function words; then with more words; then Hindi, which is what mixed speech on Indian calls is built on. */
function matrixOf(words: readonly string[], evidence: readonly WordEvidence[]): Side {
  const sides = sidesOf(words, evidence);
  let functionWords = 0;
  let all = 0;
  sides.forEach((side, at) => {
    const word = words[at] ?? "";
    if (side === "hi") all += 1;
    if (side === "en") all -= 1;
    if (side === "hi" && (HINDI_FUNCTION_WORDS.has(word) || DEVANAGARI_FUNCTION_WORD.test(word))) functionWords += 1;
    if (side === "en" && ENGLISH_FUNCTION_WORDS.has(word)) functionWords -= 1;
  });
  return (functionWords || all) < 0 ? "en" : "hi";
}

const DEVANAGARI_FUNCTION_WORD =
  /^(?:है|हैं|हूँ|हूं|हो|था|थी|थे|का|की|के|को|से|ने|में|पर|तक|मैं|मुझे|मेरा|मेरी|मेरे|हम|हमें|आप|आपका|आपकी|आपके|आपको|ये|यह|वो|वह|क्या|कब|कहाँ|कैसे|क्यों|कितना|कितने|कितनी|नहीं|भी|तो|और|चाहिए|रहा|रही|रहे)$/u;

/** Each word's side; a shared word takes that of the nearest word that is of one language, and none between two that differ. */
function sidesOf(words: readonly string[], evidence: readonly WordEvidence[]): readonly (Side | undefined)[] {
  return words.map((_, at) => {
    const own = sideOf(evidence[at]);
    if (own !== undefined || evidence[at] === "neutral") return own;
    for (let distance = 1; distance < words.length; distance += 1) {
      const before = sideOf(evidence[at - distance]);
      const after = sideOf(evidence[at + distance]);
      if (before !== undefined && after !== undefined && before !== after) return undefined;
      if (before !== undefined || after !== undefined) return before ?? after;
    }
    return undefined;
  });
}

function sideOf(evidence: WordEvidence | undefined): Side | undefined {
  return evidence === "hindi" ? "hi" : evidence === "english" ? "en" : undefined;
}
