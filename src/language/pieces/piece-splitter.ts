import { CLAUSE_MARKS, type Cut, isSpace, nextSpace, nextVisible, type Scene } from "./characters.js";
import { type Cutter, createCutter } from "./cutter.js";
import { sentenceEnd } from "./sentence-end.js";
import { isInsideTag, mayPart, shorten } from "./shorten.js";

/** A first piece longer than this is cut at a clause, so that the caller hears something soon. In UTF-16 units. */
export const FIRST_CLAUSE_LENGTH = 48;

/** A piece longer than this is cut at a clause or a space: no voice waits for a sentence that never ends. In UTF-16 units. */
export const LONGEST_PIECE_LENGTH = 400;

/** Of {@link createPieceSplitter}. */
export interface PieceSplitterOptions {
  /** @default FIRST_CLAUSE_LENGTH */
  readonly firstClause?: number;
  /** @default LONGEST_PIECE_LENGTH */
  readonly longest?: number;
}

/** Cuts a stream of text into pieces that can be spoken one by one. */
export interface PieceSplitter {
  /** Takes more text; gives the pieces that are complete now. */
  push(text: string): string[];
  /** The text is over: gives what is left. */
  flush(): string[];
}

/** Clauses begin with these. */
const CLAUSE_WORDS = new Set(
  "and but because so which while although और लेकिन क्योंकि मगर इसलिए ताकि aur lekin kyunki kyonki magar isliye taaki".split(
    " ",
  ),
);

/**
 * Sentences, each with its closing marks; the first one may be cut at a clause, and none is too long. Never cut inside a
 * number, an address or a tag. Any chunking of the same text gives the same pieces. What has neither letter nor digit is left out.
 */
export function createPieceSplitter(options: PieceSplitterOptions = {}): PieceSplitter {
  const { firstClause = FIRST_CLAUSE_LENGTH, longest = LONGEST_PIECE_LENGTH } = options;
  let first = true;
  const cutter: Cutter = createCutter((scene, at, start) => {
    let end = sentenceEnd(scene, at, start);
    if (end === "none" && first && at - start >= firstClause) end = clauseEnd(scene, at, start);
    if (end === "none") end = shorten(scene, at, start, longest);
    if (typeof end === "number" && isSpeakable(scene.text.slice(start, end))) first = false;
    return end;
  });
  return {
    push: (text) => cutter.push(text).filter(isSpeakable),
    flush: () => cutter.flush().filter(isSpeakable),
  };
}

function isSpeakable(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

/** Behind a mark that a space follows, or before a word that begins a clause. */
function clauseEnd(scene: Scene, at: number, start: number): Cut {
  const { text, ended } = scene;
  const char = text[at] ?? "";
  if (CLAUSE_MARKS.has(char)) {
    const after = text[at + 1];
    if (after === undefined) return ended ? "none" : "unknown";
    return isSpace(after) && !isInsideTag(text, at, start) ? at + 1 : "none";
  }
  if (!isSpace(char) || !mayPart(text, at, start)) return "none";
  const next = nextVisible(scene, at);
  if (next === "unknown") return "unknown";
  if (next === "end") return "none";
  const to = nextSpace(scene, next.value);
  if (to === "unknown") return "unknown";
  return to !== "end" && CLAUSE_WORDS.has(text.slice(next.value, to.value).toLowerCase()) ? at : "none";
}
