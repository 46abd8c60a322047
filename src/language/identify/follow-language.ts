import type { Language } from "../../spec/index.js";
import { wordsOf } from "../words.js";
import { guessLanguage, type LanguageGuess } from "./guess-language.js";
import { spokenLanguage } from "./identify-language.js";
import { requestedLanguage } from "./requested-language.js";

/** The languages of one call so far. Plain data: it may be stored and read back. */
export interface LanguageMemory {
  /** What the agent goes on in. */
  readonly language: Language;
  /** The language the caller asked for, while that holds. */
  readonly asked?: "hi" | "en";
  /** Where the caller's last turns point to, away from `language`, and how many in a row do. */
  readonly leaning?: { readonly language: Language; readonly turns: number };
}

/** One turn of the caller. */
export interface HeardLanguage {
  readonly text: string;
  /** What the recogniser says it is. It only supports or weakens what the words say. */
  readonly tag?: Language;
  /** The recogniser's confidence in the words, 0 to 1. */
  readonly confidence?: number;
}

/** So many words of one language make a turn clear: it switches at once. */
export const DEFAULT_CLEAR_WORDS = 3;
/** So many make it long: two in a row end what the caller asked for. */
export const DEFAULT_LONG_WORDS = 5;
/** So many turns in a row switch when none of them is clear. */
export const DEFAULT_TURNS_TO_SWITCH = 2;
/** Below this recogniser confidence no turn is clear. */
export const DEFAULT_LEAST_CONFIDENCE = 0.4;

/** What everybody says in either language: courtesies and bare answers. A turn of nothing else moves nothing. */
const FORMULA = new Set(
  (
    "okay ok hello hi hey bye goodbye thank thanks you so very much please sorry yes yeah yep no nope sure fine alright right great nice cool good morning afternoon evening night done welcome sir madam " +
    "haan han ha ji haanji hanji na nahi theek thik hai accha acha achha namaste shukriya dhanyavaad bilkul hmm bas " +
    "हाँ हां जी नहीं ठीक है अच्छा नमस्ते शुक्रिया धन्यवाद बिल्कुल ओके थैंक यू थैंक्यू हेलो हैलो बाय प्लीज़ सॉरी यस नो"
  )
    .normalize("NFC")
    .split(" "),
);

/** How a turn speaks for a language: not at all, as a hint, clearly, or clearly and at length. */
type Weight = "none" | "hint" | "clear" | "long";

interface Vote {
  readonly language: Language;
  readonly weight: Weight;
}

/** The memory of a call that opens in `language`. */
export function startLanguage(language: Language): LanguageMemory {
  return { language };
}

/**
 * The memory after one more turn of the caller. A request is obeyed at once and holds until the caller asks for the other language, or
 * speaks two long clear turns of it. A clear sentence switches between Hindi and English at once, anything less takes two turns in a row;
 * so does the step between `hi` and `hi-en`. Courtesies and turns that tell nothing leave everything as it was.
 */
export function followLanguage(memory: LanguageMemory, heard: HeardLanguage): LanguageMemory {
  const asked = requestedLanguage(heard.text);
  if (asked !== undefined) return { language: asked, asked };
  const { language, weight } = voteOf(heard);
  if (weight === "none") return memory;
  if (language === memory.language || (memory.language === "en" && spokenLanguage(language) === "en"))
    return settled(memory);
  const crosses = spokenLanguage(language) !== spokenLanguage(memory.language);
  const held = memory.asked !== undefined && crosses;
  if (held && weight !== "long") return settled(memory);
  const turns = pointsTheSame(memory, language) ? (memory.leaning?.turns ?? 0) + 1 : 1;
  const enough = turns >= DEFAULT_TURNS_TO_SWITCH || (crosses && !held && weight !== "hint");
  if (!enough) return { ...memory, leaning: { language, turns } };
  return memory.asked !== undefined && !crosses ? { language, asked: memory.asked } : { language };
}

/** Nothing points away any more. */
function settled({ language, asked }: LanguageMemory): LanguageMemory {
  return asked === undefined ? { language } : { language, asked };
}

/** To an English call pure and mixed Hindi point the same way; within Hindi they do not. */
function pointsTheSame({ language, leaning }: LanguageMemory, to: Language): boolean {
  if (leaning === undefined) return false;
  return language === "en" ? spokenLanguage(leaning.language) === spokenLanguage(to) : leaning.language === to;
}

function voteOf({ text, tag, confidence }: HeardLanguage): Vote {
  const guess = guessLanguage(text);
  const language = spokenFor(guess);
  if (language === undefined || wordsOf(text).every((word) => FORMULA.has(word)))
    return { language: "hi-en", weight: "none" };
  const weight = weightOf(guess, confidence ?? 1);
  const doubted = tag !== undefined && spokenLanguage(tag) !== spokenLanguage(language);
  return { language, weight: weight === "hint" && doubted ? "none" : weight };
}

/** English with a Hindi word in it asks for English, Hindi with English words for the mix. */
function spokenFor({ language, matrix }: LanguageGuess): Language | undefined {
  return language === "hi-en" && matrix === "en" ? "en" : language;
}

/** Mixed speech is clear by its Hindi words; English with Hindi words in it never is. At least two words must be of one language only. */
function weightOf(
  { language, matrix, hindiWords, englishWords, sharedWords }: LanguageGuess,
  confidence: number,
): Weight {
  if (confidence < DEFAULT_LEAST_CONFIDENCE || (language === "hi-en" && matrix === "en")) return "hint";
  const own = matrix === "en" ? englishWords : hindiWords;
  const evidence = language === "hi-en" ? own : own + sharedWords;
  if (own < 2 || evidence < DEFAULT_CLEAR_WORDS) return "hint";
  return evidence < DEFAULT_LONG_WORDS ? "clear" : "long";
}
