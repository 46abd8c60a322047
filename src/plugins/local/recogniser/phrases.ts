import { BolchaalError } from "../../../errors.js";

/** A phrase: its text as the transcript gives it, and the ways callers may say it where they differ from the text. */
export type LocalPhrase = string | { readonly text: string; readonly spoken: readonly string[] };

/**
 * What callers may say, by language. English words are looked up in the recogniser's dictionary; names it does not know
 * are read by the rules for romanised Hindi. Hindi may be written in Devanagari, which is read best, or romanised.
 * Numbers are to be written as words.
 */
export interface LocalPhrases {
  readonly en?: readonly LocalPhrase[];
  readonly hi?: readonly LocalPhrase[];
}

/** One way to say one phrase. */
export interface SpokenPhrase {
  /** The phrase as the app wrote it. */
  readonly text: string;
  readonly language: "en" | "hi";
  readonly words: readonly string[];
}

/**
 * All ways to say all phrases; the same words in the same language count once, for the phrase that came first.
 * @throws BolchaalError `invalid-option` when there is none, or one has no words or has digits.
 */
export function spokenPhrases(phrases: LocalPhrases): SpokenPhrase[] {
  const spoken = new Map<string, SpokenPhrase>();
  for (const language of ["en", "hi"] as const) {
    for (const phrase of phrases[language] ?? []) {
      const { text, spoken: ways } = typeof phrase === "string" ? { text: phrase, spoken: [phrase] } : phrase;
      for (const way of ways) {
        const words = wordsToSay(way);
        const key = `${language}:${words.join(" ")}`;
        if (!spoken.has(key)) spoken.set(key, { text, language, words });
      }
    }
  }
  if (spoken.size === 0) throw invalid("There are no phrases. Give at least one in `phrases.en` or `phrases.hi`.");
  return [...spoken.values()];
}

/** Lower case, without punctuation; the apostrophe stays, since the dictionary has "don't". */
function wordsToSay(text: string): string[] {
  const words = text
    .normalize("NFC")
    .toLowerCase()
    .replaceAll("’", "'")
    .match(/[\p{L}\p{M}\p{N}']+/gu);
  if (words === null) throw invalid(`The phrase "${text}" has no words. Leave it out.`);
  if (words.some((word) => /\p{N}/u.test(word)))
    throw invalid(`The phrase "${text}" has digits. Write numbers as words.`);
  if (words.some((word) => !/^[\p{Script=Latin}\p{Script=Devanagari}\p{M}']+$/u.test(word)))
    throw invalid(`The phrase "${text}" is in a script that cannot be read. Write it in Latin letters or Devanagari.`);
  return words;
}

function invalid(what: string): BolchaalError {
  return new BolchaalError(what, { code: "invalid-option", component: "speech-to-text", provider: "local" });
}
