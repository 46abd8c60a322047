import { describe, expect, it } from "vitest";
import type { BrainTurn } from "../../src/spec/index.js";
import { heardText, scriptedSpeechToText } from "../../src/testing/index.js";
import { wholeCall } from "../session/whole-call.js";

/** A brain that keeps what it was asked. */
function asked(answer: string | ((turn: BrainTurn) => string)) {
  const turns: BrainTurn[] = [];
  const brain = (turn: BrainTurn) => {
    turns.push(turn);
    return typeof answer === "string" ? answer : answer(turn);
  };
  return { turns, brain };
}

const NO_SPECULATION = { turns: { speculativeStart: false } } as const;

describe("one reply per input", () => {
  it("a final that comes twice, or three times, is answered once", async () => {
    const { turns, brain } = asked("five hundred rupees");
    const { of } = await wholeCall(
      [{ pauseMs: 300 }, { say: "kitna hai" }, { waitFor: "agent-silence" }, { pauseMs: 3000 }, { hangUp: true }],
      { brain, ...NO_SPECULATION, speechToText: scriptedSpeechToText({ utterances: [{ copies: 3 }] }) },
    );
    expect(turns).toHaveLength(1);
    expect(of("reply")).toHaveLength(1);
  });

  it("low confidence does not begin the call again: no second greeting, nothing forgotten", async () => {
    const { turns, brain } = asked(({ turnId }) => `answer ${turnId}`);
    const { report, of } = await wholeCall(
      [
        { waitFor: "agent-silence" },
        { say: "main ravi hoon" },
        { waitFor: "agent-silence" },
        { say: "kitna hai" },
        { waitFor: "agent-silence" },
        { hangUp: true },
      ],
      {
        brain,
        greeting: "welcome",
        ...NO_SPECULATION,
        speechToText: scriptedSpeechToText({ utterances: [{ confidence: 0.9 }, { confidence: 0.05 }] }),
      },
    );
    expect(heardText(report)).toBe("welcome answer 1 answer 2");
    expect(of("call-start")).toHaveLength(1);
    expect(turns[1]?.history.map(({ text }) => text)).toEqual(["welcome", "main ravi hoon", "answer 1"]);
  });

  it.each(["hello", "haan", "hello hello"])("%j over the greeting brings no second greeting", async (words) => {
    const { brain } = asked("ji bataiye");
    const { of } = await wholeCall(
      [{ interruptAfterMs: 500, say: words }, { waitFor: "agent-silence" }, { pauseMs: 1500 }, { hangUp: true }],
      { brain, greeting: { text: "welcome to the hotel this call is recorded", protected: true } },
    );
    expect(of("reply").filter(({ kind }) => kind === "greeting")).toHaveLength(1);
    expect(of("reply").filter(({ kind }) => kind === "answer").length).toBeLessThanOrEqual(1);
  });

  it("all of a long reply is spoken, and all of it is remembered", async () => {
    const long = Array.from({ length: 12 }, (_, n) => `This is sentence ${n} of a rather long answer.`).join(" ");
    const { turns, brain } = asked(({ turnId }) => (turnId === 1 ? long : "fine"));
    const { report } = await wholeCall(
      [
        { pauseMs: 300 },
        { say: "tell me everything" },
        { waitFor: "agent-silence", timeoutMs: 120_000 },
        { say: "and then" },
        { waitFor: "agent-silence" },
        { hangUp: true },
      ],
      { brain },
    );
    expect(heardText(report)).toBe(`${long} fine`);
    expect(turns.at(-1)?.history.find(({ role }) => role === "agent")?.text).toBe(long);
  });

  it("callers who share a brain do not hear each other's context", async () => {
    const { turns, brain } = asked("yes");
    const script = (words: string) =>
      [{ pauseMs: 300 }, { say: words }, { waitFor: "agent-silence" }, { hangUp: true }] as const;
    await Promise.all([
      wholeCall(script("main ravi hoon"), { brain, ...NO_SPECULATION }),
      wholeCall(script("main sita hoon"), { brain, ...NO_SPECULATION }),
    ]);
    expect(turns.map(({ text, history }) => [text, history])).toEqual([
      ["main ravi hoon", []],
      ["main sita hoon", []],
    ]);
  });

  it("the history is trimmed", async () => {
    const { turns, brain } = asked("yes");
    const say = (words: string) => [{ say: words }, { waitFor: "agent-silence" as const }];
    await wholeCall(
      [{ pauseMs: 300 }, ...say("one"), ...say("two"), ...say("three"), ...say("four"), { hangUp: true }],
      {
        brain,
        ...NO_SPECULATION,
        limits: { historyLines: 4 },
      },
    );
    expect(turns.at(-1)?.history.map(({ text }) => text)).toEqual(["two", "yes", "three", "yes"]);
  });
});
