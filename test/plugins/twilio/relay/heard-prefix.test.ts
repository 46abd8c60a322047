import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { heardPrefix } from "../../../../src/plugins/twilio/relay/heard-prefix.js";

const SAID = "Namaste! A double room costs 2,500 rupees — with breakfast. Shall I book it for you?";
const heard = (reported: string, said = SAID, starts?: readonly number[]) => {
  const length = heardPrefix(said, reported, starts === undefined ? {} : { starts });
  return length === undefined ? undefined : said.slice(0, length);
};

describe("heardPrefix", () => {
  it.each<[string, string, string]>([
    ["the words as they are", "Namaste! A double", "Namaste! A double"],
    ["nothing", "", ""],
    ["marks only", " … ", ""],
    ["other capitals, marks and blanks", "namaste  a DOUBLE room,", "Namaste! A double room"],
    ["a word that was cut", "Namaste! A double room co", "Namaste! A double room"],
    ["a first word that was cut", "Nam", ""],
    [
      "a number written out",
      "namaste a double room costs two thousand five hundred rupees",
      "Namaste! A double room costs 2,500 rupees —",
    ],
    ["a word left out", "namaste double room costs", "Namaste! A double room costs"],
    ["a word put in", "namaste ji a double room", "Namaste! A double room"],
    ["all of it", SAID, SAID],
    ["more than all of it", `${SAID} Hello?`, SAID],
  ])("finds %s", (_name, reported, expected) => {
    expect(heard(reported)).toBe(expected);
  });

  it("finds Hindi, its vowel signs included", () => {
    expect(heard("कमरा दो हज़ार", "कमरा दो हज़ार रुपये का है।")).toBe("कमरा दो हज़ार");
    expect(heard("कम", "कमरा दो हज़ार")).toBe("");
  });

  it("does not take a report of something else", () => {
    expect(heard("the weather is fine today in Pune")).toBeUndefined();
    expect(heard("hello")).toBeUndefined();
  });

  it("finds a report that tells only the last sentence", () => {
    const start = SAID.indexOf("Shall");
    expect(heard("Shall I book")).toBeUndefined();
    expect(heard("Shall I book", SAID, [start])).toBe(SAID.slice(0, start + "Shall I book".length));
  });

  it("takes of two places the one that the clock says", () => {
    const said = "So. Are you there? Good. Are you there? Fine.";
    const starts = [4, 19, 25];
    const first = said.indexOf("there") + "there?".length;
    const second = said.lastIndexOf("there") + "there?".length;
    expect(heardPrefix(said, "Are you there?", { starts, expected: first + 1 })).toBe(first);
    expect(heardPrefix(said, "Are you there?", { starts, expected: second - 2 })).toBe(second);
  });

  const aWord = fc.stringMatching(/^[a-z]{1,8}$/);
  const someWords = fc.array(aWord, { minLength: 1, maxLength: 30 });

  it("finds what was heard at any cut between words, written in any way", () => {
    fc.assert(
      fc.property(someWords, fc.nat(), fc.constantFrom(" ", "  ", ", ", "\n"), (words, at, blank) => {
        const cut = at % (words.length + 1);
        const said = words.join(" ");
        const reported = words.slice(0, cut).join(blank).toUpperCase();
        expect(heardPrefix(said, reported)).toBe(words.slice(0, cut).join(" ").length);
      }),
    );
  });

  it("tells no more when less is reported", () => {
    fc.assert(
      fc.property(someWords, fc.nat(), fc.nat(), (words, one, other) => {
        const said = words.join(" ");
        const [less = 0, more = 0] = [one % (said.length + 1), other % (said.length + 1)].sort((a, b) => a - b);
        const [short, long] = [heardPrefix(said, said.slice(0, less)), heardPrefix(said, said.slice(0, more))];
        expect(short).toBeLessThanOrEqual(less);
        expect(short).toBeLessThanOrEqual(long ?? Number.NaN);
      }),
    );
  });

  it("gives the end of a word, or nothing, for any texts", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        fc.string({ unit: "grapheme" }),
        fc.array(fc.nat()),
        (said, reported, starts) => {
          const length = heardPrefix(said, reported, { starts });
          if (length === undefined) return;
          expect(length).toBeLessThanOrEqual(said.length);
          expect(length === 0 || /^(?:\s|$)/u.test(said.slice(length))).toBe(true);
        },
      ),
    );
  });
});
