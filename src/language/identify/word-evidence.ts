import { DEVANAGARI_ENGLISH, DEVANAGARI_HINDI_LOOKALIKES, DEVANAGARI_SHARED } from "./devanagari-english.js";
import { ENGLISH_CONTENT_WORDS, ENGLISH_FUNCTION_WORDS } from "./english-words.js";
import { HINDI_CONTENT_WORDS, HINDI_FUNCTION_WORDS, HINDI_VERB_ENDINGS, HINDI_VERB_STEMS } from "./hindi-words.js";
import { looksEnglish } from "./spelling-model.js";
import { devanagariKey, isEnglishInflection, looksEnglishInDevanagari, romanisedKey } from "./word-forms.js";

/** What one word says by itself. `shared` is a word of both languages, `neutral` tells nothing: a name, a digit, "okay". */
export type WordEvidence = "hindi" | "english" | "shared" | "neutral";

/** Said by everybody in either language, so they tell nothing. */
const NEUTRAL = new Set(
  "okay ok okey hello helo hallo hey bye hmm hm mm mhm uh um umm ah oh sir madam maam phone number mr mrs".split(" "),
);
/** Names on Indian calls that are spelt like English words. */
const NAMES = new Set(
  "singh patel reddy verma menon joseph george thomas mathew fernandes dsouza rohit venkatesh lucknow indore chandigarh airtel jio reliance infosys flipkart amazon google swiggy zomato paytm phonepe hdfc icici sbi".split(
    " ",
  ),
);
const DEVANAGARI = /\p{Script=Devanagari}/u;
const LATIN = /^[a-z]+$/;
/** A key shorter than this fits too many English words that are in no list. */
const SHORTEST_KEY = 3;

const DEVANAGARI_ENGLISH_KEYS: ReadonlySet<string> = new Set([...DEVANAGARI_ENGLISH].map(devanagariKey));

const isHindi = (word: string) => HINDI_FUNCTION_WORDS.has(word) || HINDI_CONTENT_WORDS.has(word);
const isEnglish = (word: string) => ENGLISH_FUNCTION_WORDS.has(word) || ENGLISH_CONTENT_WORDS.has(word);

const HINDI_KEYS: ReadonlySet<string> = new Set(
  [
    ...HINDI_FUNCTION_WORDS,
    ...HINDI_CONTENT_WORDS,
    ...HINDI_VERB_STEMS.flatMap((stem) => HINDI_VERB_ENDINGS.map((ending) => stem + ending)),
  ]
    .map(romanisedKey)
    .filter((key) => key.length >= SHORTEST_KEY),
);

/** @param word One of {@link wordsOf}. */
export function wordEvidence(word: string): WordEvidence {
  if (NEUTRAL.has(word) || NAMES.has(word)) return "neutral";
  if (LATIN.test(word)) return latinEvidence(word);
  return DEVANAGARI.test(word) ? devanagariEvidence(devanagariKey(word)) : "neutral";
}

function latinEvidence(word: string): WordEvidence {
  const hindi = isHindi(word);
  const english = isEnglish(word);
  if (hindi) return english ? "shared" : "hindi";
  if (english || isEnglishInflection(word, isEnglish)) return "english";
  if (HINDI_KEYS.has(romanisedKey(word))) return "hindi";
  return looksEnglish(word) ? "english" : "neutral";
}

function devanagariEvidence(key: string): WordEvidence {
  if (DEVANAGARI_SHARED.has(key)) return "neutral";
  if (DEVANAGARI_HINDI_LOOKALIKES.has(key)) return "hindi";
  return DEVANAGARI_ENGLISH_KEYS.has(key) || looksEnglishInDevanagari(key) ? "english" : "hindi";
}
