import { createPieceSplitter, type PieceSplitter } from "../../language/index.js";
import type { BrainPart, Language } from "../../spec/index.js";

/** A stretch of text that is spoken in one go. */
export interface Piece {
  readonly text: string;
  readonly language: Language;
}

/** Cuts a brain's answer into pieces as it comes; what stands before a tool is spoken at once. Text beyond `longest` UTF-16 units is left out. */
export async function* piecesOf(
  parts: AsyncIterable<BrainPart>,
  language: Language,
  longest: number,
  splitter: PieceSplitter = createPieceSplitter(),
): AsyncGenerator<Piece, void, void> {
  let current = language;
  let left = longest;
  const spoken = (texts: readonly string[]): Piece[] => texts.map((text) => ({ text, language: current }));
  for await (const part of parts) {
    if (part.type === "text") {
      yield* spoken(splitter.push(part.text.slice(0, left)));
      left = Math.max(0, left - part.text.length);
    } else if (part.type === "language") {
      yield* spoken(splitter.flush());
      current = part.language;
    } else if (part.type === "tool-call") yield* spoken(splitter.flush());
  }
  yield* spoken(splitter.flush());
}

/** A text that is there from the start, as a brain's answer. */
export async function* wholeText(text: string): AsyncGenerator<BrainPart, void, void> {
  yield { type: "text", text };
}
