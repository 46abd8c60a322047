import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { devanagariSounds } from "../../../../src/plugins/local/recogniser/devanagari-sounds.js";
import { romanisedSounds } from "../../../../src/plugins/local/recogniser/romanised-sounds.js";
import { waysToSay } from "../../../../src/plugins/local/recogniser/sounds.js";

describe("Devanagari", () => {
  it.each([
    ["final schwa goes", "कल", "K AH L"],
    ["a lone schwa stays", "न", "N AH"],
    ["schwa between two syllables goes", "करना", "K AH R N AA"],
    ["schwa before a last consonant stays", "समझ", "S AH M AH JH"],
    ["schwa before a nasal stays", "महँगा", "M EH HH AH NG G AA"],
    ["schwa before ह stays", "दोपहर", "D OW P EH HH AH R"],
    ["conjunct by virama", "नमस्ते", "N AH M AH S T EY"],
    ["aspirates lose their breath", "ठीक", "T IY K"],
    ["nukta written apart", "फ\u093cोन", "F OW N"],
    ["nukta as one letter", "अंग्रेज\u093cी", "AH NG G R EY Z IY"],
    ["anusvara before a labial", "संबंध", "S AH M B AH N D"],
    ["anusvara at the end only colours", "नहीं", "N EH HH IY"],
    ["chandrabindu at the end", "हाँ", "HH AA"],
    ["vowels as letters", "आइए", "AA IH EY"],
    ["loan vowel", "कॉल", "K AO L"],
    ["short final vowel is long", "कि", "K IY"],
    ["numbers", "पाँच", "P AA N CH"],
    ["v before a vowel", "व", "V AH"],
  ])("%s: %s", (_, word, phones) => {
    expect(waysToSay(devanagariSounds(word), 1)).toEqual([phones]);
  });

  it("gives the ways that callers differ in", () => {
    expect(waysToSay(devanagariSounds("वह"), 20)).toContain("W EH");
    expect(waysToSay(devanagariSounds("हाँ"), 3)).toEqual(["HH AA", "HH AA N", "HH AA NG"]);
    expect(waysToSay(devanagariSounds("फिर"), 2)).toEqual(["P IH R", "F IH R"]);
  });

  it("passes over what is no Devanagari", () => {
    expect(devanagariSounds("abc-12")).toEqual([]);
  });
});

describe("romanised Hindi", () => {
  it.each([
    ["haan", "HH AA N"],
    ["nahin", "N EH HH IH N"],
    ["mujhe", "M UH JH EY"],
    ["chhe", "CH EY"],
    ["chahiye", "CH EH HH IY EY"],
    ["jaiye", "JH AA IY EY"],
    ["theek", "T IY K"],
    ["bhai", "B EH"],
    ["dhanyavaad", "D AH N Y AH V AA D"],
    ["paanch", "P AA N CH"],
    ["shukriya", "SH UH K R IY AA"],
    ["kya", "K Y AA"],
    ["accha", "AH K CH AA"],
    ["Bengaluru", "B EY NG G AH L UH R UW"],
    ["Mumbai", "M UH M B EH"],
  ])("%s", (word, phones) => {
    expect(waysToSay(romanisedSounds(word), 1)).toEqual([phones]);
  });

  it("leaves the length of a vowel open", () => {
    expect(waysToSay(romanisedSounds("kal"), 2)).toEqual(["K AH L", "K AA L"]);
  });

  it("reads what stands for one word alike in both scripts", () => {
    const pairs = [
      ["namaste", "नमस्ते"],
      ["kitna", "कितना"],
      ["das", "दस"],
      ["milenge", "मिलेंगे"],
      ["sahi", "सही"],
    ] as const;
    for (const [romanised, devanagari] of pairs) {
      expect(waysToSay(romanisedSounds(romanised), 1)).toEqual(waysToSay(devanagariSounds(devanagari), 1));
    }
  });
});

describe("waysToSay", () => {
  it("changes one sound before two", () => {
    expect(
      waysToSay(
        [
          ["A", "a"],
          ["B", "b"],
        ],
        9,
      ),
    ).toEqual(["A B", "a B", "A b", "a b"]);
  });

  it("joins a doubled consonant and leaves swallowed sounds out", () => {
    expect(waysToSay([["K"], ["K"], ["", "N"]], 9)).toEqual(["K", "K N"]);
  });

  const sounds = fc.array(fc.uniqueArray(fc.constantFrom("AA", "B", "", "K HH", "N"), { minLength: 1, maxLength: 4 }), {
    maxLength: 6,
  });

  it("never gives a way twice, an empty one, or more than asked", () => {
    fc.assert(
      fc.property(sounds, fc.integer({ min: 1, max: 30 }), (word, most) => {
        const ways = waysToSay(word, most);
        expect(new Set(ways).size).toBe(ways.length);
        expect(ways.length).toBeLessThanOrEqual(most);
        expect(ways.every((way) => /^[A-Z]+( [A-Z]+)*$/.test(way))).toBe(true);
      }),
    );
  });

  it("finds every way when there is room for all", () => {
    fc.assert(
      fc.property(
        fc.array(fc.uniqueArray(fc.constantFrom("AA", "B", "D", "EY"), { minLength: 1 }), { maxLength: 4 }),
        (word) => {
          const all = word.reduce<string[][]>(
            (ways, sound) => ways.flatMap((way) => sound.map((phone) => [...way, phone])),
            [[]],
          );
          const joined = all.map((way) => way.filter((phone, at) => phone !== way[at - 1]).join(" ")).filter(Boolean);
          expect(new Set(waysToSay(word, 1000))).toEqual(new Set(joined));
        },
      ),
    );
  });
});
