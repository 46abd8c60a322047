import { wordsOf } from "./words.js";

const BACKCHANNELS = [
  "haan",
  "haan ji",
  "ji",
  "hmm",
  "okay",
  "ok",
  "accha",
  "theek hai",
  "yes",
  "yeah",
  "right",
  "uh huh",
  "हाँ",
  "जी",
];
const STOPS = ["ruko", "wait", "stop", "ek minute", "hold on"];
const phrases = (list: readonly string[]) => list.map((phrase) => wordsOf(phrase));

export function isBackchannel(text: string): boolean {
  return covers(wordsOf(text), false);
}

export function beginsBackchannel(text: string): boolean {
  return covers(wordsOf(text), true);
}

function covers(words: readonly string[], open: boolean): boolean {
  if (words.length === 0) return false;
  return phrases(BACKCHANNELS).some((phrase) => {
    const common = phrase.findIndex((word, at) => word !== words[at]);
    if (common === -1) return words.length === phrase.length || covers(words.slice(phrase.length), open);
    return open && common === words.length;
  });
}

export function isStopRequest(text: string): boolean {
  const words = wordsOf(text).join(" ");
  return STOPS.some((phrase) => words === phrase || words.startsWith(`${phrase} `));
}

export function isHalfWord(text: string): boolean {
  return /^\p{L}{1,2}-?$/u.test(text.trim()) && text.trim().length < 3 && !isBackchannel(text);
}
