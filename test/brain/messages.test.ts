import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NO_MEMORY, readMemory, withToolRound } from "../../src/brain/memory.js";
import { messagesOf, pastTurns, withinLimits } from "../../src/brain/messages.js";
import type { BrainTurn, HistoryEntry } from "../../src/spec/index.js";

const caller = (turnId: number, text: string): HistoryEntry => ({ role: "caller", turnId, text, language: "en" });
const agent = (turnId: number, text: string, interrupted = false): HistoryEntry => ({
  role: "agent",
  turnId,
  text,
  language: "en",
  ...(interrupted ? { interrupted: true } : {}),
});
const turn = (more: Partial<BrainTurn> = {}): BrainTurn => ({
  call: { callId: "c", direction: "inbound", parameters: {} },
  turnId: 9,
  kind: "caller",
  text: "and with breakfast?",
  language: "en",
  history: [],
  lateToolResults: [],
  memory: undefined,
  ...more,
});
const round = {
  text: "Let me look.",
  calls: [{ toolCallId: "t1", name: "price", inputText: '{"room":"sea"}' }],
  results: [{ toolCallId: "t1", name: "price", text: "4500" }],
};
const tell = (history: readonly HistoryEntry[], more: Partial<BrainTurn> = {}, memory = NO_MEMORY) =>
  messagesOf(pastTurns(history, memory), turn(more));

describe("what a model is told", () => {
  it("is what was heard, in order, and what the caller says now", () => {
    const history = [agent(0, "Namaste!"), caller(1, "hello"), agent(1, "How can I help?")];
    expect(tell(history)).toEqual([
      { role: "user", text: "[The call begins.]" },
      { role: "assistant", text: "Namaste!" },
      { role: "user", text: "hello" },
      { role: "assistant", text: "How can I help?" },
      { role: "user", text: "and with breakfast?" },
    ]);
  });

  it("has the tools of a turn between the caller's words and the answer", () => {
    const memory = withToolRound(NO_MEMORY, 1, round);
    expect(tell([caller(1, "what is it?"), agent(1, "Let me look. It is 4,500.")], {}, memory)).toEqual([
      { role: "user", text: "what is it?" },
      { role: "assistant", text: "", toolCalls: round.calls },
      { role: "tool", toolCallId: "t1", name: "price", text: "4500" },
      { role: "assistant", text: "Let me look. It is 4,500." },
      { role: "user", text: "and with breakfast?" },
    ]);
  });

  it("says beside the caller's words what the session knows", () => {
    const lateToolResults = [{ toolCallId: "t", name: "book", output: { id: 7 } }];
    const history = [caller(1, "hi"), agent(1, "Our rooms are", true)];
    expect(tell(history, { lateToolResults, intent: "human", text: "stop" }).at(-1)).toEqual({
      role: "user",
      text: '[The caller interrupted you.]\n[The tool book has given meanwhile: {"id":7}]\n[The caller wants to talk to a person.]\nstop',
    });
  });

  it.each([
    ["greeting", "[The call has just begun. Greet the caller.]"],
    ["not-understood", "[The caller spoke, but nothing could be understood. Ask them to say it again.]"],
  ] as const)("has a note for a turn of kind %s", (kind, text) => {
    expect(tell([], { kind, text: "" })).toEqual([{ role: "user", text }]);
  });
});

describe("what fits", () => {
  const past = (lengths: readonly number[]) =>
    pastTurns(
      lengths.map((length, index) => caller(index + 1, "x".repeat(length))),
      NO_MEMORY,
    );
  const ids = (lengths: readonly number[], turns: number, characters: number) =>
    withinLimits(past(lengths), { turns, characters }).map(({ turnId }) => turnId);

  it.each([
    [[10, 10, 10], 2, 1000, [2, 3]],
    [[10, 10, 10], 9, 25, [2, 3]],
    [[10, 10, 10], 9, 30, [1, 2, 3]],
    [[10, 900], 9, 100, [2]],
    [[900, 10, 10], 9, 100, [2, 3]],
    [[], 9, 100, []],
  ])("of turns of %j characters, at most %i and %i characters, is %j", (lengths, turns, characters, expected) => {
    expect(ids(lengths, turns, characters)).toEqual(expected);
  });

  it("counts what tools gave, and never cuts a turn apart", () => {
    const memory = withToolRound(NO_MEMORY, 1, {
      ...round,
      results: [{ toolCallId: "t1", name: "p", text: "y".repeat(500) }],
    });
    const history = [caller(1, "a"), agent(1, "b"), caller(2, "c"), agent(2, "d")];
    const kept = withinLimits(pastTurns(history, memory), { turns: 9, characters: 100 });
    expect(kept.map(({ turnId, lines }) => [turnId, lines.length])).toEqual([[2, 2]]);
  });

  it("is the newest turns, without a gap, and within the limits", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(50), { maxLength: 20 }),
        fc.integer({ min: 1, max: 12 }),
        fc.nat(200),
        (lengths, turns, characters) => {
          const kept = ids(lengths, turns, characters);
          const all = lengths.map((_, index) => index + 1);
          expect(kept).toEqual(all.slice(all.length - kept.length));
          expect(kept.length).toBeLessThanOrEqual(turns);
          if (kept.length > 1)
            expect(kept.reduce((sum, id) => sum + (lengths[id - 1] ?? 0), 0)).toBeLessThanOrEqual(characters);
          if (lengths.length > 0) expect(kept.length).toBeGreaterThan(0);
        },
      ),
    );
  });
});

describe("a model's memory", () => {
  it("comes back from JSON as it was", () => {
    const memory = { ...withToolRound(NO_MEMORY, 3, round), summary: { throughTurnId: 2, text: "Wants a room." } };
    expect(readMemory(JSON.parse(JSON.stringify(memory)))).toEqual(memory);
  });

  it.each([undefined, null, 4, { asked: ["name"] }, { toolRounds: { 1: "x" } }])(
    "of another brain, %j, is none",
    (value) => {
      expect(readMemory(value)).toEqual(NO_MEMORY);
    },
  );
});
