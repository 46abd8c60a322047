import { includesPhrase, indexOf, madeOf, phraseAt } from "./phrases.js";
import { spokenWords } from "./spelling.js";
import { DEFAULT_FAREWELLS, type PhraseList } from "./word-lists.js";

/** Words that may stand around a goodbye without making it something else. */
const COMPANY = indexOf(
  (
    "okay|alright|all right|right|then|so|well|and|now|fine|great|sure|thanks|thank you|very much|so much|a lot|" +
    "for your time|for your help|for calling|help|all|that is all|that is it|nothing else|no|yes|yeah|sorry|" +
    "please|sir|madam|ji|haan|nahi|hmm|oh|accha|theek|theek hai|chalo|chaliye|toh|ab|abhi|bas|dhanyavaad|" +
    "shukriya|namaste|namaskar|hello|arre|bhai|bhai sahab|sahab|yaar|soon|again|later|tomorrow|i|i am|i will|" +
    "have to go|got to go|going|to go|me|main|phone|call|phir|kal|aaj|tata|kabhi|jaldi|god bless you|god bless|" +
    "done|i am done|ho gaya|sab ho gaya|baad mein baat karte hai|baad mein baat karenge|kal baat karte hai|" +
    "kal baat karenge|bahut bahut|apna khayal rakhna|apna khayal rakhiye|aap|you|too|same to you|everyone|dear|" +
    "friend|dost|beta|good|थैंक यू सो मच|अपना ख्याल रखिए|बहुत बहुत"
  ).split("|"),
);

/** Behind any sentence these end the call: "not interested, bye". */
const PLAIN_GOODBYES = indexOf(["bye", "bye bye", "good bye", "alvida"]);

/** Before a goodbye these speak of it, and do not say it: "I did not say bye". */
const SPEAKS_OF_IT = new Set(
  "say said saying says to the a an not her his no stand near pass bolo bola bolna mat nahi kaha and or".split(" "),
);

/**
 * Whether an utterance says goodbye: "okay, bye", "theek hai phir milte hain", "फ़ोन रखता हूँ", "not interested, bye". By
 * intent, never by the word alone: "tata motors ki gaadi", "bye the way", "I won't say bye yet" and "thank you" are none.
 * @param phrases What says goodbye, in any of the three spellings. @default DEFAULT_FAREWELLS
 */
export function isFarewell(text: string, phrases: PhraseList | readonly string[] = DEFAULT_FAREWELLS): boolean {
  const words = spokenWords(text);
  const goodbyes = indexOf(phrases);
  if (!includesPhrase(words, goodbyes)) return false;
  return madeOf(words, goodbyes, COMPANY) || endsInGoodbye(words);
}

function endsInGoodbye(words: readonly string[]): boolean {
  const at = words.findLastIndex((_, at) => phraseAt(PLAIN_GOODBYES, words, at) > 0);
  if (at < 1) return false;
  const start = words[at - 1] === "bye" || words[at - 1] === "good" ? at - 1 : at;
  return !SPEAKS_OF_IT.has(words[start - 1] ?? "") && madeOf(words.slice(at), PLAIN_GOODBYES, COMPANY);
}
