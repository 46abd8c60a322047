import { wordsOf } from "../words.js";

/** So many half-words at most are still one: "k- k-". */
const MOST_HALF_WORDS = 3;

/** Short, and a whole answer or a whole name: "no", "do" (two), "TV". */
const SHORT_WORDS = new Set(
  (
    "no na ok ji hi yo do go us up tv ac id pm am it ho lo le de ja aa so ye wo kb yr dr mr ms rs kg km gb mb ai " +
    "जी मैं में हैं हां हाँ हूं हूँ ना न दो लो ले दे जा हो आओ आ गो नो हाय टी पी या ओके"
  ).split(" "),
);

/** Breath, hesitation and coughing, as recognisers write them. */
const NOISE =
  /^(?:u+[hm]+|e+r+m*|a+h+|a+r+g+h+|e+h+|o+h+|m+|u+g+h+|t+s+k+|p+f+t*|s+h+h+|b+r+r+|g+r+r+|k+h+|h+u+|h+a+|h+e+h+|ahem|hic|psst|achoo|hmph|tch|अ+|आ+|उ+|ऊ+|ए+|ओ+|ओह|आह|उह|उम्म?|अम्म?|अह|ह+|म्म+|खों|अहम)$/u;

/** One Devanagari letter, its vowel sign included, as one hears it of a word cut off: "क", "हा". */
const ONE_SYLLABLE = /^[\u0904-\u0939\u0958-\u095F]\u093C?(?:\u094D|[\u093E-\u094C]?[\u0900-\u0903]?)$/u;

const CUT_OFF = /\p{L}\p{M}*(?:[-‐‑–—]+)$/u;
const MARKED_NOISE = /^(?:[[(<*][^\])>*]*[\])>*]\s*)+$/u;

/**
 * Whether there is no whole word in it: nothing at all, a beginning that was cut off ("k-", "ह"), a breath or a cough
 * written down ("uh", "mm", "[cough]"). Never an interruption by itself. "ha" is half a word and may be "haan" as well.
 */
export function isHalfWord(text: string): boolean {
  const said = text.trim();
  if (MARKED_NOISE.test(said)) return true;
  const words = said.split(/[\s,.…!?।]+/u).filter((word) => wordsOf(word).length > 0);
  return words.length <= MOST_HALF_WORDS && words.every(isHalf);
}

function isHalf(word: string): boolean {
  if (CUT_OFF.test(word)) return true;
  const [plain = ""] = wordsOf(word);
  if (/\p{N}/u.test(plain) || SHORT_WORDS.has(plain)) return false;
  if (NOISE.test(plain)) return true;
  return /^\p{Script=Latin}{1,2}$/u.test(plain) || ONE_SYLLABLE.test(plain);
}
