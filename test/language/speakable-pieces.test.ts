import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPieceSplitter, LONGEST_PIECE_LENGTH } from "../../src/language/index.js";

function pieces(...chunks: readonly string[]): string[] {
  const splitter = createPieceSplitter();
  return [...chunks.flatMap((chunk) => splitter.push(chunk)), ...splitter.flush()];
}

describe("createPieceSplitter", () => {
  it.each([
    ["Hello. How are you?", ["Hello.", "How are you?"]],
    ["It costs Rs. 500 only. Fine?", ["It costs Rs. 500 only.", "Fine?"]],
    ["Dr. Rao will call at 5 p.m. today! Okay?", ["Dr. Rao will call at 5 p.m. today!", "Okay?"]],
    ["Version 3.5 is out. Good.", ["Version 3.5 is out.", "Good."]],
    ["नमस्ते। आप कैसे हैं? मैं ठीक हूँ।", ["नमस्ते।", "आप कैसे हैं?", "मैं ठीक हूँ।"]],
    ["डॉ. शर्मा आए।और गए।", ["डॉ. शर्मा आए।", "और गए।"]],
    ['She said "stop." Then left.', ['She said "stop."', "Then left."]],
    ["1. Delhi\n2. Mumbai", ["1. Delhi", "2. Mumbai"]],
    ["Wait... what?", ["Wait...", "what?"]],
    ["... !", []],
    ["", []],
  ])("%j", (text, expected) => {
    expect(pieces(text)).toEqual(expected);
  });

  it("cuts a long first sentence at a clause, and only the first", () => {
    const clause = "If your monthly electricity bill is above two thousand rupees,";
    expect(pieces(`${clause} solar pays back in four years. ${clause} it does.`)).toEqual([
      clause,
      "solar pays back in four years.",
      `${clause} it does.`,
    ]);
  });

  it("gives a sentence as soon as the next character shows that it is over", () => {
    const splitter = createPieceSplitter();
    expect(splitter.push("One.")).toEqual([]);
    expect(splitter.push(" T")).toEqual(["One."]);
  });

  it("cuts any chunking alike, loses no letter, and makes no piece too long", () => {
    const word = fc.constantFrom(
      "haan",
      "Rs.",
      "3.5",
      "Dr.",
      "नमस्ते।",
      "okay,",
      "price?",
      '"ji."',
      "\n",
      "—",
      "a.m.",
      "x".repeat(90),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), fc.array(fc.nat({ max: 40 })), (words, cuts) => {
        const text = words.join(" ");
        const whole = pieces(text);
        const chunks: string[] = [];
        let at = 0;
        for (const cut of cuts) {
          chunks.push(text.slice(at, at + cut));
          at += cut;
        }
        chunks.push(text.slice(at));
        expect(pieces(...chunks)).toEqual(whole);
        const letters = (value: string) => value.replace(/[^\p{L}\p{M}\p{N}]/gu, "");
        expect(letters(whole.join(""))).toBe(letters(text));
        for (const piece of whole) expect(piece.length).toBeLessThanOrEqual(LONGEST_PIECE_LENGTH + 91);
      }),
    );
  });
});
