import fc from "fast-check";
import { ToWords } from "to-words";
import { describe, expect, it } from "vitest";
import { BolchaalError } from "../../../src/errors.js";
import { numberInWords } from "../../../src/language/spoken/index.js";

const english = new ToWords({ localeCode: "en-IN" });
const hindi = new ToWords({ localeCode: "hi-IN" });
/** Other spellings of the same word in to-words. */
const HINDI_SPELLINGS: Readonly<Record<string, string>> = Object.fromEntries(
  "पांच:पाँच इक्याबन:इक्यावन तिरेपन:तिरपन सतासी:सत्तासी अठासी:अट्ठासी इक्यानबे:इक्यानवे".split(" ").map((pair) => pair.split(":")),
);

describe("numberInWords", () => {
  // Above 100 crore to-words says arab and kharab; people say hundreds of crores, so the crores are compared by themselves.
  const inCrores = (value: number, say: (part: number) => string, crore: string) => {
    const crores = Math.floor(value / 1e7);
    const rest = value % 1e7;
    return [crores > 0 && `${say(crores)} ${crore}`, (rest > 0 || crores === 0) && say(rest)].filter(Boolean).join(" ");
  };

  it("agrees with to-words in English", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e11 }), (value) => {
        expect(numberInWords(value, { language: "en" })).toBe(
          inCrores(value, (part) => english.convert(part).toLowerCase(), "crore"),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it("agrees with to-words in Hindi", () => {
    const say = (part: number) =>
      hindi
        .convert(part)
        .split(" ")
        .map((word) => HINDI_SPELLINGS[word] ?? word)
        .join(" ")
        // to-words says a bare सौ for one hundred; on the phone it is एक सौ, as it is एक हज़ार and एक लाख.
        .replace(/(?<!(?:एक|दो|तीन|चार|पाँच|छह|सात|आठ|नौ) )सौ/g, "एक सौ");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e11 }), (value) => {
        expect(numberInWords(value, { language: "hi" }).normalize("NFC")).toBe(
          inCrores(value, say, "करोड़").normalize("NFC"),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ["12,34,567.05", "twelve lakh thirty four thousand five hundred sixty seven point zero five"],
    [-3.5, "minus three point five"],
    [
      1e21,
      "one zero zero zero zero zero zero zero zero zero zero zero zero zero zero zero zero zero zero zero zero zero",
    ],
    ["१२", "twelve"],
  ])("%s in English", (value, words) => {
    expect(numberInWords(value, { language: "en" })).toBe(words);
  });

  it.each([Number.NaN, "twelve", ""])("refuses %j", (value) => {
    expect(() => numberInWords(value, { language: "en" })).toThrow(BolchaalError);
  });
});
