import { indexOf, type PhraseIndex, phraseAt, phraseBegins } from "./phrases.js";
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
  return listened(spokenWords(text), indexOf(phrases), false);
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
  return listened(spokenWords(text), indexOf(phrases), true);
}

/** Goes through the words phrase by phrase, the longest first. `open`: the last phrase need not be whole. */
function listened(words: readonly string[], phrases: PhraseIndex, open: boolean): boolean {
  let said = false;
  for (let at = 0; at < words.length; ) {
    if (open && phraseBegins(phrases, words, at)) return true;
    const length = phraseAt(phrases, words, at);
    said ||= length > 0;
    const step = length || phraseAt(ADDRESS, words, at);
    if (step === 0) return false;
    at += step;
  }
  return said;
}
