import { describe, expect, it } from "vitest";
import { guessLanguage, speakable } from "../../src/language/index.js";
import { scriptedTextToSpeech } from "../../src/testing/index.js";
import { wholeCall } from "../session/whole-call.js";

/** A call in which the caller says these one after another; the language the agent's voice spoke in, reply by reply. */
async function talk(...lines: readonly string[]) {
  const spoken: string[] = [];
  const { of } = await wholeCall(
    [{ pauseMs: 300 }, ...lines.flatMap((say) => [{ say }, { waitFor: "agent-silence" as const }]), { hangUp: true }],
    { brain: () => "ji bilkul" },
    {},
    (clock) => {
      const voice = scriptedTextToSpeech({ clock });
      return {
        textToSpeech: {
          ...voice,
          doSpeak(request) {
            spoken.push(request.language);
            return voice.doSpeak(request);
          },
        },
      };
    },
  );
  return { spoken, switches: of("language").map(({ from, to }) => `${from} ${to}`) };
}

describe("language", () => {
  it.each([
    "Yes",
    "Thank you",
    "What is the price",
    "How are you",
    "I want some more",
    "Tell me how it works",
    "Is he there",
    "The main thing is the price",
    "Do it for me",
    "Are you open on Sunday",
    "Call us back",
    "The bus is late",
    "It was a mere formality",
    "The log is on the bat",
  ])("plain English is not taken for Hinglish: %j", (text) => {
    expect(["en", undefined]).toContain(guessLanguage(text).language);
  });

  it("follows the caller into Hindi and back into English", async () => {
    const { spoken, switches } = await talk(
      "what is the price",
      "mujhe do kamre chahiye kal ke liye",
      "what time do you open tomorrow",
    );
    expect([spoken[0], spoken[2]]).toEqual(["en", "en"]);
    expect(spoken[1]).toMatch(/^hi/);
    expect(switches).toHaveLength(2);
  });

  it.each([
    ["speak in Hindi", "hi"],
    ["hindi mein baat karo", "hi"],
    ["हिंदी में बोलिए", "hi"],
  ])("%j gives Hindi", async (request, language) => {
    expect((await talk("what is the price", request, "okay")).spoken).toEqual(["en", language, language]);
  });

  it.each(["speak in English please", "angrezi mein boliye"])("%j gives English", async (request) => {
    expect((await talk("mujhe kamra chahiye kal ke liye", request, "haan ji")).spoken.slice(1)).toEqual(["en", "en"]);
  });

  it("the voice does not flip within a call: courtesies of either language leave it as it is", async () => {
    const { spoken, switches } = await talk("mujhe kamra chahiye", "okay thank you", "yes", "haan ji", "very good");
    expect(new Set(spoken).size).toBe(1);
    expect(switches).toHaveLength(1);
  });

  it.each([
    ["a 3.5 percent B2B plan, v2 of it", "a three point five percent B2B plan, v2 of it"],
    ["<speak>Hello<break time='1s'/> there</speak>", "Hello there"],
    ["**Hello** _there_", "Hello there"],
  ])("what is spoken is not torn: %j", (written, spoken) => {
    expect(speakable(written, { language: "en" }).text).toBe(spoken);
  });

  it("a first Hindi sentence is not lost when the recogniser takes it for English", async () => {
    const { of } = await wholeCall(
      [{ pauseMs: 300 }, { say: "mujhe kamra chahiye kal ke liye" }, { waitFor: "agent-silence" }, { hangUp: true }],
      { brain: ({ language }) => (language === "en" ? "sorry" : "theek hai") },
    );
    expect(of("reply")).toMatchObject([{ text: "theek hai" }]);
  });
});
