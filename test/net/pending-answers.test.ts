import { beforeEach, describe, expect, it } from "vitest";
import { createPendingAnswers, type PendingAnswers } from "../../src/net/index.js";
import { createVirtualClock, type VirtualClock } from "../../src/testing/index.js";

describe("answers that a provider owes", () => {
  let clock: VirtualClock;
  let late: [string, boolean, number][];
  let pending: PendingAnswers;
  beforeEach(() => {
    clock = createVirtualClock();
    late = [];
    pending = createPendingAnswers({
      clock,
      timeoutMs: 2_000,
      late: (id, silent) => late.push([id, silent, clock.now()]),
    });
  });

  it("are owed in the order they were asked for", () => {
    pending.ask("u1");
    pending.ask("u2");
    expect(pending.first()).toBe("u1");
    pending.settle();
    expect(pending.first()).toBe("u2");
    pending.settle();
    pending.settle();
    expect(pending.first()).toBeUndefined();
    expect(clock.pendingTimers).toBe(0);
  });

  it("are late each by its own time, and no longer owed then", async () => {
    pending.ask("u1");
    await clock.advance(500);
    pending.ask("u2");
    await clock.advance(5_000);
    expect(late).toEqual([
      ["u1", true, 2_000],
      ["u2", true, 2_500],
    ]);
    expect(pending.first()).toBeUndefined();
  });

  it("are late, but not silent, where something came since they were asked for", async () => {
    pending.ask("u1");
    await clock.advance(100);
    pending.heard();
    pending.ask("u2");
    await clock.advance(5_000);
    expect(late).toEqual([
      ["u1", false, 2_000],
      ["u2", true, 2_100],
    ]);
  });

  it("are never late after an answer, or once nothing is waited for", async () => {
    pending.ask("u1");
    pending.settle();
    pending.ask("u2");
    pending.ask("u3");
    pending.clear();
    await clock.advance(5_000);
    expect(late).toEqual([]);
    expect(clock.pendingTimers).toBe(0);
  });
});
