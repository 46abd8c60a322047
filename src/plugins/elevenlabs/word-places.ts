import type { WordTiming } from "../../spec/index.js";
import type { Alignment } from "./messages.js";

/** A character that the voice changed is looked for so far ahead in the text. */
const LOOK_AHEAD_UNITS = 12;

interface Word {
  readonly textStart: number;
  readonly textEnd: number;
  startMs?: number;
  endMs?: number;
}

/** Follows a voice's characters through a text. */
export interface WordPlaces {
  /** Takes the characters of one chunk, whose audio begins at `chunkMs`. @returns the words that are over. */
  add(alignment: Alignment, chunkMs: number): WordTiming[];
  /** The last word, once no more characters come. */
  rest(): WordTiming[];
}

/**
 * Where the words of `text` stand, told from the voice's characters. Places are UTF-16 units of `text` whatever the voice
 * takes for a character: a Devanagari letter with its signs may come as one or as several, and an emoji is two units.
 * Characters that are not in the text are passed over.
 */
export function createWordPlaces(text: string): WordPlaces {
  const words: Word[] = [...text.matchAll(/\S+/gu)].map((match) => ({
    textStart: match.index,
    textEnd: match.index + match[0].length,
  }));
  let at = 0;
  let next = 0;

  function place(character: string): number | undefined {
    if (character.trim() === "") return undefined;
    const found = text.indexOf(character, at);
    if (found === -1 || found - at > LOOK_AHEAD_UNITS) return undefined;
    at = found + character.length;
    return found;
  }

  function mark(place: number, startMs: number, endMs: number): void {
    const word = words.find(({ textStart, textEnd }) => place >= textStart && place < textEnd);
    if (word === undefined) return;
    word.startMs ??= startMs;
    word.endMs = endMs;
  }

  /** Words before `until` that were heard, each once. */
  function take(until: number): WordTiming[] {
    const over: WordTiming[] = [];
    for (let word = words[next]; word !== undefined && word.textEnd <= until; word = words[next]) {
      next += 1;
      const { textStart, textEnd, startMs, endMs } = word;
      if (startMs !== undefined && endMs !== undefined) over.push({ textStart, textEnd, startMs, endMs });
    }
    return over;
  }

  return {
    add({ chars, startsMs, durationsMs }, chunkMs) {
      chars.forEach((character, index) => {
        const startMs = startsMs[index];
        const found = place(character);
        if (found === undefined || startMs === undefined) return;
        const endMs = startMs + (durationsMs[index] ?? 0);
        mark(found, chunkMs + startMs, chunkMs + endMs);
      });
      return take(at);
    },
    rest: () => take(text.length),
  };
}
