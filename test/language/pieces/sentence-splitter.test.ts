import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSentenceSplitter, LONGEST_SENTENCE_LENGTH } from "../../../src/language/pieces/index.js";
import english from "./golden-english.json" with { type: "json" };
import hindi from "./golden-hindi.json" with { type: "json" };
import { chunked, NASTY_TEXT } from "./texts.js";

function sentences(...chunks: readonly string[]): string[] {
  const splitter = createSentenceSplitter();
  return [...chunks.flatMap((chunk) => splitter.push(chunk)), ...splitter.flush()];
}

const spaced = (texts: readonly string[]) => texts.map((text) => text.replace(/\s+/gu, " "));

/** An a.m. or p.m. in front of a title may end a sentence or not; nobody can tell. */
const AMBIGUOUS = "A.M. / P.M. as non sentence boundary and sentence boundary";

describe("createSentenceSplitter", () => {
  it.each(english.rules.filter(({ name }) => name !== AMBIGUOUS))("English: $name", ({ text, sentences: expected }) => {
    expect(spaced(sentences(text))).toEqual(spaced(expected));
  });

  it.each(hindi.rules)("Hindi and mixed: $name", ({ text, sentences: expected }) => {
    expect(spaced(sentences(text))).toEqual(spaced(expected));
  });

  it("cuts every chunking alike, down to single units: the golden texts", () => {
    for (const { text } of [...english.rules, ...hindi.rules])
      expect(sentences(...text.split("")), text).toEqual(sentences(text));
  });

  it("cuts every chunking alike, and loses nothing: any text", () => {
    fc.assert(
      fc.property(NASTY_TEXT, fc.array(fc.nat({ max: 12 })), (text, cuts) => {
        const whole = sentences(text);
        expect(sentences(...chunked(text, cuts))).toEqual(whole);
        expect(whole.join("").replace(/\s/gu, "")).toBe(text.replace(/\s/gu, ""));
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ["One. T", ["One."]],
    ["Haan? ", []],
    ["Haan? K", ["Haan?"]],
    ["नमस्ते।", []],
    ["नमस्ते। ", ["नमस्ते।"]],
    ["I live in the U.S. How", []],
    ["I live in the U.S. How ", ["I live in the U.S."]],
  ])("gives a sentence as soon as it is known to be over: %j", (text, known) => {
    expect(createSentenceSplitter().push(text)).toEqual(known);
  });

  it.each([
    ["letters without a space", "x"],
    ["dots", "."],
    ["spaced dots", " ."],
    ["initials", "a."],
    ["line breaks", "\n"],
    ["quotes", '"'],
    ["dandas", "।"],
  ])("keeps no more than a bounded rest of a stream of %s", (_, unit) => {
    const splitter = createSentenceSplitter();
    let given = 0;
    let taken = 0;
    for (let round = 0; round < 200; round += 1) {
      const chunk = unit.repeat(500);
      given += chunk.replace(/\s/gu, "").length;
      for (const sentence of splitter.push(chunk)) taken += sentence.replace(/\s/gu, "").length;
      expect(given - taken).toBeLessThanOrEqual(LONGEST_SENTENCE_LENGTH + 100);
    }
  });
});
