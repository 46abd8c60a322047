import { describe, expect, it } from "vitest";
import { type CollectDigitsOptions, collectDigits } from "../../src/session/collect-digits.js";
import type { VoiceSession } from "../../src/session/index.js";
import { memoryLogger } from "../../src/testing/index.js";
import { carrierCall } from "./carrier-speech/speaking-carrier.js";

/** What is collected on a call without words, with keys pressed at their times. */
async function collect(keys: readonly (readonly [atMs: number, digit: string])[], options: CollectDigitsOptions = {}) {
  const { clock, carrier, session } = carrierCall();
  for (const [atMs, digit] of keys) clock.setTimer(() => carrier.tell({ type: "dtmf", digit }), atMs);
  const collected = await clock.runUntilSettled(collectDigits(session, { ...options, clock }));
  return { ...collected, atMs: clock.now() };
}

describe("collectDigits", () => {
  it.each<
    [
      string,
      readonly (readonly [number, string])[],
      CollectDigitsOptions,
      { digits: string; endedBy: string; atMs: number },
    ]
  >([
    [
      "ends at its length",
      [
        [500, "1"],
        [900, "2"],
        [1_200, "3"],
        [1_300, "4"],
      ],
      { length: 3 },
      { digits: "123", endedBy: "length", atMs: 1_200 },
    ],
    [
      "ends at the terminator",
      [
        [500, "1"],
        [900, "#"],
      ],
      {},
      { digits: "1", endedBy: "terminator", atMs: 900 },
    ],
    [
      "takes another terminator",
      [
        [1, "#"],
        [2, "*"],
      ],
      { terminator: "*" },
      { digits: "#", endedBy: "terminator", atMs: 2 },
    ],
    [
      "takes no terminator",
      [
        [100, "#"],
        [200, "5"],
      ],
      { terminator: false, interDigitMs: 300 },
      { digits: "#5", endedBy: "timeout", atMs: 500 },
    ],
    ["waits for the first key", [], { timeoutMs: 7_000 }, { digits: "", endedBy: "timeout", atMs: 7_000 }],
    // The session asks after 8 s whether they are still there: that takes a second, and the agent is not heard for 10 s.
    ["waits for it while the agent is silent", [], {}, { digits: "", endedBy: "timeout", atMs: 11_001 }],
    ["waits for the next key", [[9_999, "7"]], {}, { digits: "7", endedBy: "timeout", atMs: 13_999 }],
    ["gives nothing but the terminator", [[50, "#"]], { length: 4 }, { digits: "", endedBy: "terminator", atMs: 50 }],
  ])("%s", async (_name, keys, options, expected) => {
    expect(await collect(keys, options)).toEqual(expected);
  });

  it("counts the time for the first key from the end of the agent's question", async () => {
    const { clock, session, of } = carrierCall();
    session.say("Please enter your PIN.");
    await clock.advance(200);
    expect(session.conversation.phase).toBe("speaking");
    const { endedBy } = await clock.runUntilSettled(collectDigits(session, { timeoutMs: 3_000, clock }));
    expect(endedBy).toBe("timeout");
    expect(clock.now()).toBe((of("reply")[0]?.atMs ?? 0) + 3_000);
  });

  it("waits for the next key whatever the agent says", async () => {
    const { clock, session, carrier } = carrierCall();
    const collected = collectDigits(session, { timeoutMs: 3_000, interDigitMs: 1_000, clock });
    await clock.advance(2_900);
    carrier.tell({ type: "dtmf", digit: "4" });
    session.say("Thank you, and the next one?");
    const pressedAtMs = clock.now();
    expect(await clock.runUntilSettled(collected)).toEqual({ digits: "4", endedBy: "timeout" });
    expect(clock.now()).toBe(pressedAtMs + 1_000);
  });

  it("ends with the call", async () => {
    const { clock, session, carrier } = carrierCall();
    const collected = collectDigits(session, { clock });
    carrier.tell({ type: "dtmf", digit: "1" });
    carrier.end("caller-hangup");
    expect(await clock.runUntilSettled(collected)).toEqual({ digits: "1", endedBy: "call-end" });
    expect(await collectDigits(session, { clock })).toEqual({ digits: "", endedBy: "call-end" });
    await clock.advance(0);
    expect(clock.pendingTimers).toBe(0);
  });

  it("ends when it is aborted, before or meanwhile", async () => {
    const { clock, session, carrier } = carrierCall();
    const abort = new AbortController();
    const collected = collectDigits(session, { signal: abort.signal, clock });
    carrier.tell({ type: "dtmf", digit: "1" });
    abort.abort();
    expect(await collected).toEqual({ digits: "1", endedBy: "aborted" });
    expect(await collectDigits(session, { signal: abort.signal, clock })).toEqual({ digits: "", endedBy: "aborted" });
  });

  it("writes no digit to a log", async () => {
    const logger = memoryLogger();
    const { clock, session, carrier } = carrierCall({ logger });
    const collected = collectDigits(session, { length: 3, clock });
    for (const digit of "987") carrier.tell({ type: "dtmf", digit });
    expect((await collected).digits).toBe("987");
    expect(JSON.stringify(logger.lines)).not.toMatch(/[987]/);
  });

  it.each<[string, object]>([
    ["length", { length: 0 }],
    ["timeoutMs", { timeoutMs: -1 }],
    ["terminator", { terminator: "##" }],
    ["interDigitMs", { interDigitMs: Number.NaN }],
  ])("refuses a wrong %s", (name, options) => {
    const session = { on: () => () => {}, conversation: { phase: "listening" } } as unknown as VoiceSession;
    expect(() => collectDigits(session, options)).toThrow(
      expect.objectContaining({ code: "invalid-option", message: expect.stringContaining(name) }),
    );
  });
});
