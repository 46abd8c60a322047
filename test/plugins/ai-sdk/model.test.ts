import { APICallError, LoadAPIKeyError } from "ai";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defineTool } from "../../../src/brain/index.js";
import { aiSdkBrain, aiSdkModel } from "../../../src/plugins/ai-sdk/index.js";
import { loadAiSdk } from "../../../src/plugins/ai-sdk/sdk.js";
import type { BrainPart, ModelPart, ModelRequest } from "../../../src/spec/index.js";
import { createVirtualClock } from "../../../src/testing/index.js";
import { type MockStep, mockModel } from "./mock.js";

await loadAiSdk();

const request = (more: Partial<ModelRequest> = {}): ModelRequest => ({
  instructions: "Be brief.",
  messages: [{ role: "user", text: "hello" }],
  tools: [],
  signal: new AbortController().signal,
  ...more,
});

/** Asks a mocked model once. */
async function ask(steps: readonly MockStep[], more: Partial<ModelRequest> = {}, options: object = {}) {
  const clock = createVirtualClock();
  const mock = mockModel(clock, () => steps);
  const model = aiSdkModel(mock, { clock, ...options });
  const parts: ModelPart[] = [];
  const all = async () => {
    for await (const part of model.doGenerate(request(more))) parts.push(part);
  };
  const thrown = await clock.runUntilSettled(
    all().then(
      () => undefined,
      (error: unknown) => error,
    ),
  );
  return { parts, thrown, asked: mock.doStreamCalls[0], clock, model };
}

