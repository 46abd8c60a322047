import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createWordPlaces } from "../../../src/plugins/elevenlabs/word-places.js";

/** Each character lasts 10 ms. */
const aligned = (chars: readonly string[]) => ({
  chars,
  startsMs: chars.map((_, index) => index * 10),
  durationsMs: chars.map(() => 10),
});

const graphemes = (text: string) => [...new Intl.Segmenter("hi", { granularity: "grapheme" }).segment(text)];

describe("the places of words", () => {
  it("are UTF-16 units of the text, whatever a character is to the voice", () => {
    const text = "जी, ₹500 👍🏽 ठीक";
    const expected = [
      { textStart: 0, textEnd: 3 },
      { textStart: 4, textEnd: 8 },
      { textStart: 9, textEnd: 13 },
      { textStart: 14, textEnd: 17 },
    ];
    for (const chars of [[...text], graphemes(text).map(({ segment }) => segment)]) {
      const places = createWordPlaces(text);
      const words = [...places.add(aligned(chars), 0), ...places.rest()];
      expect(words.map(({ textStart, textEnd }) => ({ textStart, textEnd }))).toEqual(expected);
    }
  });

  it("count from the request's audio, and wait for the whole word", () => {
    const places = createWordPlaces("ab cd ef");
    expect(places.add(aligned(["a", "b", " ", "c"]), 0)).toEqual([{ textStart: 0, textEnd: 2, startMs: 0, endMs: 20 }]);
    expect(places.add(aligned(["d", " ", "e"]), 40)).toEqual([{ textStart: 3, textEnd: 5, startMs: 30, endMs: 50 }]);
    expect(places.rest()).toEqual([{ textStart: 6, textEnd: 8, startMs: 60, endMs: 70 }]);
    expect(places.rest()).toEqual([]);
  });

  it("pass over characters that the text does not have, and words that were not said", () => {
    const places = createWordPlaces("a ### b");
    const words = [...places.add(aligned(["a", "x", " ", "b"]), 0), ...places.rest()];
    expect(words).toEqual([
      { textStart: 0, textEnd: 1, startMs: 0, endMs: 10 },
      { textStart: 6, textEnd: 7, startMs: 30, endMs: 40 },
    ]);
  });

  it("are the same however the characters are cut into chunks", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("नमस्ते", "hello", "👍🏽", "₹५००", "क्या?", "ok"), { minLength: 1, maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 30 }),
        (spoken, cuts) => {
          const text = spoken.join(" ");
          const chars = [...text];
          const places = createWordPlaces(text);
          const words = [];
          for (let at = 0, cut = 0; at < chars.length; cut += 1) {
            const length = cuts[cut % cuts.length] ?? 1;
            words.push(...places.add(aligned(chars.slice(at, at + length)), at * 10));
            at += length;
          }
          words.push(...places.rest());
          expect(words.map(({ textStart, textEnd }) => text.slice(textStart, textEnd))).toEqual(spoken);
          for (const { textStart, textEnd, startMs, endMs } of words) {
            expect(startMs).toBe([...text.slice(0, textStart)].length * 10);
            expect(endMs).toBe([...text.slice(0, textEnd)].length * 10);
          }
        },
      ),
    );
  });
});
