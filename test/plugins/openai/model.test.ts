import OpenAI from "openai";
import { describe, expect, it, vi } from "vitest";
import { BolchaalError } from "../../../src/errors.js";
import { type OpenAiClient, type OpenAiModelOptions, openAiModel } from "../../../src/plugins/openai/index.js";
import type { ModelPart, ModelRequest } from "../../../src/spec/index.js";
import { memoryLogger } from "../../../src/testing/index.js";
import type { OpenAiReply, OpenAiSimulatorOptions } from "../../../src/testing/openai-simulator/http/index.js";
import { createOpenAiSimulator } from "../../../src/testing/openai-simulator/http/index.js";
import { FAULTS, read, simulatedOpenAi } from "./simulated.js";

const request: Omit<ModelRequest, "signal"> = {
  instructions: "You are Asha.",
  messages: [{ role: "user", text: "मेरा order कहाँ है?" }],
  tools: [{ name: "find_order", description: "Finds an order", inputSchema: { type: "object", properties: {} } }],
};

async function ask(
  options: OpenAiSimulatorOptions,
  { signal = new AbortController().signal, ...more }: Partial<ModelRequest> & OpenAiModelOptions = {},
) {
  const simulated = simulatedOpenAi(options);
  const { messages = request.messages, tools = request.tools, ...settings } = more;
  const model = openAiModel({ ...simulated.reach, ...settings });
  const answer = read(model.doGenerate({ ...request, messages, tools, signal }));
  const { items, error } = await simulated.clock.runUntilSettled(answer);
  return { ...simulated, parts: items, error };
}

const textOf = (parts: readonly ModelPart[]) => parts.map((part) => (part.type === "text" ? part.text : "")).join("");
const without = (parts: readonly ModelPart[], type: string) => parts.filter((part) => part.type !== type);

