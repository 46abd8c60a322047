import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LEXICON } from "../../../src/language/intents/lexicon.js";
import { patterns, spokenLine } from "../../../src/language/intents/pattern.js";
import { spokenWords } from "../../../src/language/intents/spelling.js";

describe("spokenWords", () => {
  it.each([
    ["Haanji, thik hai", "haan ji theek hai"],
    ["हाँ जी, ठीक है", "haan ji theek hai"],
    ["haan jee theek hain", "haan ji theek hai"],
    ["don't", "do not"],
    ["फ़ोन मत कीजिए", "phone mat kijiye"],
    ["नंबर, नम्बर", "number number"],
    ["okayyyy", "okay"],
    ["Rs. 3.5", "rs 3 5"],
    ["", ""],
  ])("%j is %j", (text, words) => {
    expect(spokenWords(text).join(" ")).toBe(words);
  });

  it("says the same of what it said", () => {
    for (const words of LEXICON.values()) expect(spokenWords(words.join(" "))).toEqual(words);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...LEXICON.keys())), (words) => {
        const once = spokenWords(words.join(" "));
        expect(spokenWords(once.join(" "))).toEqual(once);
      }),
    );
  });

  it("reaches every word of the lexicon", () => {
    for (const [written, words] of LEXICON) expect([written, spokenWords(written)]).toEqual([written, words]);
  });
});

describe("patterns", () => {
  const says = (text: string, ...lines: string[]) => patterns(...lines).test(spokenLine(text));

  it.each([
    ["call/phone mat", "abhi phone mat", true],
    ["call mat", "recall mat", false],
    ["call mat", "call mathura", false],
    ["please? stop", "stop", true],
    ["please? stop $", "stop it", false],
    ["^ stop", "please stop", false],
    ["^ stop", "stop it", true],
    ["a ... b", "a 1 2 3 4 b", true],
    ["a ... b", "a 1 2 3 4 5 b", false],
    ["stop calling !it/that", "stop calling it", false],
    ["stop calling !it/that", "stop calling me", true],
    ["stop calling !it", "stop calling", true],
    ["mere+ko call", "mere ko call", true],
    ["number hata/$", "number", true],
    ["number hata/$", "number do", false],
    ["फ़ोन मत", "phone mat", true],
  ])("%s in %s: %s", (line, text, wanted) => {
    expect(says(text, line)).toBe(wanted);
  });
});
