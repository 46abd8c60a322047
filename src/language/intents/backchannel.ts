import { coveredTo, includesPhrase, indexOf, madeOf, phraseBegins } from "./phrases.js";
import { spokenWords } from "./spelling.js";
import { DEFAULT_BACKCHANNELS, type PhraseList } from "./word-lists.js";

/** Whom one speaks to: "haan sir" is "haan". */
const ADDRESS = indexOf([
  "ji",
  "sir",
  "madam",
  "sahab",
  "bhai",
  "bhai sahab",
  "yaar",
  "boss",
  "beta",
  "arre",
  "oh",
  "toh",
]);

/**
 * Whether the whole utterance is a listener's noise: "haan", "theek hai", "okay ji", "अच्छा अच्छा". "haan batao" and
 * "okay but" are not: those want an answer.
 * @param phrases What counts, in any of the three spellings. @default DEFAULT_BACKCHANNELS
 */
export function isBackchannel(text: string, phrases: PhraseList | readonly string[] = DEFAULT_BACKCHANNELS): boolean {
  const words = spokenWords(text);
  const index = indexOf(phrases);
  return includesPhrase(words, index) && madeOf(words, index, ADDRESS);
}

/**
 * Whether the next words may make a backchannel of it: "theek", "haan sahi baat". True of whole backchannels too: "haan"
 * may become "haan ji", or "haan batao".
 * @param phrases What counts, in any of the three spellings. @default DEFAULT_BACKCHANNELS
 */
export function beginsBackchannel(
  text: string,
  phrases: PhraseList | readonly string[] = DEFAULT_BACKCHANNELS,
): boolean {
  const words = spokenWords(text);
  const index = indexOf(phrases);
  return (
    coveredTo(words, index, ADDRESS).some((at) => phraseBegins(index, words, at)) ||
    (includesPhrase(words, index) && madeOf(words, index, ADDRESS))
  );
}
