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
  const phrase = index.get(words[at] ?? "")?.find((phrase) => standsAt(phrase, words, at));
  return phrase?.length ?? 0;
}

/** Whether the words from a place to the end are the beginning of a longer phrase. */
export function phraseBegins(index: PhraseIndex, words: readonly string[], at: number): boolean {
  const rest = words.slice(at);
  const phrases = index.get(words[at] ?? "") ?? [];
  return phrases.some((phrase) => phrase.length > rest.length && standsAt(rest, phrase, 0));
}

/**
 * The places up to which the words are a row of such phrases, whichever way they are cut: "bilkul sahi baat" is "bilkul" and
 * "sahi baat", though "bilkul sahi" is longer. Place 0 is among them.
 */
export function coveredTo(words: readonly string[], ...indexes: readonly PhraseIndex[]): readonly number[] {
  const covered = new Set([0]);
  for (const at of covered) {
    for (const index of indexes)
      for (const phrase of index.get(words[at] ?? "") ?? [])
        if (standsAt(phrase, words, at)) covered.add(at + phrase.length);
  }
  return [...covered];
}

/** Whether words are a row of such phrases and nothing else. True of no words. */
export function madeOf(words: readonly string[], ...indexes: readonly PhraseIndex[]): boolean {
  return coveredTo(words, ...indexes).includes(words.length);
}

/** Whether one of the phrases is in it. */
export function includesPhrase(words: readonly string[], index: PhraseIndex): boolean {
  return words.some((_, at) => phraseAt(index, words, at) > 0);
}

function standsAt(phrase: readonly string[], words: readonly string[], at: number): boolean {
  return phrase.every((word, nth) => word === words[at + nth]);
}
