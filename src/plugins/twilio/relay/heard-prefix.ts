/** So many words may be missing or added at one place, and the rest still counts. */
const LONGEST_SLIP = 3;

/** At least this share of the words that were reported must be found. */
const LEAST_FOUND = 0.6;

/** A word of a text, without what is not heard of it. */
interface Word {
  readonly sound: string;
  /** Where it ends, with the marks behind it. */
  readonly end: number;
}

/** What is known besides the report. */
export interface HeardHints {
  /** Where a report may begin, besides at the start: carriers may tell only the last sentences. */
  readonly starts?: readonly number[];
  /** About so much was heard, by the clock: of several places that the report may be of, the nearest is taken. */
  readonly expected?: number;
}

/**
 * How much of what was said is what a carrier reports to have been heard, in UTF-16 units of `said`. Lenient, since
 * carriers write numbers, marks, blanks and capitals their own way: words are compared by their letters and digits, and a
 * few may be others, missing or added. A word that was cut counts as not heard.
 *
 * @param said All that was given to the carrier.
 * @returns undefined if the report is not of this text
 */
export function heardPrefix(said: string, reported: string, hints: HeardHints = {}): number | undefined {
  const heard = wordsOf(reported);
  if (heard.length === 0) return 0;
  const words = wordsOf(said);
  const { starts = [], expected = said.length } = hints;
  const whole = follow(words, heard);
  if (whole !== undefined && words[0]?.sound === heard[0]?.sound) return whole;
  const parts = starts.map((start) => words.filter(({ end }) => end > start));
  const ends = [whole, ...parts.map((part) => follow(part, heard))].filter((end) => end !== undefined);
  return ends.sort((one, other) => Math.abs(one - expected) - Math.abs(other - expected))[0];
}

/** The end of the last word that both have, if they are the same text. */
function follow(said: readonly Word[], reported: readonly Word[]): number | undefined {
  let [at, heardAt, found, end, cut] = [0, 0, 0, 0, 0];
  while (at < said.length && heardAt < reported.length && cut === 0) {
    const slip = slipAt(said, at, reported, heardAt);
    if (slip !== undefined) {
      at += slip.said;
      heardAt += slip.reported;
      found += 1;
      end = said[at]?.end ?? end;
    } else if (heardAt === reported.length - 1 && isCut(said[at], reported[heardAt])) cut = 1;
    at += 1;
    heardAt += 1;
  }
  return found >= LEAST_FOUND * (reported.length - cut) ? end : undefined;
}

/** How many words must be passed over on each side until the next are the same: as few as there can be. */
function slipAt(said: readonly Word[], at: number, reported: readonly Word[], heardAt: number) {
  const isLast = heardAt === reported.length - 1;
  for (let sum = 0; sum <= LONGEST_SLIP; sum += 1) {
    // What may be the beginning of this very word is not looked for further on.
    if (sum > 0 && isLast && isCut(said[at], reported[heardAt])) return undefined;
    for (let skipped = 0; skipped <= sum; skipped += 1) {
      const sound = said[at + skipped]?.sound;
      if (sound !== undefined && sound === reported[heardAt + sum - skipped]?.sound) {
        return { said: skipped, reported: sum - skipped };
      }
    }
  }
  return undefined;
}

/** Whether the report broke off within the word. */
function isCut(word: Word | undefined, reported: Word | undefined): boolean {
  if (word === undefined || reported === undefined) return false;
  return word.sound !== reported.sound && word.sound.startsWith(reported.sound);
}

/** Words of letters, marks of vowels and digits; what has none of them belongs to the word before. */
function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(/\S+/gu)) {
    const sound = match[0]
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}]/gu, "");
    const end = match.index + match[0].length;
    if (sound !== "") words.push({ sound, end });
    else if (words.length > 0) words.push({ sound: words.pop()?.sound ?? "", end });
  }
  return words;
}
