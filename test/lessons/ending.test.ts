import { describe, expect, it } from "vitest";
import { heardText, scriptedSpeechToText, scriptedTextToSpeech } from "../../src/testing/index.js";
import { wholeCall } from "../session/whole-call.js";

/** The caller says this, and then waits. */
function callSaying(words: string) {
  return wholeCall(
    [{ pauseMs: 300 }, { say: words }, { waitFor: "agent-silence" }, { pauseMs: 3000 }, { hangUp: true }],
    { brain: () => "ji bilkul" },
  );
}

describe("ending", () => {
  it.each([
    "namaste",
    "good morning",
    "I already have a provider",
    "is this a good hotel",
    "are you ready",
    "accha batao",
    "thank you for calling, tell me the price",
    "tata motors ki gaadi",
  ])("%j does not end the call", async (words) => {
    const { of, report } = await callSaying(words);
    expect(of("call-end")).toMatchObject([{ reason: "caller-hangup" }]);
    expect(heardText(report)).toBe("ji bilkul");
  });

  it.each(["bye", "ok bye", "theek hai phir milte hain", "chalo rakhta hoon", "that's all thanks bye", "alvida"])(
    "%j does, once, behind a goodbye that is heard out",
    async (words) => {
      const { of, report } = await callSaying(words);
      expect(of("call-end")).toMatchObject([{ reason: "farewell" }]);
      expect(of("reply")).toMatchObject([{ kind: "goodbye", outcome: "played" }]);
      expect(heardText(report)).toBe(of("reply")[0]?.text);
    },
  );

  it.each(["stop", "bas", "ruko", "ek minute"])("%j stops the agent, and does not end the call", async (words) => {
    const { of } = await wholeCall(
      [
        { pauseMs: 300 },
        { say: "tell me more" },
        { interruptAfterMs: 1500, say: words },
        { waitFor: "agent-silence" },
        { hangUp: true },
      ],
      {
        speechToText: scriptedSpeechToText({ interim: true }),
        brain: ({ turnId }) => (turnId === 1 ? "one two three four five six seven eight nine ten eleven twelve" : "ji"),
      },
    );
    expect(of("barge-in")).toMatchObject([{ turnId: 1 }]);
    expect(of("call-end")).toMatchObject([{ reason: "caller-hangup" }]);
  });

  it("comes once, with one reason, though caller and agent end the call at the same time", async () => {
    const { of } = await wholeCall(
      [{ pauseMs: 300 }, { say: "bye" }, { waitFor: "agent-speech" }, { pauseMs: 200 }, { hangUp: true }],
      {},
    );
    expect(of("call-end")).toMatchObject([{ reason: "farewell" }]);
  });

  it("has the voice of the call: the same plug-in, the same language", async () => {
    const spoken: string[] = [];
    await wholeCall(
      [
        { pauseMs: 300 },
        { say: "mujhe kamra chahiye" },
        { waitFor: "agent-silence" },
        { say: "bye" },
        { waitForEnd: true },
      ],
      { brain: () => "theek hai ji" },
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
    expect(new Set(spoken)).toEqual(new Set(["hi"]));
  });
});
