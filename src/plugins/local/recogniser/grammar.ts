import { devanagariSounds } from "./devanagari-sounds.js";
import type { SpokenPhrase } from "./phrases.js";
import { romanisedSounds } from "./romanised-sounds.js";
import { waysToSay } from "./sounds.js";

/** Pronunciations made by rule for a word: more find more speakers, and more wrong words. */
export const MOST_PRONUNCIATIONS = 12;
/** Shorter romanised Hindi words that are English words too ("do", "hai", "par") hardly ever mean the English one. */
const SHORTEST_LOAN_WORD = 4;

/** A word of the grammar. */
export interface GrammarWord {
  /** Its name in the grammar. */
  readonly token: string;
  /** To be looked up in the recogniser's English dictionary. */
  readonly dictionaryWord?: string;
  /** Made by rule, in ARPAbet. */
  readonly pronunciations: readonly string[];
  /** How the two go together: rules only for words that are not in the dictionary, or both. */
  readonly rules: "if-unknown" | "always";
}

/** A phrase and the number of its sounds, by rule. */
export interface GrammarPhrase extends SpokenPhrase {
  readonly sounds: number;
}

/** What the recogniser is told. */
export interface Grammar {
  /** In the JSpeech Grammar Format. */
  readonly jsgf: string;
  readonly words: readonly GrammarWord[];
  /** The phrase of each sequence of tokens, as `w0 w1`. */
  readonly phrases: ReadonlyMap<string, GrammarPhrase>;
}

/** The grammar of some phrases: any one of them, whole. */
export function phraseGrammar(phrases: readonly SpokenPhrase[]): Grammar {
  const words = new Map<string, GrammarWord>();
  const byTokens = new Map<string, GrammarPhrase>();
  for (const phrase of phrases) {
    const spoken = phrase.words.map((word) => {
      const key = `${phrase.language}:${word}`;
      const known = words.get(key) ?? grammarWord(`w${words.size}`, word, phrase.language);
      words.set(key, known);
      return known;
    });
    const sounds = spoken.reduce((sum, { pronunciations: [first = ""] }) => sum + first.split(" ").length, 0);
    byTokens.set(spoken.map(({ token }) => token).join(" "), { ...phrase, sounds });
  }
  // The header must stand on a line of its own.
  const jsgf = `#JSGF V1.0;\ngrammar phrases;\npublic <phrase> = ${[...byTokens.keys()].join(" | ")};\n`;
  return { jsgf, words: [...words.values()], phrases: byTokens };
}

function grammarWord(token: string, word: string, language: "en" | "hi"): GrammarWord {
  if (/\p{Script=Devanagari}/u.test(word)) {
    return { token, pronunciations: waysToSay(devanagariSounds(word), MOST_PRONUNCIATIONS), rules: "always" };
  }
  const pronunciations = waysToSay(romanisedSounds(word), MOST_PRONUNCIATIONS);
  if (language === "en") return { token, dictionaryWord: word, pronunciations, rules: "if-unknown" };
  if (word.length < SHORTEST_LOAN_WORD) return { token, pronunciations, rules: "always" };
  return { token, dictionaryWord: word, pronunciations, rules: "always" };
}
