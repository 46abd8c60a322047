import type { WordTiming } from "../../spec/index.js";

/** What `heardLength` needs to know of a piece of speech. */
export interface SpokenPiece {
  readonly text: string;
  readonly sentMs: number;
  readonly complete: boolean;
  readonly words: readonly WordTiming[];
}

/** How long a voice takes for one unit of text, in ms: to guess a piece's length while its audio is still coming. */
const TYPICAL_UNIT_MS = 65;

/**
 * How much of a piece's text was heard after `playedMs` of its audio, in UTF-16 units. Always the end of a word (or 0,
 * or all): a word counts once more than half of it was played. The voice's word timings decide where there are any;
 * else the words share the audio by their length.
 */
export function heardLength(piece: SpokenPiece, playedMs: number): number {
  if (playedMs <= 0) return 0;
  if (piece.complete && playedMs >= piece.sentMs) return piece.text.length;
  const words = piece.words.length > 0 ? piece.words : wordsByLength(piece);
  let length = 0;
  for (const word of words) {
    if ((word.startMs + word.endMs) / 2 > playedMs) break;
    length = word.textEnd;
  }
  return Math.min(length, piece.text.length);
}

/** Where the word begins that is being spoken `playedMs` into a piece's audio, or was spoken last. In ms of the piece. */
export function wordStartMs(piece: SpokenPiece, playedMs: number): number {
  const words = piece.words.length > 0 ? piece.words : wordsByLength(piece);
  return words.findLast(({ startMs }) => startMs <= playedMs)?.startMs ?? 0;
}

/** Word timings guessed from the words' lengths: the space behind a word counts with it, a pause mark counts more. */
function wordsByLength(piece: SpokenPiece): WordTiming[] {
  const words = [...piece.text.matchAll(/\S+\s*/gu)].map((match) => ({
    textStart: match.index,
    textEnd: match.index + match[0].trimEnd().length,
    weight: match[0].length + (/[,;:.?!।]\s*$/u.test(match[0]) ? 3 : 0),
  }));
  const total = words.reduce((sum, word) => sum + word.weight, 0);
  const lengthMs = piece.complete ? piece.sentMs : Math.max(piece.sentMs, total * TYPICAL_UNIT_MS);
  let startMs = 0;
  return words.map(({ textStart, textEnd, weight }) => {
    const endMs = startMs + (lengthMs * weight) / total;
    const timing = { textStart, textEnd, startMs, endMs };
    startMs = endMs;
    return timing;
  });
}
