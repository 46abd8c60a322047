import { patterns } from "./pattern.js";
import { indexOf, madeOf, type PhraseIndex, phraseAt } from "./phrases.js";
import { spokenWords } from "./spelling.js";
import { DEFAULT_STOP_PHRASES, type PhraseList } from "./word-lists.js";

/** What people say before they ask for silence: "arre bhai ruko", "okay okay, wait". */
const LEAD_IN = indexOf(
  (
    "okay|whoa|zara|thoda|just|now|would you|bas|haan|ji|accha|arre|are|oh|hello|hi|sorry|please|no|nahi|sir|" +
    "madam|bhai|bhai sahab|sahab|yaar|boss|hey|achha|yes|yeah|but|toh|ab|well|so|you|kindly|can you|could you|" +
    "can you please|kya aap|aap|will you|i said|i am saying|maine kaha|dekho|dekhiye|देखो|देखिए"
  ).split("|"),
);

/** With more behind them these mean something else: "bas ek sawaal" is "just one question". */
const ALONE = indexOf([
  "bas",
  "enough",
  "pause",
  "quiet",
  "silence",
  "a minute",
  "a second",
  "rehne do",
  "rehne dijiye",
  "do minute",
  "two minutes",
  "ruk",
  "band karo",
  "band kijiye",
]);

/** What may stand behind those. */
const COMPANY = indexOf(
  (
    "please|sir|madam|bhai|yaar|ji|ab|na|now|okay|haan|abhi|bhai sahab|nahi|no|zara|hai|ho gaya|hogaya|ho gayi|" +
    "theek hai|accha|bahut|pehle|to sahi|toh sahi|bahut ho gaya|thank you|rehne do|rehne dijiye|ruko|rukiye|" +
    "ruk jao|bas|stop|wait|suno|suniye|enough|ek minute"
  ).split("|"),
);

/** They begin like a stop phrase and are none. */
const OTHERWISE = patterns(
  "^ stop calling/phoning/ringing/disturbing/bothering/harassing/contacting/messaging/texting/sending",
  "^ stop loss/the/my/this/these/those/all/par/ka/ke/kab/mat/at/payment/it+from",
  "^ can you stop the/my/this/sending/calling/these/all",
  "^ wait time/list/mat/is/karta/karti/kar+raha/kar+rahi/kar+rahe",
  "^ wait while your/we",
  "^ wait for !a/one/two/me/some",
  "^ stop by/in/near/over",
  "^ hold mat/on+mat/music/my/the",
  "^ ruko/ruk/rukna/rukiye mat",
  "^ ruk jao mat",
  "^ ruk gaya/gayi/jata/jati/raha/rahi",
  "^ let me talk/speak/ask/tell to/with/my/your/him/her",
  "^ can/may i speak to/with/in",
  "^ ek/one/do/two minute/second/minutes ka/ki/ke/mein/lagega/lagta/par/se/bhi/is/of/per/ago/late/video/call",
  "^ listen to !me",
  "^ chup mat/nahi/tha/thi/kyon/kaise",
  "^ suno/suniye/band+karo mat",
  "^ bas theek hai",
  "^ excuse me for",
  "^ pause/shaant button/jagah/rehta/hai",
);

/**
 * Whether the utterance asks the agent to be silent or to wait, first of all: "ruko", "arre suniye", "wait, how much is it",
 * "बस बस". It interrupts at once and does not end the call. "ruko mat", "don't stop" and "stop calling me" are none of these.
 * @param phrases What counts, in any of the three spellings. @default DEFAULT_STOP_PHRASES
 */
export function isStopRequest(text: string, phrases: PhraseList | readonly string[] = DEFAULT_STOP_PHRASES): boolean {
  return stopIn(spokenWords(text), indexOf(phrases)) !== undefined;
}

/** Whether the utterance is a stop request and nothing else: "arre ruko ek minute", and not "ruko, kitne ka hai". */
export function isOnlyStopRequest(text: string): boolean {
  const words = spokenWords(text);
  const stops = indexOf(DEFAULT_STOP_PHRASES);
  const stop = stopIn(words, stops);
  return stop !== undefined && madeOf(words.slice(stop.at), stops, LEAD_IN, COMPANY);
}

/** The first stop request, if nothing but a lead-in is before it. */
function stopIn(words: readonly string[], stops: PhraseIndex): { readonly at: number } | undefined {
  for (let at = 0; at < words.length; ) {
    const length = phraseAt(stops, words, at);
    if (length > 0) return asks(words, at, length) ? { at } : undefined;
    const leadIn = phraseAt(LEAD_IN, words, at);
    if (leadIn === 0) return undefined;
    at += leadIn;
  }
  return undefined;
}

function asks(words: readonly string[], at: number, length: number): boolean {
  if (OTHERWISE.test(` ${words.slice(at).join(" ")} `)) return false;
  return phraseAt(ALONE, words, at) !== length || madeOf(words.slice(at + length), COMPANY);
}
