import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  followLanguage,
  guessLanguage,
  type HeardLanguage,
  identifyLanguage,
  type LanguageMemory,
  requestedLanguage,
  spokenLanguage,
  startLanguage,
} from "../../../src/language/identify/index.js";
import type { Language } from "../../../src/spec/index.js";
import { isShort, utterances } from "./utterances.js";

/** The language the agent goes on in after each turn. */
function languagesAfter(start: Language, turns: readonly (string | HeardLanguage)[]): Language[] {
  let memory = startLanguage(start);
  return turns.map((turn) => {
    memory = followLanguage(memory, typeof turn === "string" ? { text: turn } : turn);
    return memory.language;
  });
}

const LANGUAGES: readonly Language[] = ["hi", "en", "hi-en"];
const language = fc.constantFrom(...LANGUAGES);
const LONG_ENGLISH = "I want to know the price of the room";
const LONG_HINDI = "mujhe kal subah ghar par nahi milna hai";

describe("followLanguage", () => {
  it.each([
    {
      what: "a courtesy flips nothing",
      start: "hi",
      turns: [
        ["okay, thank you", "hi"],
        ["thank you so much", "hi"],
        ["yes please", "hi"],
      ],
    },
    {
      what: "nor does a Hindi one",
      start: "en",
      turns: [
        ["haan ji", "en"],
        ["accha theek hai", "en"],
        ["नमस्ते जी", "en"],
      ],
    },
    { what: "a clear English sentence does, at once", start: "hi", turns: [["What is the price", "en"]] },
    { what: "a clear Hindi sentence does, at once", start: "en", turns: [["mujhe kamra chahiye", "hi"]] },
    {
      what: "mixed speech keeps Hindi, with English words",
      start: "en",
      turns: [["mujhe ek room book karna hai", "hi-en"]],
    },
    {
      what: "a weak turn waits for a second",
      start: "hi",
      turns: [
        ["how much", "hi"],
        ["tomorrow evening", "en"],
      ],
    },
    {
      what: "which need not follow directly, if what is between tells nothing",
      start: "hi",
      turns: [
        ["how much", "hi"],
        ["okay", "hi"],
        ["tomorrow evening", "en"],
      ],
    },
    {
      what: "but is not added up over a turn of the call's language",
      start: "hi",
      turns: [
        ["how much", "hi"],
        ["kitna hua", "hi"],
        ["tomorrow evening", "hi"],
      ],
    },
    {
      what: "after mixed speech English is heard again",
      start: "hi-en",
      turns: [
        ["price kya hai", "hi-en"],
        ["can you call me after lunch", "en"],
      ],
    },
    {
      what: "from pure to mixed Hindi takes two turns",
      start: "hi",
      turns: [
        ["mujhe ek room book karna hai", "hi"],
        ["payment online kar diya hai", "hi-en"],
      ],
    },
    {
      what: "and back",
      start: "hi-en",
      turns: [
        ["mujhe kuch nahi chahiye", "hi-en"],
        ["haan wo to sahi kaha aapne", "hi"],
      ],
    },
    {
      what: "English with a Hindi word stays English",
      start: "en",
      turns: [
        ["I will come kal", "en"],
        ["I told you already yaar", "en"],
      ],
    },
    {
      what: "digits, names and silence tell nothing",
      start: "hi",
      turns: [
        ["98765", "hi"],
        ["Rahul Sharma", "hi"],
        ["", "hi"],
      ],
    },
  ] as const)("$what", ({ start, turns }) => {
    expect(
      languagesAfter(
        start,
        turns.map(([text]) => text),
      ),
    ).toEqual(turns.map(([, after]) => after));
  });

  describe("requests", () => {
    it.each(LANGUAGES)("are obeyed at once, both ways, at any time (from %s)", (start) => {
      expect(
        languagesAfter(start, ["Speak in Hindi", "speak in English please", "हिंदी में बोलिए", "angrezi mein boliye"]),
      ).toEqual(["hi", "en", "hi", "en"]);
    });

    it("hold against short and clear turns of the other language, and against one long one", () => {
      expect(
        languagesAfter("en", ["Hindi mein baat karo", "what is the price", "how much is it", LONG_ENGLISH]),
      ).toEqual(["hi", "hi", "hi", "hi"]);
    });

    it("end with two long clear turns of the other in a row", () => {
      expect(languagesAfter("hi", ["speak in English", LONG_HINDI, LONG_ENGLISH, LONG_HINDI, LONG_HINDI])).toEqual([
        "en",
        "en",
        "en",
        "en",
        "hi",
      ]);
      const memory = [LONG_HINDI, LONG_HINDI].reduce(
        (so, text) => followLanguage(so, { text }),
        followLanguage(startLanguage("hi"), { text: "speak in English" }),
      );
      expect(memory).toEqual({ language: "hi" });
    });

    it("for Hindi allow Hindi with English words", () => {
      const turns = ["Hindi mein baat karo", "mujhe ek room book karna hai", "payment online kar diya hai"];
      expect(languagesAfter("en", turns)).toEqual(["hi", "hi", "hi-en"]);
    });
  });

  describe("the recogniser", () => {
    it("cannot flip the language by its tag: every greeting was English to the seed's", () => {
      expect(
        languagesAfter("hi", [
          { text: "hello", tag: "en" },
          { text: "haan ji boliye", tag: "en" },
          { text: "mera naam sunita hai", tag: "en" },
        ]),
      ).toEqual(["hi", "hi", "hi"]);
    });

    it("outweighs words that only hint", () => {
      expect(
        languagesAfter("hi", [
          { text: "how much", tag: "hi" },
          { text: "tomorrow evening", tag: "hi" },
        ]),
      ).toEqual(["hi", "hi"]);
      expect(
        languagesAfter("hi", [
          { text: "how much", tag: "en" },
          { text: "tomorrow evening", tag: "en" },
        ]),
      ).toEqual(["hi", "en"]);
    });

    it("does not outweigh a clear sentence", () => {
      expect(languagesAfter("en", [{ text: "mujhe kamra chahiye", tag: "en" }])).toEqual(["hi"]);
    });

    it("makes a sentence it is unsure of a hint", () => {
      const unsure = { text: "what is the price", confidence: 0.39 };
      expect(languagesAfter("hi", [unsure, unsure])).toEqual(["hi", "en"]);
      expect(languagesAfter("hi", [{ ...unsure, confidence: 0.4 }])).toEqual(["en"]);
    });
  });

  describe("over any call", () => {
    const noRequest = utterances.map(({ text }) => text).filter((text) => requestedLanguage(text) === undefined);
    const short = fc.constantFrom(...utterances.filter((each) => isShort(each)).map(({ text }) => text));
    const any = fc.constantFrom(...noRequest);

    it("short turns never change the language twice within two turns: each change needs two new ones that point its way", () => {
      fc.assert(
        fc.property(language, fc.array(short, { maxLength: 40 }), (start, texts) => {
          let lastChange = -1;
          let before = start;
          languagesAfter(start, texts).forEach((after, at) => {
            if (after === before) return;
            const since = texts.slice(lastChange + 1, at + 1);
            expect(since.filter((text) => pointsAwayFrom(before, text)).length).toBeGreaterThanOrEqual(2);
            lastChange = at;
            before = after;
          });
        }),
      );
    });

    it("turns of both languages, short and taking turns, never change it", () => {
      fc.assert(
        fc.property(fc.constantFrom("hi", "en" as const), fc.integer({ min: 1, max: 20 }), (start, rounds) => {
          const turns = Array.from({ length: rounds }).flatMap(() => ["how much", "kitna hua"]);
          expect(new Set(languagesAfter(start, turns))).toEqual(new Set([start]));
        }),
      );
    });

    it("changes only on a turn that is itself of the new language's voice", () => {
      fc.assert(
        fc.property(language, fc.array(any, { maxLength: 40 }), (start, texts) => {
          let before = start;
          languagesAfter(start, texts).forEach((after, at) => {
            if (after !== before) expect(pointsAwayFrom(before, texts[at] ?? "")).toBe(true);
            before = after;
          });
        }),
      );
    });

    it("keeps to what was asked: no change of voice without a request, or a long turn", () => {
      fc.assert(
        fc.property(fc.constantFrom("Hindi mein baat karo", "speak in English"), fc.array(short), (request, texts) => {
          const [asked, ...after] = languagesAfter("hi", [request, ...texts]).map(spokenLanguage);
          for (const spoken of after) expect(spoken).toBe(asked);
        }),
      );
    });

    it("is plain data and changes nothing it is given", () => {
      fc.assert(
        fc.property(language, fc.array(fc.constantFrom(...utterances.map(({ text }) => text))), (start, texts) => {
          let memory: LanguageMemory = Object.freeze(startLanguage(start));
          for (const text of texts) {
            const next = followLanguage(memory, { text });
            expect(followLanguage(JSON.parse(JSON.stringify(memory)) as LanguageMemory, { text })).toEqual(next);
            memory = Object.freeze(next);
          }
        }),
      );
    });
  });
});

/** By its own words: the turn's language is not the one the call is in. */
function pointsAwayFrom(current: Language, text: string): boolean {
  const { matrix } = guessLanguage(text);
  const told = identifyLanguage(text, current);
  const heard = told === "hi-en" && matrix === "en" ? "en" : told;
  return current === "en" ? spokenLanguage(heard) === "hi" : heard !== current;
}
