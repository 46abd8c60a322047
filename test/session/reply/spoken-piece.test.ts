import { describe, expect, it } from "vitest";
import { spokenPiece } from "../../../src/session/reply/spoken-piece.js";
import type { Language, TextToSpeechCapabilities } from "../../../src/spec/index.js";
import { heardText, scriptedTextToSpeech } from "../../../src/testing/index.js";
import { wholeCall } from "../whole-call.js";

const voice = (capabilities: Partial<TextToSpeechCapabilities> = {}) => ({
  ...scriptedTextToSpeech(),
  capabilities: { languages: ["en", "hi"] as const, ...capabilities },
});

function said(text: string, language: Language, capabilities?: Partial<TextToSpeechCapabilities>) {
  return spokenPiece({ text, language }, voice(capabilities));
}

/** How much of the written text counts as heard after each spoken word. */
function heardAfter(written: string, language: Language) {
  const piece = said(written, language);
  return [...piece.text.matchAll(/\S+/gu)].map((match) => {
    const word = { textStart: match.index, textEnd: match.index + match[0].length, startMs: 0, endMs: 1 };
    return written.slice(0, piece.written(word).textEnd);
  });
}

describe("what a voice is given", () => {
  it.each<[string, Language, Partial<TextToSpeechCapabilities>, string]>([
    ["It costs **₹2,50,000** 🙂", "en", {}, "It costs two lakh fifty thousand rupees"],
    ["aapka bill ₹2,50,000 hai", "hi", {}, "आपका bill दो लाख पचास हज़ार रुपये है"],
    ["aapka bill ₹2,50,000 hai", "hi-en", { script: "latin" }, "aapka bill do lakh pachaas hazaar rupaye hai"],
    ["It costs **₹2,50,000** 🙂", "en", { text: "written" }, "It costs **₹2,50,000** 🙂"],
  ])("%j in %s, %j", (text, language, capabilities, spoken) => {
    expect(said(text, language, capabilities).text).toBe(spoken);
  });
});

describe("what was heard of it", () => {
  it("is told in the words that were written; a number once it was said to its end", () => {
    expect(heardAfter("It costs ₹2,50,000 in all", "en")).toEqual([
      "It",
      "It costs",
      "It costs",
      "It costs",
      "It costs",
      "It costs",
      "It costs ₹2,50,000",
      "It costs ₹2,50,000 in",
      "It costs ₹2,50,000 in all",
    ]);
  });

  it("leaves out what no voice can say", async () => {
    const { of, report } = await wholeCall(
      [{ pauseMs: 300 }, { say: "hello there" }, { waitFor: "agent-silence" }, { hangUp: true }],
      { brain: () => "Fine. 🙂 *** Yes." },
      {},
      (clock) => ({ textToSpeech: { ...scriptedTextToSpeech({ clock }), capabilities: { languages: ["en"] } } }),
    );
    expect(heardText(report)).toBe("Fine. Yes.");
    expect(of("reply")).toMatchObject([{ outcome: "played" }]);
  });
});
