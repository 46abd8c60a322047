import { createPhoneServer } from "bolchaal/server";
import { describe, expect, it } from "vitest";
import type { VoiceEvent } from "../../src/spec/index.js";
import {
  createTwilioSimulator,
  createVirtualClock,
  heardText,
  type InProcessApp,
  readScenario,
} from "../../src/testing/index.js";
import { AUTH_TOKEN, BASE, scenarioAgent } from "../scenarios/modes.js";
import scenario from "../scenarios/one-response-per-input.json" with { type: "json" };

const SCENARIO = readScenario(scenario);

describe("a server that is restarted in the middle of a call", () => {
  it("leaves the caller with the fallback, not with silence, and the record says how the call ended", async () => {
    const clock = createVirtualClock();
    const events: VoiceEvent[] = [];
    const start = () =>
      createPhoneServer({
        publicUrl: BASE,
        authToken: AUTH_TOKEN,
        clock,
        agent: () => scenarioAgent(SCENARIO, clock),
        fallback: [{ verb: "say", language: "en", text: "please call again later" }, { verb: "hangup" }],
        onSession: (session) => session.on("*", (event) => events.push(event)),
      });
    let server = start();
    const app: InProcessApp = {
      fetch: (request) => server.fetch(request),
      openSocket(request, socket) {
        // The process is gone: its sockets break, and another one answers the next webhook.
        clock.setTimer(() => {
          server = start();
          socket.terminate();
        }, 5_000);
        return server.openSocket(request, socket);
      },
    };
    const twilio = createTwilioSimulator({ webhookUrl: server.webhookUrl, authToken: AUTH_TOKEN, app, clock });
    const script = [{ waitFor: "agent-silence" }, { waitForEnd: true }] as const;
    const report = await clock.runUntilSettled(twilio.dial({ script }));
    await clock.advance(60_000);

    expect(heardText(report)).toMatch(/please call again later$/);
    expect(report.over.reason).toBe("hangup");
    expect(events.at(-1)).toMatchObject({ type: "call-end", reason: "transport-lost" });
    expect(clock.pendingTimers).toBe(0);
  });
});
