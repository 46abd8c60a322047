import { describe, expect, it } from "vitest";
import type { VoiceEvent } from "../../src/spec/index.js";
import { readScenario, scenarioFaults } from "../../src/testing/index.js";
import { MODES, phoneLine, scenarioAgent } from "../scenarios/modes.js";
import scenario from "../scenarios/one-response-per-input.json" with { type: "json" };

const CALLS = 500;
const SCENARIO = readScenario(scenario);

describe.each(MODES)("%s, with every webhook doubled, delayed and out of order", (mode) => {
  it(`${CALLS} calls: one record each, one answer a turn, one end, for the right reason`, async () => {
    const { clock, events, dial, server } = phoneLine((own) => ({
      mode,
      agent: () => scenarioAgent(SCENARIO, own),
      maxCalls: CALLS,
    }));
    const calls = Array.from({ length: CALLS }, (_, index) => {
      const delays = { delayMs: 200 + (index % 5) * 150, secondDelayMs: (index % 7) * 200 };
      const webhooks = { twice: 1, answer: "either" as const, ...delays, seed: index };
      return dial({ script: SCENARIO.caller, callSid: `CA${index}`, webhooks });
    });
    await clock.runUntilSettled(Promise.all(calls));
    await clock.advance(120_000);

    expect(events.size).toBe(CALLS);
    for (const [callId, own] of events) expect([callId, scenarioFaults(SCENARIO, own)]).toEqual([callId, []]);
    expect(new Set([...events.values()].map(endOf))).toEqual(new Set(["caller-hangup"]));
    expect([server.sessions.size, clock.pendingTimers]).toEqual([0, 0]);
  }, 120_000);
});

const endOf = (events: readonly VoiceEvent[]) =>
  events.flatMap((event) => (event.type === "call-end" ? [event.reason] : [])).join();
