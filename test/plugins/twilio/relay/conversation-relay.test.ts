import { describe, expect, it } from "vitest";
import { heardText } from "../../../../src/testing/index.js";
import { relayCall } from "./relay-call.js";

describe("a call over ConversationRelay", () => {
  it("hears and is heard", async () => {
    const { report, events, of, clock } = await relayCall([
      { say: "a room" },
      { waitFor: "agent-silence" },
      { hangUp: true },
    ]);
    console.log(events.map((e) => JSON.stringify(e)).join("\n"), JSON.stringify(report.spoken), heardText(report), clock.pendingTimers);
    console.log(report.debuggerEvents, report.violations);
  });
  it("is interrupted", async () => {
    const { report, events } = await relayCall([
      { say: "a room" },
      { interruptAfterMs: 800, say: "wait please" },
      { waitFor: "agent-silence" },
      { hangUp: true },
    ]);
    console.log(events.map((e) => JSON.stringify(e)).join("\n"), JSON.stringify(report.spoken), heardText(report));
  });
});
