import { createVirtualClock } from "../../../src/testing/index.js";
import {
  createOpenAiSimulator,
  type OpenAiSimulatorOptions,
} from "../../../src/testing/openai-simulator/http/index.js";

/** A simulated OpenAI in memory, on a virtual clock, and what plug-ins need to reach it. */
export function simulatedOpenAi(options: OpenAiSimulatorOptions = {}) {
  const simulator = createOpenAiSimulator(options);
  const clock = createVirtualClock();
  return { simulator, clock, reach: { apiKey: "test-key", network: simulator.network(clock) } };
}

/** All that a stream gives, and what it throws. */
export async function read<T>(stream: AsyncIterable<T>): Promise<{ items: T[]; error: unknown }> {
  const items: T[] = [];
  try {
    for await (const item of stream) items.push(item);
    return { items, error: undefined };
  } catch (error) {
    return { items, error };
  }
}

/** What each fault is to become, as an error's code, and whether trying again may help. */
export const FAULTS = [
  [{ type: "refuse" }, "provider-failed", true],
  [{ type: "status", status: 401 }, "not-authorised", false],
  [{ type: "status", status: 429, retryAfterS: 120 }, "overloaded", true],
  [{ type: "insufficient-quota" }, "overloaded", false],
  [{ type: "status", status: 500 }, "provider-failed", true],
  [{ type: "header-stall" }, "provider-timeout", true],
  [{ type: "body-stall", afterMessages: 0 }, "provider-timeout", true],
  [{ type: "body-stall", afterMessages: 2 }, "provider-timeout", true],
  [{ type: "cut", afterMessages: 0 }, "provider-failed", true],
  [{ type: "cut", afterMessages: 2 }, "provider-failed", true],
  [{ type: "wrong-content-type" }, "provider-failed", true],
  [{ type: "empty" }, "provider-failed", true],
] as const;
