import { ENGLISH_ENDINGS } from "./english-words.js";

/**
 * One form for the spellings a romanised Hindi word comes in: "nahin", "nahee" and "nahi"; "achchha" and "acha"; "zyaada" and "jyada".
 * Doubled vowels are short ones, h after a consonant and a final nasal or h are dropped, w is v, z is j. It is only a key: it need not be readable.
 */
export function romanisedKey(word: string): string {
  return word
    .replace(/ph/g, "f")
    .replace(/z/g, "j")
    .replace(/w/g, "v")
    .replace(/q/g, "k")
    .replace(/aa+/g, "a")
    .replace(/ee+|ii+/g, "i")
    .replace(/oo+|uu+/g, "u")
    .replace(/([bcdfgjkpst])h+/g, "$1")
    .replace(/([b-df-hj-np-tv-z])\1+/g, "$1")
    .replace(/(?<=[aeiou])[nmh]+$/, "");
}

/** Whether the word is a regular inflection of one `known` knows: "delivered", "cheaper", "stopping", "carries", "quickly". */
export function isEnglishInflection(word: string, known: (base: string) => boolean): boolean {
  return ENGLISH_ENDINGS.some((ending) => {
    if (!word.endsWith(ending) || word.length < ending.length + 3) return false;
    const stem = word.slice(0, -ending.length);
    return (
      known(stem) ||
      known(`${stem}e`) ||
      (stem.at(-1) === "i" && known(`${stem.slice(0, -1)}y`)) ||
      (stem.at(-1) === stem.at(-2) && known(stem.slice(0, -1)))
    );
  });
}

/** Devanagari with nukta dropped, chandrabindu as anusvara, and a nasal before a consonant as anusvara. */
export function devanagariKey(word: string): string {
  return word
    .normalize("NFD")
    .replace(/\u093c/g, "")
    .normalize("NFC")
    .replace(/\u0901/g, "\u0902")
    .replace(/[ङञणनम]्(?=[क-घच-झट-ढत-धप-भ])/g, "\u0902");
}

/** The candra vowels (ऑ, ॉ, ऍ, ॅ) were made to write English; स्ट is English where Hindi has ष्ट; the endings are those of English nouns and participles. */
const ENGLISH_DEVANAGARI_SHAPE =
  /[\u0911\u0949\u090d\u0945]|स्ट|^(?:[टड]्र|[बफकप]्ल|फ्र|स्क्र|स्ल)|.{2}(?:िंग|मेंट|ेशन|ीशन)$|(?:[लकपफ]्ट|र[्][टड]|्स|ाउंट|[ंीेक्स्प्]टर|ेंट|ाइ[टजसनल]|िटी)$/u;

/** Whether an unknown Devanagari word is spelt as only English words are. */
export function looksEnglishInDevanagari(key: string): boolean {
  return ENGLISH_DEVANAGARI_SHAPE.test(key);
}
