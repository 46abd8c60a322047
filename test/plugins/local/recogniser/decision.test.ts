import { describe, expect, it } from "vitest";
import { DEFAULT_LEAST_FIT, decide, fitOf } from "../../../../src/plugins/local/recogniser/decision.js";
import { phraseGrammar } from "../../../../src/plugins/local/recogniser/grammar.js";
import { spokenPhrases } from "../../../../src/plugins/local/recogniser/phrases.js";

const grammar = phraseGrammar(spokenPhrases({ hi: ["haan ji"] }));
const heard = (fit: number, speechMs: number) => ({ tokens: "w0 w1", score: (fit * speechMs) / 10, fillerScore: 0 });

describe("the decision", () => {
  it("measures a phrase against free phones, per 10 ms", () => {
    expect(fitOf({ tokens: "", score: -5000, fillerScore: -3000 }, 1000)).toBe(-20);
  });

  it.each([
    ["fits exactly well enough", DEFAULT_LEAST_FIT, 1000, 0.5],
    ["fits 15 better", DEFAULT_LEAST_FIT + 15, 1000, 0.9],
    ["is as long as it may be: 600 ms and 130 for each of 5 sounds", DEFAULT_LEAST_FIT + 15, 1250, 0.9],
  ])("takes what %s", (_, fit, speechMs, confidence) => {
    expect(decide(heard(fit, speechMs), speechMs, grammar, DEFAULT_LEAST_FIT)).toEqual({
      type: "transcript",
      final: true,
      text: "haan ji",
      language: "hi",
      confidence: expect.closeTo(confidence, 9),
    });
  });

  it.each([
    ["fits too badly", heard(DEFAULT_LEAST_FIT - 0.1, 1000), 1000],
    ["is stretched over longer speech", heard(0, 1251), 1251],
    ["is no phrase", { ...heard(0, 1000), tokens: "" }, 1000],
    ["is half a phrase", { ...heard(0, 1000), tokens: "w0" }, 1000],
  ])("refuses what %s", (_, sound, speechMs) => {
    expect(decide(sound, speechMs, grammar, DEFAULT_LEAST_FIT)).toEqual({ type: "not-understood" });
  });
});
