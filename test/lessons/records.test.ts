import { describe, expect, it } from "vitest";
import { callIntent } from "../../src/language/index.js";
import { wholeCall } from "../session/whole-call.js";

const TALK = [{ pauseMs: 300 }, { say: "one two three" }, { waitFor: "agent-silence" }, { hangUp: true }] as const;

describe("what is told of a call", () => {
  it("lines have an order, a speaker and a number of their own: nothing is told twice", async () => {
    const { events } = await wholeCall(TALK, { greeting: "welcome" });
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1));
    expect(new Set(events.map(({ callId }) => callId)).size).toBe(1);
    const lines = events.flatMap((event) =>
      event.type === "turn-end"
        ? [`caller: ${event.text}`]
        : event.type === "reply"
          ? [`agent: ${event.heardText}`]
          : [],
    );
    expect(lines).toEqual([
      "agent: welcome",
      "caller: one two three",
      "agent: you said one two three and I answer that at some length now",
    ]);
  });

  it("the end, its reason and the call's length are told once, in one place", async () => {
    const { of, events } = await wholeCall(TALK);
    expect(of("call-end")).toHaveLength(1);
    const [start, end] = [of("call-start")[0], of("call-end")[0]];
    expect(end?.durationMs).toBe((end?.atMs ?? 0) - (start?.atMs ?? 0));
    expect(events.at(-1)?.type).toBe("call-end");
  });

  it("each call keeps its own memory", async () => {
    const brain = async function* ({ text, memory }: { readonly text: string; readonly memory: unknown }) {
      yield `${String(memory ?? "nothing")} then ${text}`;
      yield { type: "memory" as const, value: text };
    };
    const script = (words: string) =>
      [
        { pauseMs: 300 },
        { say: words },
        { waitFor: "agent-silence" as const },
        { say: "again" },
        { waitFor: "agent-silence" as const },
        { hangUp: true as const },
      ] as const;
    const calls = await Promise.all([wholeCall(script("alpha"), { brain }), wholeCall(script("beta"), { brain })]);
    expect(calls.map(({ of }) => of("reply").map(({ text }) => text))).toEqual([
      ["nothing then alpha", "alpha then again"],
      ["nothing then beta", "beta then again"],
    ]);
  });

  it.each(["I want to book a hotel", "mujhe hotel chahiye", "I think it's great", "my decision is yes"])(
    "%j wants nothing of the call itself",
    (words) => {
      expect(callIntent(words)).toBeUndefined();
    },
  );
});
