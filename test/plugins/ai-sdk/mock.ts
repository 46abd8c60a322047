import { MockLanguageModelV3 } from "ai/test";
import { wait } from "../../../src/async.js";
import type { Clock } from "../../../src/spec/index.js";

/** What a mocked model of the AI SDK does: words, calls of tools, thoughts, waits, errors. */
export type MockStep =
  | string
  | { readonly call: string; readonly input: string }
  | { readonly thought: string; readonly signature: string }
  | { readonly waitMs: number }
  | { readonly stall: true }
  | { readonly error: unknown }
  | { readonly throws: unknown }
  | { readonly ends: true }
  | { readonly finish: string };

type Options = Parameters<MockLanguageModelV3["doStream"]>[0];

/** A model of the AI SDK for tests; `doStreamCalls` tells what it was asked. */
export function mockModel(clock: Clock, steps: (options: Options, count: number) => readonly MockStep[]) {
  let count = 0;
  return new MockLanguageModelV3({
    provider: "mock.chat",
    modelId: "mock-1",
    async doStream(options) {
      count += 1;
      const all = steps(options, count);
      const [first] = all;
      if (typeof first === "object" && "throws" in first) throw first.throws;
      const parts = partsOf(all, clock, options.abortSignal ?? new AbortController().signal);
      return {
        stream: new ReadableStream({
          async pull(controller) {
            try {
              const next = await parts.next();
              if (next.done === true) controller.close();
              else controller.enqueue(next.value as never);
            } catch (error) {
              controller.error(error);
            }
          },
        }),
      };
    },
  });
}

async function* partsOf(steps: readonly MockStep[], clock: Clock, signal: AbortSignal): AsyncGenerator<object> {
  yield { type: "stream-start", warnings: [] };
  let calls = 0;
  let text = false;
  let reason: string | undefined;
  for (const step of steps) {
    if (typeof step === "string") {
      if (!text) yield { type: "text-start", id: "t" };
      text = true;
      yield { type: "text-delta", id: "t", delta: step };
    } else if ("thought" in step) {
      const providerMetadata = { mock: { signature: step.signature } };
      yield { type: "reasoning-start", id: "r" };
      yield { type: "reasoning-delta", id: "r", delta: step.thought };
      yield { type: "reasoning-end", id: "r", providerMetadata };
    } else if ("call" in step) {
      calls += 1;
      yield { type: "tool-call", toolCallId: `call-${calls}`, toolName: step.call, input: step.input };
    } else if ("waitMs" in step) await wait(clock, step.waitMs, signal);
    else if ("stall" in step)
      await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    else if ("error" in step) yield { type: "error", error: step.error };
    else if ("ends" in step) return;
    else if ("finish" in step) reason = step.finish;
  }
  if (text) yield { type: "text-end", id: "t" };
  yield {
    type: "finish",
    finishReason: { unified: reason ?? (calls > 0 ? "tool-calls" : "stop"), raw: undefined },
    usage: {
      inputTokens: { total: 30, noCache: 10, cacheRead: 20, cacheWrite: 0 },
      outputTokens: { total: 7, text: 7, reasoning: 0 },
    },
  };
}