describe.each(["responses", "chat"] as const)("a model of OpenAI over %s", (api) => {
  it("streams words, tells what they used, and ends", async () => {
    const reply: OpenAiReply = {
      text: ["नमस्ते जी, ", "आपका order ", "रास्ते में है। 🙏"],
      usage: { input: 120, output: 9, cached: 64 },
    };
    const { parts, error, simulator } = await ask({ script: () => reply }, { api });
    expect(error).toBeUndefined();
    expect(parts).toEqual([
      { type: "text", text: "नमस्ते जी, " },
      { type: "text", text: "आपका order " },
      { type: "text", text: "रास्ते में है। 🙏" },
      { type: "usage", inputTokens: 120, outputTokens: 9, cachedInputTokens: 64 },
      { type: "finish", reason: "stop" },
    ]);
    expect(simulator.openAnswers).toBe(0);
  });

  it("gives whole calls of tools, two at a time, behind words", async () => {
    const toolCalls = [
      { id: "call_1", name: "find_order", arguments: '{"phone":"+919812345678","भाषा":"हिन्दी"}' },
      { id: "call_2", name: "find_order", arguments: "{not json" },
    ];
    const { parts } = await ask({ script: () => ({ text: ["Ek minute."], toolCalls }) }, { api });
    expect(without(parts, "usage")).toEqual([
      { type: "text", text: "Ek minute." },
      { type: "tool-call", toolCallId: "call_1", name: "find_order", inputText: toolCalls[0]?.arguments },
      { type: "tool-call", toolCallId: "call_2", name: "find_order", inputText: "{not json" },
      { type: "finish", reason: "tool-calls" },
    ]);
  });

  it("sends a conversation with tools that were answered, as OpenAI wants it", async () => {
    const toolCalls = [{ toolCallId: "call_1", name: "find_order", inputText: "{}" }];
    const { error, simulator } = await ask(
      {},
      {
        api,
        messages: [
          { role: "user", text: "Where is it?" },
          { role: "assistant", text: "", toolCalls },
          { role: "tool", toolCallId: "call_1", name: "find_order", text: '{"at":"Pune"}' },
          { role: "assistant", text: "In Pune." },
          { role: "user", text: "Since when?" },
        ],
      },
    );
    expect(error).toBeUndefined();
    expect(simulator.requests).toHaveLength(1);
    expect(simulator.requests[0]?.body).toMatchObject(
      api === "responses"
        ? {
            model: "gpt-6-luna",
            stream: true,
            store: false,
            instructions: "You are Asha.",
            include: ["reasoning.encrypted_content"],
            input: [
              { role: "user", content: "Where is it?" },
              { type: "function_call", call_id: "call_1", name: "find_order", arguments: "{}" },
              { type: "function_call_output", call_id: "call_1", output: '{"at":"Pune"}' },
              { role: "assistant", content: "In Pune." },
              { role: "user", content: "Since when?" },
            ],
          }
        : {
            model: "gpt-6-luna",
            stream_options: { include_usage: true },
            messages: [
              { role: "system", content: "You are Asha." },
              { role: "user", content: "Where is it?" },
              { role: "assistant", content: null, tool_calls: [{ id: "call_1", type: "function" }] },
              { role: "tool", tool_call_id: "call_1", content: '{"at":"Pune"}' },
              { role: "assistant", content: "In Pune." },
              { role: "user", content: "Since when?" },
            ],
          },
    );
  });

  it("speaks a refusal", async () => {
    const { parts } = await ask({ script: () => ({ refusal: "I cannot help with that." }) }, { api });
    expect(textOf(parts)).toBe("I cannot help with that.");
    expect(parts.at(-1)).toEqual({ type: "finish", reason: "stop" });
  });

  it.each([
    ["length", "length"],
    ["filtered", "filtered"],
  ] as const)("tells that an answer was cut: %s", async (cut, reason) => {
    const { parts } = await ask({ script: () => ({ text: ["Half"], cut }) }, { api });
    expect(parts.at(-1)).toEqual({ type: "finish", reason });
  });

  it.each([
    ["server_error", "provider-failed", true],
    ["rate_limit_exceeded", "overloaded", true],
    ["insufficient_quota", "overloaded", false],
  ])("throws an error in the midst of the stream: %s", async (code, expected, retryable) => {
    const { parts, error } = await ask({ script: () => ({ text: ["Ji"], error: { code, message: "Oh." } }) }, { api });
    expect(textOf(parts)).toBe("Ji");
    expect(error).toMatchObject({ code: expected, retryable, provider: "openai", component: "brain" });
  });

  it.each(FAULTS)("tells of a provider that fails: %j", async (fault, code, retryable) => {
    const { error, clock, simulator } = await ask({ fault: () => fault }, { api });
    expect(BolchaalError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ code, retryable, retryAfterMs: "retryAfterS" in fault ? 120_000 : undefined });
    expect(clock.now()).toBeLessThanOrEqual(4_000);
    expect(clock.pendingTimers).toBe(0);
    expect(simulator.openAnswers).toBe(0);
  });

  it("gives up garbage in the midst", async () => {
    const { error } = await ask({ fault: () => ({ type: "garbage", afterMessages: 1 }) }, { api });
    expect(error).toMatchObject({ code: "provider-failed", retryable: true });
  });

  it("bears a trickle, and gives up one that is too slow", async () => {
    const borne = await ask({ fault: () => ({ type: "slow", everyMs: 700 }) }, { api });
    expect(borne.error).toBeUndefined();
    expect(textOf(borne.parts)).toBe("Namaste, how may I help?");
    const late = await ask({ fault: () => ({ type: "slow", everyMs: 4_100 }) }, { api });
    expect(late.error).toMatchObject({ code: "provider-timeout" });
    expect(late.clock.now()).toBe(4_000);
  });

  it("counts the wait for the first words and for the next by timers of its own", async () => {
    const limits = { firstPartTimeoutMs: 1_500, idleTimeoutMs: 700 };
    const first = await ask({ fault: () => ({ type: "body-stall", afterMessages: 1 }) }, { api, ...limits });
    expect(first.clock.now()).toBe(1_500);
    const idle = await ask(
      { fault: () => ({ type: "body-stall", afterMessages: api === "chat" ? 3 : 5 }) },
      { api, ...limits },
    );
    expect(textOf(idle.parts)).not.toBe("");
    expect(idle.clock.now()).toBe(700);
  });

  it("throws the reason when aborted in the midst, and lets go of the answer", async () => {
    const { simulator, clock, reach } = simulatedOpenAi({ fault: () => ({ type: "slow", everyMs: 100 }) });
    const abort = new AbortController();
    const answer = read(openAiModel({ ...reach, api }).doGenerate({ ...request, signal: abort.signal }));
    await clock.advance(250);
    expect(simulator.openAnswers).toBe(1);
    const reason = new Error("barge-in");
    abort.abort(reason);
    const { error } = await clock.runUntilSettled(answer);
    expect(error).toBe(reason);
    await clock.advance(0);
    expect(simulator.openAnswers).toBe(0);
    expect(clock.pendingTimers).toBe(0);
  });

  it("asks nothing when aborted before", async () => {
    const reason = new Error("gone");
    const { error, simulator } = await ask({}, { api, signal: AbortSignal.abort(reason) });
    expect(error).toBe(reason);
    expect(simulator.requests).toEqual([]);
  });

  it("works over a real socket, with an app's own client too", async () => {
    const simulator = createOpenAiSimulator();
    const { baseUrl, close } = await simulator.listen();
    try {
      const client: OpenAiClient = new OpenAI({ apiKey: "test-key", baseURL: baseUrl });
      const { signal } = new AbortController();
      for (const options of [{ baseUrl, apiKey: "test-key" }, { client }]) {
        const { items, error } = await read(openAiModel({ ...options, api }).doGenerate({ ...request, signal }));
        expect(error).toBeUndefined();
        expect(textOf(items)).toBe("Namaste, how may I help?");
      }
    } finally {
      await close();
    }
  });
});

