import { speakable, spokenLanguage } from "../../language/index.js";
import type { TextToSpeech, WordTiming } from "../../spec/index.js";
import type { Piece } from "./pieces.js";

/** A piece as the voice is given it, and the way back. */
export interface SpokenPiece {
  readonly text: string;
  /** A word of it as a word of the piece as it was written. */
  readonly written: (word: WordTiming) => WordTiming;
}

/** What a voice is to be given for a piece. */
export function spokenPiece(piece: Piece, { capabilities }: TextToSpeech): SpokenPiece {
  if (capabilities.text === "written") return { text: piece.text, written: (word) => word };
  const { script } = capabilities;
  const { text, sourceOf } = speakable(piece.text, {
    language: spokenLanguage(piece.language),
    ...(script === undefined ? {} : { script }),
  });
  return {
    text,
    written: (word) => ({
      ...word,
      textStart: wordEnd(piece.text, sourceOf(word.textStart)),
      textEnd: wordEnd(piece.text, sourceOf(word.textEnd)),
    }),
  };
}

/** The place itself if it is between two words, else the end of the word before: half a number was not heard. */
function wordEnd(text: string, place: number): number {
  if (place >= text.length || /\s/u.test(text[place] ?? "")) return place;
  return text.slice(0, place).replace(/\S+$/u, "").trimEnd().length;
}
