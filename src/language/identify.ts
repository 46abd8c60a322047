import type { Language } from "../spec/index.js";
import { wordsOf } from "./words.js";

/**
 * Romanised Hindi words that are no English words: common enough that a phone call's utterance has one.
 * Whole words only; "how" does not contain "ho".
 */
const ROMANISED_HINDI = new Set(
  (
    "haan han haanji nahi nahin ji kya kyun kyon kaise kaisa kitna kitne kitni kaun kahan kab mujhe mujhko mera meri mere aap aapka aapki aapke " +
    "tum hum humko hume hai hain hoon hun tha thi thay hoga hogi chahiye chahie karna karo karein kijiye karte karta karti raha rahi rahe " +
    "acha accha achha theek thik bahut bohot thoda zyada jyada paisa paise rupaye rupaya abhi kal aaj parso subah shaam raat dopahar " +
    "namaste namaskar dhanyavaad dhanyawad shukriya alvida phir milenge mehenga mehnga sasta batao bataiye batayiye baat samajh samjha " +
    "ruko rukiye suno suniye matlab lekin magar aur agar kyunki isliye yeh ye woh wo nahin bhi toh bas ghar bijli naam liye wala wali wale " +
    "ek teen chaar paanch panch chhe saat aath nau das hazaar lakh sakta sakte sakti milega lagega lagegi"
  ).split(" "),
);

const DEVANAGARI = /\p{Script=Devanagari}/u;
const LATIN = /\p{Script=Latin}/u;

/**
 * Which language a text is in, by its script and its words: `hi`, `en`, or `hi-en` where both have a fair share.
 * @param prior What to answer when the text does not tell (empty, digits only).
 */
export function identifyLanguage(text: string, prior: Language): Language {
  let hindi = 0;
  let english = 0;
  for (const word of wordsOf(text)) {
    if (DEVANAGARI.test(word) || ROMANISED_HINDI.has(word)) hindi += 1;
    else if (LATIN.test(word)) english += 1;
  }
  if (hindi === 0) return english === 0 ? prior : "en";
  return english >= 2 && english >= hindi ? "hi-en" : "hi";
}

/** The language to speak in to a caller of `language`: mixed speakers get Hindi. */
export function spokenLanguage(language: Language): "hi" | "en" {
  return language === "en" ? "en" : "hi";
}
