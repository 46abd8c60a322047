import { speakable, spokenLanguage } from "../../language/index.js";
import type { Language } from "../../spec/index.js";

/** A stretch of a reply: as the brain wrote it, and as the carrier was given it. */
export interface SaidPiece {
  readonly written: string;
  readonly spoken: string;
  /** The place in `written` that a place in `spoken` stems from. */
  readonly sourceOf: (place: number) => number;
}

/** A piece as people say it: numbers and the like in words. */
export function saidPiece(written: string, language: Language): SaidPiece {
  const { text: spoken, sourceOf } = speakable(written, { language: spokenLanguage(language) });
  return { written, spoken, sourceOf };
}

/**
 * What was heard, as it was written, and what not.
 * @param heardSpoken A beginning of the pieces' spoken texts, blanks between them.
 */
export function heardAsWritten(
  pieces: readonly SaidPiece[],
  heardSpoken: string,
): { readonly heardText: string; readonly unheardText: string } {
  const heard: string[] = [];
  const unheard: string[] = [];
  let left = heardSpoken.trim().length;
  for (const { written, spoken, sourceOf } of pieces) {
    const length = spoken.trim().length;
    const place =
      left >= length ? written.length : left <= 0 ? 0 : wordEnd(written, sourceOf(left + leadingBlanks(spoken)));
    heard.push(written.slice(0, place).trim());
    unheard.push(written.slice(place).trim());
    left -= length + 1;
  }
  return { heardText: sentence(heard), unheardText: sentence(unheard) };
}

/** All that was said of a reply, as it was written. */
export function writtenText(pieces: readonly { readonly written: string }[]): string {
  return sentence(pieces.map(({ written }) => written.trim()));
}

export function sentence(texts: readonly string[]): string {
  return texts.filter((text) => text !== "").join(" ");
}

function leadingBlanks(text: string): number {
  return text.length - text.trimStart().length;
}

/** The place itself if it is between two words, else the end of the word before: half a word was not heard. */
function wordEnd(text: string, place: number): number {
  if (place >= text.length || /\s/u.test(text[place] ?? "")) return place;
  return text.slice(0, place).replace(/\S+$/u, "").trimEnd().length;
}
