import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { speakable, transliterateToDevanagari, transliterateToLatin } from "../../../src/language/spoken/index.js";
import { spokenCases } from "./cases.js";

describe("speakable", () => {
  it.each(spokenCases)("$kind $options.language $options.script: $written", ({ written, spoken, options }) => {
    expect(speakable(written, options).text.normalize("NFC")).toBe(spoken);
  });
});

const pieces = fc.oneof(
  fc.constantFrom(...spokenCases.map(({ written }) => written)),
  fc.string({ unit: "grapheme", maxLength: 12 }),
);
const texts = fc.array(pieces, { maxLength: 6 }).map((some) => some.join(" "));
const options = fc.record({
  language: fc.constantFrom("hi" as const, "en" as const),
  script: fc.constantFrom("devanagari" as const, "latin" as const),
});

describe("sourceOf", () => {
  it("never falls, stays in the written text and ends at its end", () => {
    fc.assert(
      fc.property(texts, options, (written, how) => {
        const { text, sourceOf } = speakable(written, how);
        let before = 0;
        for (let index = 0; index <= text.length; index++) {
          const source = sourceOf(index);
          expect(source).toBeGreaterThanOrEqual(before);
          expect(source).toBeLessThanOrEqual(written.length);
          before = source;
        }
      }),
      { numRuns: 300 },
    );
  });

  it("leads a word that is said as written to itself", () => {
    const written = "Pay **₹2,50,000** today, thanks 😀 bye";
    const { text, sourceOf } = speakable(written, { language: "en" });
    expect(text).toBe("Pay two lakh fifty thousand rupees today, thanks bye");
    for (const word of ["Pay", "today", "thanks", "bye"]) {
      expect(sourceOf(text.indexOf(word))).toBe(written.indexOf(word));
    }
    expect(sourceOf(text.indexOf("two"))).toBe(written.indexOf("₹"));
    expect(sourceOf(text.indexOf("rupees"))).toBeLessThan(written.indexOf("**", 6));
    expect(sourceOf(text.length)).toBe(written.length);
  });
});

describe("length", () => {
  it.each([
    "<",
    "*a",
    "1,",
    "[a](",
    "a@b.",
    "5 km ",
    "| a ",
    "12-",
    "aap ",
    "₹1 ",
    "   ",
    "card 123 ",
    "a.",
    "https://",
  ])(
    "stays near linear in %j",
    (unit) => {
      const written = unit.repeat(Math.ceil(40_000 / unit.length));
      expect(speakable(written, { language: "hi" }).sourceOf(Number.POSITIVE_INFINITY)).toBeLessThanOrEqual(
        written.length,
      );
    },
    3000,
  );
});

describe("transliteration", () => {
  it.each([
    ["कमल", "kamal"],
    ["मित्र", "mitra"],
    ["दोस्त", "dost"],
    ["सरकार", "sarkaar"],
    ["बिजली आई।", "bijli aai."],
  ])("%s is %s", (devanagari, latin) => {
    expect(transliterateToLatin(devanagari)).toBe(latin);
  });

  it.each([
    ["aap kaise hain", "आप कैसे हैं"],
    ["bharat", "भरत"],
    ["sundar", "सुंदर"],
    ["pakka", "पक्का"],
  ])("%s is %s", (latin, devanagari) => {
    expect(transliterateToDevanagari(latin)).toBe(devanagari.normalize("NFC"));
  });
});
