import { describe, expect, it } from "vitest";
import { heardText } from "../../../../src/testing/index.js";
import { relayCall } from "./relay-call.js";

describe("a call over ConversationRelay", () => {
  it("hears and is heard, and leaves nothing behind", async () => {
    const { report, of, clock } = await relayCall([
      { say: "a room" },
      { waitFor: "agent-silence" },
      { press: "1" },
      { hangUp: true },
    ]);
    expect(heardText(report)).toBe("You said a room. Shall I book it for you?");
    expect(of("turn-end")).toMatchObject([{ text: "a room" }]);
    expect(of("reply")).toMatchObject([{ outcome: "played" }]);
    expect(of("dtmf")).toMatchObject([{ digit: "1" }]);
    expect(of("call-end")).toMatchObject([{ reason: "caller-hangup" }]);
    expect([report.violations, clock.pendingTimers]).toEqual([[], 0]);
  });
});
