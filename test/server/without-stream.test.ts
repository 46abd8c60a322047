import { describe, expect, it } from "vitest";
import { heardText, readScenario, scenarioFaults } from "../../src/testing/index.js";
import { phoneLine, scenarioAgent } from "../scenarios/modes.js";
import scenario from "../scenarios/one-response-per-input.json" with { type: "json" };

const SCENARIO = readScenario(scenario);
/** As if a proxy let no WebSocket through. */
const NO_SOCKET = { upgrade: null };

describe("a call for which no stream can be opened", () => {
  it("goes on in gather mode, with the same agent, in one record", async () => {
    const { clock, events, dial } = phoneLine((own) => ({ agent: () => scenarioAgent(SCENARIO, own) }));
    const call = dial({ script: SCENARIO.caller, callSid: "CA1", signatures: NO_SOCKET, record: true });
    const report = await clock.runUntilSettled(call);
    await clock.advance(120_000);
    expect(heardText(report)).toMatch(/^Welcome to the Sagar hotel\./);
    expect(scenarioFaults(SCENARIO, events.get("CA1") ?? [])).toEqual([]);
    expect(clock.pendingTimers).toBe(0);
  });

  it("hears the fallback instead, if the app wants that", async () => {
    const { clock, events, dial } = phoneLine((own) => ({
      agent: () => scenarioAgent(SCENARIO, own),
      withoutStream: "fallback",
      fallback: [{ verb: "say", language: "en", text: "please call again later" }, { verb: "hangup" }],
    }));
    const script = [{ waitForEnd: true }] as const;
    const report = await clock.runUntilSettled(dial({ script, signatures: NO_SOCKET, record: true }));
    expect([heardText(report), events.size]).toEqual(["please call again later", 0]);
  });
});
