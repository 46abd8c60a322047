import { describe, expect, it } from "vitest";
import { BolchaalError } from "../../../../src/errors.js";
import { phraseGrammar } from "../../../../src/plugins/local/recogniser/grammar.js";
import { type LocalPhrases, spokenPhrases } from "../../../../src/plugins/local/recogniser/phrases.js";

describe("the grammar", () => {
  it("has each phrase once, each word once, and no text of the app's", () => {
    const { jsgf, words, phrases } = phraseGrammar(
      spokenPhrases({ en: ["Yes, please!", "yes", "public"], hi: ["haan", "Haan?", "do"] }),
    );
    expect(jsgf).toBe("#JSGF V1.0;\ngrammar phrases;\npublic <phrase> = w0 w1 | w0 | w2 | w3 | w4;\n");
    expect(words.map(({ dictionaryWord, rules }) => [dictionaryWord, rules])).toEqual([
      ["yes", "if-unknown"],
      ["please", "if-unknown"],
      ["public", "if-unknown"],
      ["haan", "always"],
      [undefined, "always"],
    ]);
    expect(phrases.get("w0 w1")).toEqual({ text: "Yes, please!", language: "en", words: ["yes", "please"], sounds: 9 });
    expect(phrases.get("w3")).toMatchObject({ text: "haan", language: "hi" });
  });

  it("keeps a word of two languages apart", () => {
    const { words } = phraseGrammar(spokenPhrases({ en: ["do"], hi: ["do"] }));
    expect(words.map(({ token, dictionaryWord }) => [token, dictionaryWord])).toEqual([
      ["w0", "do"],
      ["w1", undefined],
    ]);
  });

  it("reads Devanagari by its own rules only", () => {
    const { words } = phraseGrammar(spokenPhrases({ hi: ["कल"] }));
    expect(words).toEqual([{ token: "w0", pronunciations: ["K AH L"], rules: "always" }]);
  });

  it("gives back one text for all ways to say it", () => {
    const { phrases } = phraseGrammar(spokenPhrases({ hi: [{ text: "₹ kitna", spoken: ["kitna paisa", "कितना"] }] }));
    expect([...phrases.values()].map(({ text }) => text)).toEqual(["₹ kitna", "₹ kitna"]);
  });

  it("keeps the apostrophe, which the dictionary has", () => {
    expect(spokenPhrases({ en: ["I don’t know."] })[0]?.words).toEqual(["i", "don't", "know"]);
  });
});

describe("phrases that cannot be read", () => {
  it.each<[string, LocalPhrases]>([
    ["There are no phrases. Give at least one in `phrases.en` or `phrases.hi`.", {}],
    ['The phrase "…" has no words. Leave it out.', { en: ["…"] }],
    ['The phrase "5 baje" has digits. Write numbers as words.', { hi: ["5 baje"] }],
    ['The phrase "ஆம்" is in a script that cannot be read. Write it in Latin letters or Devanagari.', { hi: ["ஆம்"] }],
  ])("%s", (message, phrases) => {
    const thrown = (() => {
      try {
        return spokenPhrases(phrases);
      } catch (error) {
        return error;
      }
    })();
    expect(BolchaalError.isInstance(thrown) && thrown.code).toBe("invalid-option");
    expect((thrown as Error).message).toBe(`[bolchaal] [local] ${message}`);
  });
});
