import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createPieceSplitter,
  LONGEST_PIECE_LENGTH,
  type PieceSplitterOptions,
} from "../../../src/language/pieces/index.js";
import { chunked, NASTY_TEXT } from "./texts.js";

function pieces(chunks: readonly string[] | string, options?: PieceSplitterOptions): string[] {
  const splitter = createPieceSplitter(options);
  const all = typeof chunks === "string" ? [chunks] : chunks;
  return [...all.flatMap((chunk) => splitter.push(chunk)), ...splitter.flush()];
}

describe("createPieceSplitter", () => {
  it.each([
    ["Hello. How are you?", ["Hello.", "How are you?"]],
    ["It costs Rs. 500 only. Fine?", ["It costs Rs. 500 only.", "Fine?"]],
    ["डॉ. शर्मा आए।और गए।", ["डॉ. शर्मा आए।", "और गए।"]],
    ["... !", []],
    ["🎉 *** 🎉", []],
    ["", []],
  ])("%j", (text, expected) => {
    expect(pieces(text)).toEqual(expected);
  });

  it.each([
    ["If your monthly electricity bill is above two thousand rupees,", " solar pays back in four years."],
    ["अगर आपका बिजली का बिल हर महीने दो हज़ार रुपये से ज़्यादा आता है,", " तो सोलर चार साल में वसूल हो जाता है।"],
    ["Aapka bijli ka bill har mahine do hazaar se zyada aata hai", " lekin sarkar aadha paisa deti hai."],
    ["आपका बिजली का बिल हर महीने दो हज़ार रुपये से ज़्यादा आता है", " और सरकार आधा पैसा देती है।"],
  ])("cuts a long first sentence at a clause: %j", (clause, rest) => {
    expect(pieces(`${clause}${rest}`)).toEqual([clause, rest.trim()]);
    expect(pieces(`Ji. ${clause}${rest}`)).toEqual(["Ji.", `${clause}${rest}`]);
  });

  it.each([
    ["a number in groups", "The number that you have asked me for just now is 98765 43210 98765 43210", /\d$/, /^\d/],
    [
      "a sum",
      "The whole system with all its panels will then cost about ₹ 2,50,000 or a bit less than that",
      /₹$/,
      /^2,/,
    ],
    [
      "a tag",
      `He said that it would be ready by then <break time="1s"/>, and so it was, in the end`,
      /<break$/,
      /^time/,
    ],
  ])("does not tear %s apart", (_, text, left, right) => {
    for (let longest = 60; longest < text.length; longest += 1) {
      const cut = pieces(text, { firstClause: 10, longest });
      for (const [at, piece] of cut.slice(1).entries()) {
        expect(left.test(cut[at] ?? "") && right.test(piece), `${longest}: ${cut.join(" | ")}`).toBe(false);
      }
    }
  });

  it("cuts every chunking alike, loses no letter, and makes no piece too long", () => {
    fc.assert(
      fc.property(NASTY_TEXT, fc.array(fc.nat({ max: 12 })), (text, cuts) => {
        const whole = pieces(text);
        expect(pieces(chunked(text, cuts))).toEqual(whole);
        const letters = (value: string) => value.replace(/[^\p{L}\p{M}\p{N}]/gu, "");
        expect(letters(whole.join(""))).toBe(letters(text));
        for (const piece of whole) expect(piece.length).toBeLessThanOrEqual(LONGEST_PIECE_LENGTH + 1);
      }),
      { numRuns: 3000 },
    );
  });

  it("gives the first piece early, while the brain is still at work", () => {
    const splitter = createPieceSplitter();
    expect(splitter.push("Aapka bijli ka bill har mahine do hazaar se zyada aata hai,")).toEqual([]);
    expect(splitter.push(" to")).toEqual(["Aapka bijli ka bill har mahine do hazaar se zyada aata hai,"]);
  });

  it("never tears a character of two units apart", () => {
    for (const piece of pieces("🎉a".repeat(1000))) expect(piece).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
  });
});
