import type { Language } from "../../spec/index.js";
import { wordsOf } from "../words.js";
import {
  asksByVerb,
  endsEnglishSentence,
  endsHindiSentence,
  endsSecondClause,
  isEnglishQuestion,
  isEnglishRequest,
  SHORT_ANSWERS,
  tellsAmount,
  tellsName,
} from "./endings.js";
import {
  ENGLISH_AUXILIARIES,
  ENGLISH_HANGING,
  ENGLISH_LEADING,
  FILLERS,
  HINDI_HANGING,
  LEADING_ON,
  POSTPOSITIONS,
} from "./hanging-words.js";
import { announcesNumber, toldNumber } from "./told-number.js";

/**
 * How finished words sound:
 *
 * - `short-answer`: a whole answer of a word or a few: "haan ji", "no thank you".
 * - `complete`: a sentence with its end: "kal aa jaiye", "how much is it".
 * - `open`: it may be all, or not: "a room", "dilli mein rehta".
 * - `hanging`: more is to come: "aur", "because", "I want to".
 * - `half-number`: a number half told: "nine eight double seven".
 */
export type Completeness = "short-answer" | "complete" | "open" | "hanging" | "half-number";

/** A number nobody has named may be whole with so many figures, such as an order's … */
const NUMBER_FIGURES = 6;
/** … and is taken to be with so many: a telephone number. */
const TELEPHONE_FIGURES = 10;

/** How finished a text sounds. Words only: intonation is not heard. Nothing is `open`. */
export function completeness(text: string, language: Language): Completeness {
  const words = wordsOf(text);
  const last = words.at(-1);
  if (last === undefined) return "open";
  const number = toldNumber(words);
  if (number !== undefined) {
    const { figures, wanted } = number;
    if (wanted === undefined && figures >= NUMBER_FIGURES && figures !== TELEPHONE_FIGURES) return "open";
    return figures >= (wanted ?? TELEPHONE_FIGURES) ? "complete" : "half-number";
  }
  if (announcesNumber(words)) return "hanging";
  if (words.every((word) => SHORT_ANSWERS.has(word))) return "short-answer";
  if (FILLERS.has(last)) return "hanging";
  return language === "en" ? inEnglish(words, last) : inHindi(words, last);
}

function inEnglish(words: readonly string[], last: string): Completeness {
  if (ENGLISH_LEADING.has(last) && asksByVerb(words)) return "complete";
  if (ENGLISH_HANGING.has(last) || ENGLISH_LEADING.has(last)) return "hanging";
  if (words.length <= 2 && /^(?:how|what|which|whose)$/.test(words[0] ?? "")) return "hanging";
  if ((last === "that" || last === "me") && LEADING_ON.has(words.at(-2) ?? "")) return "hanging";
  if (ENGLISH_AUXILIARIES.has(last)) return words.length > 3 ? "hanging" : "open";
  if (last === "please" && words.length <= 3 && isPolite(words)) return "hanging";
  if (isEnglishQuestion(words) || endsEnglishSentence(last)) return "complete";
  if (endsSecondClause(words) || tellsName(words) || tellsAmount(words) || isEnglishRequest(words)) return "complete";
  return "open";
}

/** "could you please": the request is still to come. */
function isPolite(words: readonly string[]): boolean {
  return /^(?:can|could|will|would)$/.test(words[0] ?? "") && words[1] === "you";
}

function inHindi(words: readonly string[], last: string): Completeness {
  if (endsHindiSentence(last) && words.length > 1) return "complete";
  if (POSTPOSITIONS.has(last)) return words.length > 3 ? "hanging" : "open";
  if (HINDI_HANGING.has(last)) return "hanging";
  // The English half of mixed speech.
  if (ENGLISH_HANGING.has(last) && last !== "me") return "hanging";
  return tellsName(words) ? "complete" : "open";
}
