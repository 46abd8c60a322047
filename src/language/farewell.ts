import { wordsOf } from "./words.js";

/** Any of these word runs says goodbye. */
const GOODBYES = [
  "bye",
  "byebye",
  "bye bye",
  "good bye",
  "goodbye",
  "see you",
  "talk to you later",
  "talk later",
  "have a good day",
  "have a nice day",
  "alvida",
  "phir milenge",
  "fir milenge",
  "phir milte hain",
  "fir milte hain",
  "बाय",
  "बाय बाय",
  "गुडबाय",
  "अलविदा",
  "फिर मिलेंगे",
  "फिर मिलते हैं",
].map((phrase) => phrase.split(" "));

/** Words that may stand around a goodbye without making it something else. */
const COMPANY = new Set(
  (
    "ok okay alright right then so well and now thanks thank you very much for your time help all that is thats no yes sir madam maam ji " +
    "accha acha achha theek thik hai chalo chaliye to toh ab haan nahi nahin bas dhanyavaad dhanyawad shukriya namaste namaskar soon again later tomorrow " +
    "ओके अच्छा ठीक है चलो चलिए तो अब हाँ हां जी नहीं बस धन्यवाद शुक्रिया थैंक यू नमस्ते नमस्कार सर मैडम"
  ).split(" "),
);

/**
 * Whether an utterance says goodbye, as a whole: "okay, bye" and "धन्यवाद, अलविदा" do; "thank you for calling, tell me
 * the price" and "buy" do not. Every word must belong to a goodbye or to the small talk around one.
 */
export function isFarewell(text: string): boolean {
  const words = wordsOf(text);
  let said = false;
  for (let at = 0; at < words.length; ) {
    const goodbye = longestGoodbyeAt(words, at);
    if (goodbye > 0) {
      said = true;
      at += goodbye;
    } else if (COMPANY.has(words[at] ?? "")) at += 1;
    else return false;
  }
  return said;
}

function longestGoodbyeAt(words: readonly string[], at: number): number {
  let longest = 0;
  for (const goodbye of GOODBYES) {
    if (goodbye.length > longest && goodbye.every((word, index) => words[at + index] === word))
      longest = goodbye.length;
  }
  return longest;
}
