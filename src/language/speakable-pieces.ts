/** A first piece longer than this is cut at a clause, so that the caller hears something soon. In UTF-16 units. */
export const FIRST_CLAUSE_LENGTH = 48;

/** A piece longer than this is cut at a space: no voice waits for a sentence that never ends. In UTF-16 units. */
export const LONGEST_PIECE_LENGTH = 400;

/** Cuts a stream of text into pieces that can be spoken one by one. */
export interface PieceSplitter {
  /** Takes more text; gives the pieces that are complete now. */
  push(text: string): string[];
  /** The text is over: gives what is left. */
  flush(): string[];
}

const SENTENCE_END = new Set([".", "?", "!", "।", "॥", "\n", "…"]);
const CLAUSE_END = new Set([",", ";", ":", "—", "–"]);
const CLOSING = new Set(['"', "'", "”", "’", ")", "]", "»"]);
const ABBREVIATIONS = new Set(
  "dr mr mrs ms prof sr jr st smt shri sri rs no vs etc approx dept ext inc ltd pvt co e.g i.e a.m p.m डॉ रु श्री प्रो".split(
    " ",
  ),
);

/**
 * Sentences, each with its closing marks; the first one may be cut at a clause. Every cut is decided by the text up to
 * the first character behind it, so any chunking of the same text gives the same pieces.
 */
export function createPieceSplitter(): PieceSplitter {
  let rest = "";
  let scanned = 0;
  let first = true;

  const take = (end: number): string[] => {
    const piece = rest.slice(0, end).trim();
    rest = rest.slice(end);
    scanned = 0;
    if (!/[\p{L}\p{N}]/u.test(piece)) return [];
    first = false;
    return [piece];
  };

  return {
    push(text) {
      rest += text;
      const pieces: string[] = [];
      for (; scanned < rest.length - 1; scanned += 1) {
        const end = cutAt(rest, scanned, first);
        if (end === undefined) continue;
        pieces.push(...take(end));
        scanned = -1;
      }
      return pieces;
    },
    flush: () => take(rest.length),
  };
}

/** The end of the piece, if the text is to be cut between the character at `index` and the next. */
function cutAt(text: string, index: number, first: boolean): number | undefined {
  const next = text[index + 1] ?? "";
  const end = index + 1;
  const closed = CLOSING.has(text[index] ?? "") ? index - 1 : index;
  const mark = text[closed] ?? "";
  if (mark === "\n") return end;
  if (mark === "।" || mark === "॥") return CLOSING.has(next) ? undefined : end;
  if (!/\s/.test(next)) return undefined;
  if (SENTENCE_END.has(mark) && !(mark === "." && endsInAbbreviation(text.slice(0, closed)))) return end;
  if (first && index >= FIRST_CLAUSE_LENGTH && CLAUSE_END.has(mark)) return end;
  return index >= LONGEST_PIECE_LENGTH ? end : undefined;
}

/** "Dr", "a.m", an initial ("J"), or a list number at the start ("1"). */
function endsInAbbreviation(before: string): boolean {
  const last = /(\S+)$/u.exec(before)?.[1] ?? "";
  const word = last.replace(/^[("'“‘[]+/u, "").toLowerCase();
  return ABBREVIATIONS.has(word) || /^\p{Lu}$/u.test(last) || (before.trim() === last && /^\d+$/.test(last));
}
