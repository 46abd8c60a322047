import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  defineTool,
  endCallTool,
  type ModelBrainOptions,
  modelBrain,
  scheduleCallbackTool,
  sendDigitsTool,
  switchLanguageTool,
  transferTool,
} from "../../src/brain/index.js";
import type { BrainPart, BrainTurn, HistoryEntry, ToolContext } from "../../src/spec/index.js";
import { createVirtualClock, type ScriptedModelStep, scriptedModel } from "../../src/testing/index.js";

const call = { callId: "c", direction: "inbound", parameters: {} } as const;
const turn = (more: Partial<BrainTurn> = {}): BrainTurn => ({
  call,
  turnId: 1,
  kind: "caller",
  text: "hello",
  language: "en",
  history: [],
  lateToolResults: [],
  memory: undefined,
  ...more,
});

/** Asks a brain of a scripted model, and runs its tools as a session does. */
async function ask(
  answers: readonly (string | readonly ScriptedModelStep[])[],
  options: Partial<ModelBrainOptions> = {},
  asked: Partial<BrainTurn> = {},
  clock = createVirtualClock(),
) {
  const model = scriptedModel(answers, { clock });
  const brain = modelBrain(model, { instructions: "You sell rooms.", clock, ...options });
  const { signal } = new AbortController();
  const parts: BrainPart[] = [];
  const outcomes: unknown[] = [];
  const told = async () => {
    for await (const part of brain.doReply(turn(asked), { signal })) {
      parts.push(part.type === "text" ? ({ ...part, atMs: clock.now() } as BrainPart) : part);
      if (part.type === "tool-call")
        Promise.resolve(part.run({ signal })).then(
          (output) => outcomes.push(output),
          (error) => outcomes.push(error),
        );
    }
  };
  const thrown = await clock.runUntilSettled(
    told().then(
      () => undefined,
      (error: unknown) => error,
    ),
  );
  const text = parts.map((part) => (part.type === "text" ? part.text : "")).join("");
  const memory = parts.findLast((part) => part.type === "memory")?.value;
  return { parts, text, memory, outcomes, thrown, requests: model.requests, clock };
}

const price = defineTool({
  name: "price",
  description: "What a room costs.",
  input: z.object({ room: z.string() }),
  run: ({ room }) => ({ room, rupees: 4500 }),
  sideEffect: false,
});

describe("modelBrain", () => {
  it("speaks what the model says as it comes", async () => {
    const { parts, requests } = await ask([["Our ", { waitMs: 50 }, "rooms."]]);
    expect(parts).toEqual([
      { type: "text", text: "Our ", atMs: 0 },
      { type: "text", text: "rooms.", atMs: 50 },
    ]);
    expect(requests).toMatchObject([{ messages: [{ role: "user", text: "hello" }], tools: [] }]);
  });

  it.each([
    ["en", "Speak English"],
    ["hi", "Speak Hindi, everyday spoken Hindi in Devanagari"],
    ["hi-en", "Speak Hinglish"],
  ] as const)("tells the model how to speak %s on the phone", async (language, words) => {
    const { requests } = await ask(["ok"], {}, { language });
    expect(requests[0]?.instructions).toMatch(/^You sell rooms\.\n\nYou are on a phone call/);
    expect(requests[0]?.instructions).toContain(words);
  });

  it("takes instructions that depend on the turn", async () => {
    const { requests } = await ask(["ok"], { instructions: ({ call: { callId } }) => `Call ${callId}.` });
    expect(requests[0]?.instructions).toMatch(/^Call c\.\n/);
  });

  it("tells what was used", async () => {
    const usage = { type: "usage", inputTokens: 90, outputTokens: 7, cachedInputTokens: 64 } as const;
    const { parts } = await ask([["ok", usage]]);
    expect(parts[1]).toEqual({ ...usage, provider: "scripted", model: "scripted-1" });
  });

  it.each([[[""]], [["  "]], [[[{ type: "finish", reason: "filtered" } as const]]]])(
    "fails rather than be silent: %j",
    async (answers) => {
      const { thrown } = await ask(answers);
      expect(thrown).toMatchObject({ code: "provider-failed", retryable: true });
    },
  );

  it("refuses two tools of one name", () => {
    expect(() => modelBrain(scriptedModel(["x"]), { instructions: "", tools: [price, price] })).toThrow(
      /Two tools are called price/,
    );
  });
});

