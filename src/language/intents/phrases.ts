import { spokenWords } from "./spelling.js";
import type { PhraseList } from "./word-lists.js";

/** Phrases by their first word, the longest first, in the lexicon's spelling. */
export type PhraseIndex = ReadonlyMap<string, readonly (readonly string[])[]>;

const indexes = new WeakMap<object, PhraseIndex>();

/** The index of some phrases; made once for each list. */
export function indexOf(list: PhraseList | readonly string[]): PhraseIndex {
  const known = indexes.get(list);
  if (known !== undefined) return known;
  const index = newIndex("en" in list ? [...list.en, ...list.hi] : list);
  indexes.set(list, index);
  return index;
}

function newIndex(list: readonly string[]): PhraseIndex {
  const phrases = new Map(list.map(spokenWords).map((phrase) => [phrase.join(" "), phrase]));
  const index = new Map<string, string[][]>();
  for (const phrase of [...phrases.values()].sort((first, second) => second.length - first.length)) {
    const [first] = phrase;
    if (first === undefined) continue;
    const siblings = index.get(first) ?? [];
    siblings.push(phrase);
    index.set(first, siblings);
  }
  return index;
}

/** How many words the longest phrase has that stands at a place; 0 if none does. */
export function phraseAt(index: PhraseIndex, words: readonly string[], at: number): number {
  const phrase = index.get(words[at] ?? "")?.find((phrase) => phrase.every((word, nth) => word === words[at + nth]));
  return phrase?.length ?? 0;
}

/** Whether the words from a place on are the beginning of a longer phrase. */
export function phraseBegins(index: PhraseIndex, words: readonly string[], at: number): boolean {
  const left = words.length - at;
  return (
    index
      .get(words[at] ?? "")
      ?.some(
        (phrase) => phrase.length > left && phrase.slice(0, left).every((word, nth) => word === words[at + nth]),
      ) ?? false
  );
}

/** Whether words are a row of such phrases and nothing else. True of no words. */
export function madeOf(words: readonly string[], ...indexes: readonly PhraseIndex[]): boolean {
  for (let at = 0; at < words.length; ) {
    const length = Math.max(...indexes.map((index) => phraseAt(index, words, at)));
    if (length === 0) return false;
    at += length;
  }
  return true;
}
