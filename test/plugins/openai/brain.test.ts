import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defineTool } from "../../../src/brain/index.js";
import { openAiBrain } from "../../../src/plugins/openai/index.js";
import type { BrainPart, BrainTurn } from "../../../src/spec/index.js";
import { brainConformance } from "../../../src/testing/index.js";
import {
  createOpenAiSimulator,
  type ListeningOpenAiSimulator,
} from "../../../src/testing/openai-simulator/http/index.js";
import { simulatedOpenAi } from "./simulated.js";

const turn: BrainTurn = {
  call: { callId: "c1", direction: "inbound", parameters: {} },
  turnId: 1,
  kind: "caller",
  text: "Mera order kahan hai?",
  language: "hi-en",
  history: [],
  lateToolResults: [],
  memory: undefined,
};

describe("a brain of OpenAI", () => {
  describe("conforms", () => {
    let server: ListeningOpenAiSimulator;
    const suite = brainConformance({
      create: async () => {
        server = await createOpenAiSimulator().listen();
        return openAiBrain({ apiKey: "test-key", baseUrl: server.baseUrl, instructions: "You are Asha." });
      },
      destroy: () => server.close(),
      timeoutMs: 5_000,
      text: "what is the price",
    });
    it.each(suite.map(({ name, run }) => [name, run] as const))("%s", (_, run) => run());
  });

  it.each(["responses", "chat"] as const)("asks a tool and goes on with what it gave, over %s", async (api) => {
    const { simulator, clock, reach } = simulatedOpenAi({
      script: ({ number }) =>
        number === 1
          ? {
              reasoning: api === "responses",
              text: ["Ek minute ji."],
              toolCalls: [{ id: "call_1", name: "find_order", arguments: '{"city":"Pune"}' }],
            }
          : { text: ["Pune mein hai."] },
    });
    const find = defineTool({
      name: "find_order",
      description: "Finds an order",
      input: z.object({ city: z.string() }),
      sideEffect: false,
      run: (input) => ({ found: input }),
    });
    const brain = openAiBrain({ ...reach, api, clock, instructions: "You are Asha.", tools: [find] });
    const { signal } = new AbortController();

    const parts: BrainPart[] = [];
    async function reply(): Promise<void> {
      for await (const part of brain.doReply(turn, { signal })) {
        parts.push(part);
        if (part.type === "tool-call") await part.run({ signal });
      }
    }
    await clock.runUntilSettled(reply());

    const words = parts.flatMap((part) => (part.type === "text" ? [part.text] : []));
    expect(words.join("")).toContain("Pune mein hai.");
    expect(simulator.requests).toHaveLength(2);
    expect(JSON.stringify(simulator.requests[1]?.body)).toContain('{\\"found\\":{\\"city\\":\\"Pune\\"}}');
    if (api === "responses") expect(JSON.stringify(simulator.requests[1]?.body)).toContain("sealed:rs_1");
    expect(clock.pendingTimers).toBe(0);
  });
});