describe("the tools of a model's brain", () => {
  const tools = [price];

  it("run when the model calls, and their results go back to it", async () => {
    const { text, requests, outcomes, memory } = await ask(
      [["Let me look.", { call: "price", input: { room: "sea" } }], "It is 4,500."],
      { tools },
    );
    expect(text).toBe("Let me look.It is 4,500.");
    expect(outcomes).toEqual([{ room: "sea", rupees: 4500 }]);
    expect(requests[1]?.messages.slice(1)).toEqual([
      {
        role: "assistant",
        text: "Let me look.",
        toolCalls: [{ toolCallId: "call-1-1", name: "price", inputText: '{"room":"sea"}' }],
      },
      { role: "tool", toolCallId: "call-1-1", name: "price", text: '{"room":"sea","rupees":4500}' },
    ]);
    const next = await ask(
      ["ok"],
      { tools },
      { turnId: 2, memory, history: [line("caller", 1, "price?"), line("agent", 1, text)] },
    );
    expect(next.requests[0]?.messages.map(({ role }) => role)).toEqual([
      "user",
      "assistant",
      "tool",
      "assistant",
      "user",
    ]);
  });

  it("run at the same time when called together, and settle once each, in the order of the calls", async () => {
    const clock = createVirtualClock();
    const afterMs = (name: string, delayMs: number) =>
      defineTool({
        name,
        description: "",
        run: () => new Promise((done) => clock.setTimer(() => done(`${name} at ${clock.now()}`), delayMs)),
      });
    const { requests, outcomes } = await ask(
      [[{ call: "slow" }, { call: "quick" }, { call: "slow" }], "ok"],
      { tools: [afterMs("slow", 300), afterMs("quick", 100)] },
      {},
      clock,
    );
    expect(outcomes).toEqual(["quick at 100", "slow at 300", "slow at 300"]);
    expect(requests[1]?.messages.slice(2).map((message) => [message.role, message.text])).toEqual([
      ["tool", "slow at 300"],
      ["tool", "quick at 100"],
      ["tool", "slow at 300"],
    ]);
  });

  it.each([
    ["an input that is wrong", [{ call: "price", input: { room: 3 } }], /input is wrong \(room: .*Ask the caller/],
    ["no such tool", [{ call: "fly" }], /there is no such tool/],
    ["no JSON", [{ type: "tool-call", toolCallId: "x", name: "price", inputText: "{room" }], /its input is no JSON/],
  ] as const)("tell the model of %s, in words", async (_what, calls, words) => {
    const { text, requests, outcomes } = await ask([[...calls], "Which room?"], { tools });
    expect(text).toBe("Which room?");
    expect(requests[1]?.messages.at(-1)).toMatchObject({ role: "tool", text: expect.stringMatching(words) });
    expect(outcomes[0]).toMatchObject({ code: "provider-failed" });
  });

  it("tell the model what they threw", async () => {
    const full = defineTool({
      name: "book",
      description: "",
      run() {
        throw new Error("no rooms left");
      },
    });
    const { requests } = await ask([[{ call: "book" }], "Sorry."], { tools: [full] });
    expect(requests[1]?.messages.at(-1)).toMatchObject({
      text: "Error: The tool book was not run to its end: it failed: no rooms left",
    });
  });

  it.each([
    [true, /may still be done: do not call it again/],
    [false, /Go on without it/],
  ])("that take too long are given up (side effect: %s)", async (sideEffect, words) => {
    let aborted: unknown;
    const stuck = defineTool({
      name: "book",
      description: "",
      sideEffect,
      timeoutMs: 2_500,
      run: (_input, { signal }) => new Promise(() => signal.addEventListener("abort", () => (aborted = signal.reason))),
    });
    const { requests, clock, outcomes } = await ask([[{ call: "book" }], "Sorry."], { tools: [stuck] });
    expect(requests[1]?.messages.at(-1)).toMatchObject({ text: expect.stringMatching(words) });
    expect(outcomes[0]).toMatchObject({ code: "provider-timeout" });
    expect(aborted).toBe(outcomes[0]);
    expect(clock.now()).toBe(2_500);
  });

  it("say what the caller is to hear when they take long", async () => {
    const tool = (filler: string | false | undefined) =>
      defineTool({ name: "book", description: "", run: () => "ok", ...(filler === undefined ? {} : { filler }) });
    const filler = async (own: string | false | undefined) =>
      (await ask([[{ call: "book" }], "Done."], { tools: [tool(own)] })).parts.find(({ type }) => type === "tool-call");
    expect(await filler("Booking it now.")).toMatchObject({ filler: "Booking it now." });
    expect(await filler(false)).toMatchObject({ filler: false });
    expect(await filler(undefined)).not.toHaveProperty("filler");
  });

  it("are taken away from a model that never stops calling", async () => {
    const { requests, thrown } = await ask([[{ call: "price", input: { room: "a" } }]], { tools, maxToolRounds: 2 });
    expect(requests).toHaveLength(3);
    expect(requests[2]?.messages.at(-1)).toEqual({
      role: "user",
      text: "[No more tools for this answer: speak to the caller now.]",
    });
    expect(thrown).toMatchObject({
      code: "provider-failed",
      message: expect.stringContaining("wanted tools without end"),
    });
  });

  it("get back what the model wants carried", async () => {
    const { requests } = await ask(
      [
        [
          { type: "carry", value: { sealed: "x" } },
          { call: "price", input: { room: "a" } },
        ],
        "ok",
      ],
      { tools },
    );
    expect(requests[1]?.messages[1]).toMatchObject({ role: "assistant", carry: { sealed: "x" } });
  });
});

describe("built-in tools", () => {
  it("end the call behind the last words", async () => {
    const { parts, thrown } = await ask([["Goodbye!", { call: "end_call" }], "Bye."], { tools: [endCallTool()] });
    expect(parts.at(-1)).toEqual({ type: "end-call" });
    expect(thrown).toBeUndefined();
  });

  it("switch the language, of the call and of the words that follow", async () => {
    const { parts } = await ask([[{ call: "switch_language", input: { language: "hi" } }], "ज़रूर।"], {
      tools: [switchLanguageTool()],
    });
    expect(parts.map(({ type }) => type)).toEqual(["tool-call", "memory", "switch-language", "language", "text"]);
  });

  const context = { signal: new AbortController().signal } as ToolContext;
  const given = async (tool: ReturnType<typeof endCallTool>, value: unknown) => {
    const checked = await tool.check(value);
    return checked.ok ? tool.run(checked.input, context) : checked.wrong;
  };

  it("transfer to whom the app names", async () => {
    const transfer = ({ to, destination, summary }: { to: string; destination: string; summary: string }) => [
      to,
      destination,
      summary,
    ];
    const tool = transferTool({ destinations: { sales: "+911140000000" }, transfer });
    expect(await given(tool, { destination: "sales", summary: "Wants a room." })).toEqual([
      "+911140000000",
      "sales",
      "Wants a room.",
    ]);
    expect(await given(tool, { destination: "+1900", summary: "x" })).toMatch(/destination/);
  });

  it("send digits, and no others", async () => {
    const tool = sendDigitsTool({ send: (digits) => digits });
    expect(await given(tool, { digits: "1w23#" })).toBe("1w23#");
    expect(await given(tool, { digits: "call" })).toMatch(/digits/);
  });

  it("schedule a callback in the future", async () => {
    const noted: unknown[] = [];
    const now = () => new Date("2026-11-23T10:00:00Z");
    const tool = scheduleCallbackTool({ schedule: (callback) => void noted.push(callback), now });
    expect(await given(tool, { at: "2026-11-24T17:30:00+05:30", reason: "price" })).toBe(
      "Noted: the callback is at 2026-11-24T17:30:00+05:30.",
    );
    expect(noted).toEqual([{ at: new Date("2026-11-24T12:00:00Z"), reason: "price" }]);
    await expect(given(tool, { at: "2026-11-22T17:30:00+05:30", reason: "price" })).rejects.toThrow(
      /in the past; it is 2026-11-23T10/,
    );
    expect(await given(tool, { at: "tomorrow", reason: "price" })).toMatch(/at: /);
  });
});

const line = (role: "caller" | "agent", turnId: number, text: string): HistoryEntry => ({
  role,
  turnId,
  text,
  language: "en",
});
const long = (turns: number) =>
  Array.from({ length: turns }, (_, index) => [
    line("caller", index + 1, `question ${index + 1}`),
    line("agent", index + 1, `answer ${index + 1}`),
  ]).flat();

describe("a summary of older turns", () => {
  const summary = { afterTurns: 4, keepTurns: 2 };
  const answer = (instructions: string, messages: readonly { text: string }[]) =>
    instructions.startsWith("You keep notes")
      ? [`Notes on ${messages[0]?.text.match(/question/g)?.length} turns.`]
      : ["ok"];

  async function asked(history: readonly HistoryEntry[], memory?: unknown, delayMs = 0) {
    const clock = createVirtualClock();
    const model = scriptedModel(
      ({ instructions, messages }) => [
        ...(instructions.startsWith("You keep notes") ? [{ waitMs: delayMs }] : []),
        ...answer(instructions, messages),
      ],
      { clock },
    );
    const brain = modelBrain(model, { instructions: "x", summary, clock });
    const parts: BrainPart[] = [];
    const all = async () => {
      for await (const part of brain.doReply(turn({ turnId: 99, history, memory }), new AbortController()))
        parts.push(part);
    };
    await clock.runUntilSettled(all());
    return { parts, requests: model.requests, clock };
  }

  it("is made beside the answer, once there are enough, and told from then on", async () => {
    const first = await asked(long(5));
    const memory = first.parts.findLast((part) => part.type === "memory")?.value;
    expect(memory).toEqual({ toolRounds: {}, summary: { throughTurnId: 3, text: "Notes on 3 turns." } });
    expect(first.requests).toHaveLength(2);
    const next = await asked(long(5), memory);
    expect(next.requests).toHaveLength(1);
    expect(next.requests[0]?.instructions).toContain("What was said before, in short:\nNotes on 3 turns.");
    expect(next.requests[0]?.messages.map(({ text }) => text)).toEqual([
      "question 4",
      "answer 4",
      "question 5",
      "answer 5",
      "hello",
    ]);
  });

  it("is not made of few turns, and never holds the answer up for long", async () => {
    expect((await asked(long(4))).requests).toHaveLength(1);
    const late = await asked(long(5), undefined, 60_000);
    expect(late.parts).toMatchObject([{ type: "text", text: "ok" }]);
    expect(late.clock.now()).toBe(1_000);
  });
});