describe("a model of the AI SDK", () => {
  it("says its words as they come, what they used, and that it is done", async () => {
    const { parts, model } = await ask(["Namaste, ", { waitMs: 50 }, "ji."]);
    expect([model.name, model.modelId]).toEqual(["mock", "mock-1"]);
    expect(parts).toEqual([
      { type: "text", text: "Namaste, " },
      { type: "text", text: "ji." },
      { type: "usage", inputTokens: 30, outputTokens: 7, cachedInputTokens: 20 },
      { type: "finish", reason: "stop" },
    ]);
  });

  it("is asked with instructions, the conversation, tools without a will of their own, and no retries", async () => {
    const { asked } = await ask(
      ["ok"],
      {
        messages: [
          { role: "user", text: "price?" },
          {
            role: "assistant",
            text: "Let me look.",
            toolCalls: [{ toolCallId: "c1", name: "price", inputText: '{"room":"a"}' }],
          },
          { role: "tool", toolCallId: "c1", name: "price", text: "4500" },
          { role: "user", text: "and b?" },
        ],
        tools: [
          {
            name: "price",
            description: "A price.",
            inputSchema: { type: "object", properties: { room: { type: "string" } } },
          },
        ],
      },
      { maxOutputTokens: 200, temperature: 0.2, providerOptions: { mock: { fast: true } } },
    );
    expect(asked).toMatchObject({
      maxOutputTokens: 200,
      temperature: 0.2,
      providerOptions: { mock: { fast: true } },
      tools: [{ type: "function", name: "price", description: "A price." }],
    });
    expect(asked?.prompt).toMatchObject([
      { role: "system", content: "Be brief." },
      { role: "user", content: [{ type: "text", text: "price?" }] },
      {
        role: "assistant",
        content: [
          { type: "text", text: "Let me look." },
          { type: "tool-call", toolCallId: "c1", toolName: "price", input: { room: "a" } },
        ],
      },
      { role: "tool", content: [{ type: "tool-result", toolCallId: "c1", output: { type: "text", value: "4500" } }] },
      { role: "user", content: [{ type: "text", text: "and b?" }] },
    ]);
  });

  it("tells of calls of tools, whole, and takes its thoughts back with their results", async () => {
    const tools = [{ name: "price", description: "", inputSchema: { type: "object" } }];
    const { parts } = await ask(
      [{ thought: "hm", signature: "sealed" }, "Let me look.", { call: "price", input: '{"room":"a"}' }],
      { tools },
    );
    expect(parts.filter(({ type }) => type === "tool-call")).toEqual([
      { type: "tool-call", toolCallId: "call-1", name: "price", inputText: '{"room":"a"}' },
    ]);
    expect(parts.at(-1)).toEqual({ type: "finish", reason: "tool-calls" });
    const carry = parts.find(({ type }) => type === "carry");
    const messages: ModelRequest["messages"] = [
      { role: "user", text: "price?" },
      {
        role: "assistant",
        text: "Let me look.",
        toolCalls: [{ toolCallId: "call-1", name: "price", inputText: '{"room":"a"}' }],
        carry: carry?.type === "carry" ? JSON.parse(JSON.stringify(carry.value)) : undefined,
      },
      { role: "tool", toolCallId: "call-1", name: "price", text: "4500" },
    ];
    const { asked } = await ask(["ok"], { messages, tools });
    expect(JSON.stringify(asked?.prompt)).toContain('"signature":"sealed"');
    const other = await ask(["ok"], {
      messages: messages.map((each) => ("carry" in each ? { ...each, carry: { aiSdk: "other-model" } } : each)),
      tools,
    });
    expect(JSON.stringify(other.asked?.prompt)).not.toContain("sealed");
  });

  it.each([
    ["length", "length"],
    ["content-filter", "filtered"],
    ["other", "stop"],
  ])("ends by %s: %s", async (finish, reason) => {
    expect((await ask(["a", { finish }])).parts.at(-1)).toEqual({ type: "finish", reason });
  });

  const call = (statusCode: number, message = "no", retryAfter?: string) =>
    new APICallError({
      message,
      url: "https://x",
      requestBodyValues: {},
      statusCode,
      ...(retryAfter !== undefined && { responseHeaders: { "retry-after": retryAfter } }),
    });

  it.each<[string, MockStep, object]>([
    ["a wrong key", { throws: call(401) }, { code: "not-authorised", retryable: false }],
    ["no key", { throws: new LoadAPIKeyError({ message: "key is missing" }) }, { code: "not-authorised" }],
    [
      "too many requests",
      { throws: call(429, "slow down", "120") },
      { code: "overloaded", retryable: true, retryAfterMs: 120_000 },
    ],
    ["no credit", { throws: call(429, "You exceeded your current quota") }, { code: "overloaded", retryable: false }],
    ["a wrong request", { throws: call(400) }, { code: "invalid-request", retryable: false }],
    ["a server's failure", { throws: call(503) }, { code: "provider-failed", retryable: true }],
    ["an error in the stream", { error: new Error("overloaded") }, { code: "provider-failed", retryable: true }],
    ["a stream without an end", { ends: true }, { code: "provider-failed", retryable: true }],
    ["silence", { stall: true }, { code: "provider-timeout", retryable: true }],
    ["an end in an error", { finish: "error" }, { code: "provider-failed" }],
  ])("fails by %s, and prints nothing", async (_what, step, error) => {
    const { thrown, clock } = await ask([step]);
    expect(thrown).toMatchObject({ ...error, provider: "mock", component: "brain" });
    expect(clock.pendingTimers).toBe(0);
  });

  it("gives what came before an error", async () => {
    const { parts, thrown } = await ask(["Our rooms ", { error: new Error("gone") }]);
    expect(parts).toEqual([{ type: "text", text: "Our rooms " }]);
    expect(thrown).toMatchObject({ code: "provider-failed" });
  });

  it("is given up when it stands still in the midst of an answer", async () => {
    const { thrown, clock } = await ask(["Our ", { stall: true }]);
    expect(thrown).toMatchObject({ code: "provider-timeout" });
    expect(clock.now()).toBe(3_000);
  });

  it("throws the reason of an abort, before and in the midst", async () => {
    const early = await ask(["x"], { signal: AbortSignal.abort(new Error("too late")) });
    expect(early.thrown).toMatchObject({ message: "too late" });
    const abort = new AbortController();
    const clock = createVirtualClock();
    const model = aiSdkModel(
      mockModel(clock, () => ["a", { stall: true }]),
      { clock },
    );
    const read = (async () => {
      for await (const part of model.doGenerate(request({ signal: abort.signal })))
        if (part.type === "text") abort.abort(new Error("enough"));
    })();
    await expect(clock.runUntilSettled(read)).rejects.toThrow("enough");
    expect(clock.pendingTimers).toBe(0);
  });
});

describe("a brain of the AI SDK", () => {
  it("runs tools between two answers", async () => {
    const clock = createVirtualClock();
    const price = defineTool({
      name: "price",
      description: "",
      input: z.object({ room: z.string() }),
      run: () => ({ rupees: 4_500 }),
    });
    const mock = mockModel(clock, (_options, count) =>
      count === 1 ? [{ call: "price", input: '{"room":"a"}' }] : ["It is 4,500."],
    );
    const brain = aiSdkBrain(mock, { instructions: "You sell rooms.", tools: [price], clock });
    const parts: BrainPart[] = [];
    const { signal } = new AbortController();
    const turn = {
      call: { callId: "c", direction: "inbound", parameters: {} },
      turnId: 1,
      kind: "caller",
      text: "price?",
      language: "en",
      history: [],
      lateToolResults: [],
      memory: undefined,
    } as const;
    const all = async () => {
      for await (const part of brain.doReply(turn, { signal })) {
        parts.push(part);
        if (part.type === "tool-call") void part.run({ signal });
      }
    };
    await clock.runUntilSettled(all());
    expect(parts.map((part) => (part.type === "text" ? part.text : part.type))).toEqual([
      "usage",
      "tool-call",
      "memory",
      "It is 4,500.",
      "usage",
    ]);
  });
});