describe("reasoning", () => {
  const toolCalls = [{ id: "call_1", name: "find_order", arguments: "{}" }];
  const thinking: OpenAiReply = { reasoning: true, toolCalls };
  const follow = (carry: unknown): ModelRequest["messages"] => [
    ...request.messages,
    {
      role: "assistant",
      text: "",
      toolCalls: [{ toolCallId: "call_1", name: "find_order", inputText: "{}" }],
      ...(carry !== undefined && { carry }),
    },
    { role: "tool", toolCallId: "call_1", name: "find_order", text: "{}" },
  ];
  const carryOf = (parts: readonly ModelPart[]) => {
    const carry = parts.find((part) => part.type === "carry");
    return JSON.parse(JSON.stringify(carry?.type === "carry" ? carry.value : null)) as unknown;
  };

  it("goes back sealed, before the call it led to", async () => {
    const { parts } = await ask({ script: () => thinking });
    const { error, simulator } = await ask({}, { messages: follow(carryOf(parts)) });
    expect(error).toBeUndefined();
    const input = simulator.requests[0]?.body.input as { type?: string }[] | undefined;
    expect(input?.map(({ type }) => type)).toEqual([undefined, "reasoning", "function_call", "function_call_output"]);
  });

  it.each([
    ["of another model", (carry: unknown) => ({ ...(carry as object), openai: "gpt-5" })],
    ["that is none", () => ({ thoughts: "no" })],
  ])("%s stays behind", async (_, change) => {
    const { parts } = await ask({ script: () => thinking });
    const { error, simulator } = await ask({}, { messages: follow(change(carryOf(parts))) });
    expect(error).toBeUndefined();
    expect(JSON.stringify(simulator.requests[0]?.body)).not.toContain("sealed");
  });
});

describe("who is called", () => {
  it("is OpenAI over Responses, another address over chat, to which OpenAI's key does not go", async () => {
    vi.stubEnv("OPENAI_API_KEY", "secret-of-openai");
    const { simulator, clock } = simulatedOpenAi({ apiKey: "none" });
    const model = openAiModel({
      baseUrl: "http://ollama.local/v1",
      model: "gpt-oss",
      network: simulator.network(clock),
    });
    const { signal } = new AbortController();
    const { error } = await clock.runUntilSettled(read(model.doGenerate({ ...request, signal })));
    vi.unstubAllEnvs();
    expect(error).toBeUndefined();
    expect(simulator.requests[0]?.path).toBe("/v1/chat/completions");
    expect(simulator.requests[0]?.headers.authorization).toBe("Bearer none");
  });

  it("needs a key at OpenAI", () => {
    vi.stubEnv("OPENAI_API_KEY", "");
    expect(() => openAiModel()).toThrow(/OPENAI_API_KEY/);
    vi.unstubAllEnvs();
  });

  it("is warned of when near its end, once, with the day", () => {
    const logger = memoryLogger();
    openAiModel({ apiKey: "k", model: "gpt-4o-mini", logger, today: new Date("2026-11-23") });
    openAiModel({ apiKey: "k", logger, today: new Date("2026-11-23") });
    expect(logger.lines).toHaveLength(1);
    expect(JSON.stringify(logger.lines[0])).toContain("OpenAI shuts gpt-4o-mini down on 2027-01-14. Use gpt-6-luna.");
  });
});

describe("over a real socket", () => {
  it.each(FAULTS)("tells of a provider that fails: %j", async (fault, code, retryable) => {
    const simulator = createOpenAiSimulator({ fault: () => fault });
    const { baseUrl, close } = await simulator.listen();
    try {
      const limits = { firstPartTimeoutMs: 150, idleTimeoutMs: 150 };
      const model = openAiModel({ baseUrl, apiKey: "test-key", ...limits });
      const { signal } = new AbortController();
      const { error } = await read(model.doGenerate({ ...request, signal }));
      expect(error).toMatchObject({ code, retryable });
      await vi.waitFor(() => expect(simulator.openAnswers).toBe(0));
    } finally {
      await close();
    }
  });
});
