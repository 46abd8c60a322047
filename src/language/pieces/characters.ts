/** Marks that may end a sentence. The danda and the double danda always do. */
export const STOPS: ReadonlySet<string> = new Set([".", "?", "!", "…"]);
export const DANDAS: ReadonlySet<string> = new Set(["।", "॥"]);
/** Marks behind which a clause ends, when a space follows. */
export const CLAUSE_MARKS: ReadonlySet<string> = new Set([",", ";", ":", "—", "–"]);
/** What closes behind the mark that ends a sentence belongs to it. */
const CLOSERS: ReadonlySet<string> = new Set(['"', "'", "”", "’", ")", "]", "»"]);

/** So far a decision may look ahead, in UTF-16 units. */
export const LONGEST_LOOK_AHEAD = 80;

export const isSpace = (char: string) => /^\s$/u.test(char);
export const isLower = (char: string) => /^\p{Ll}$/u.test(char);
export const isUpper = (char: string) => /^\p{Lu}$/u.test(char);
export const isDigit = (char: string) => /^\p{Nd}$/u.test(char);
export const isDevanagari = (char: string) => /^\p{Script=Devanagari}$/u.test(char);

/** What stands somewhere ahead: known, behind the end of the text, or not there yet. */
export type Ahead<T> = { readonly value: T } | "end" | "unknown";

/** Where the text is to be cut; or not here; or that is not known yet. */
export type Cut = number | "none" | "unknown";

/** The text that a decision is made on. */
export interface Scene {
  readonly text: string;
  /** The text is over: what is not there never comes. */
  readonly ended: boolean;
}

/** The place behind all closing marks from `at` on. */
export function behindClosers({ text, ended }: Scene, at: number): Ahead<number> {
  let end = at;
  while (CLOSERS.has(text[end] ?? "")) end += 1;
  return end < text.length || ended ? { value: end } : "unknown";
}

/** The place of the next character that is no space. A very long gap counts as the end. */
export function nextVisible({ text, ended }: Scene, at: number): Ahead<number> {
  for (let place = at; place < at + LONGEST_LOOK_AHEAD; place += 1) {
    const char = text[place];
    if (char === undefined) return ended ? "end" : "unknown";
    if (!isSpace(char)) return { value: place };
  }
  return "end";
}

/** The place of the next space, or of the end of the text. A very long word is taken to end at the longest look ahead. */
export function nextSpace({ text, ended }: Scene, at: number): Ahead<number> {
  for (let place = at; place < at + LONGEST_LOOK_AHEAD; place += 1) {
    const char = text[place];
    if (char === undefined) return ended ? { value: place } : "unknown";
    if (isSpace(char)) return { value: place };
  }
  return { value: at + LONGEST_LOOK_AHEAD };
}

/** The word in front of a place, back to the last space, without what opens it. Bounded like every look. */
export function wordBefore(text: string, at: number): string {
  let from = at;
  while (from > 0 && at - from < LONGEST_LOOK_AHEAD && !isSpace(text[from - 1] ?? "")) from -= 1;
  return text.slice(from, at).replace(/^["'“‘([{«]+/u, "");
}
