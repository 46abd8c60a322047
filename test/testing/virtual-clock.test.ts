import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BolchaalError } from "../../src/errors.js";
import { createVirtualClock } from "../../src/testing/virtual-clock.js";

describe("the virtual clock", () => {
  it("stands still until it is moved", async () => {
    const clock = createVirtualClock(1_000);
    expect(clock.now()).toBe(1_000);
    await clock.advance(250.5);
    expect(clock.now()).toBe(1_250.5);
  });

  it("runs timers at their very time, ties in the order of setting", async () => {
    const clock = createVirtualClock();
    const ran: string[] = [];
    const note = (name: string) => () => ran.push(`${name}@${clock.now()}`);
    clock.setTimer(note("b"), 20);
    clock.setTimer(note("a"), 10);
    clock.setTimer(note("c"), 20);
    clock.setTimer(note("late"), 31);
    clock.setTimer(note("at once"), -5);
    await clock.advance(30);
    expect(ran).toEqual(["at once@0", "a@10", "b@20", "c@20"]);
    expect(clock.pendingTimers).toBe(1);
  });

  it("undoes a timer, even from another one of the same instant", async () => {
    const clock = createVirtualClock();
    const ran: string[] = [];
    clock.setTimer(() => undo(), 10);
    const undo = clock.setTimer(() => ran.push("undone"), 10);
    clock.setTimer(() => ran.push("kept"), 10);
    await clock.advance(10);
    undo();
    expect(ran).toEqual(["kept"]);
    expect(clock.pendingTimers).toBe(0);
  });

  it("lets promises and ready I/O settle between instants", async () => {
    const clock = createVirtualClock();
    const ran: string[] = [];
    async function* numbers() {
      for (let number = 0; number < 3; number += 1) {
        await new Promise<void>((resolve) => clock.setTimer(resolve, 10));
        yield number;
      }
    }
    const reading = (async () => {
      for await (const number of numbers()) ran.push(`${number}@${clock.now()}`);
      ran.push(`end@${clock.now()}`);
    })();
    clock.setTimer(() => setImmediate(() => ran.push(`immediate@${clock.now()}`)), 15);
    clock.setTimer(() => ran.push("next"), 16);
    await clock.advance(30);
    await reading;
    expect(ran).toEqual(["0@10", "immediate@15", "next", "1@20", "2@30", "end@30"]);
  });

  it("gives a timer set for now its turn within the same instant, after promises", async () => {
    const clock = createVirtualClock();
    const ran: string[] = [];
    clock.setTimer(() => {
      clock.setTimer(() => ran.push("zero"), 0);
      Promise.resolve().then(() => ran.push("promise"));
    }, 5);
    await clock.advance(5);
    expect(ran).toEqual(["promise", "zero"]);
  });

  it("runs until something holds, and no further", async () => {
    const clock = createVirtualClock();
    let rings = 0;
    const ring = () => {
      rings += 1;
      clock.setTimer(ring, 7);
    };
    ring();
    await clock.runUntil(() => rings === 4);
    expect([clock.now(), clock.pendingTimers]).toEqual([21, 1]);
  });

  it("says so when what is waited for does not happen", async () => {
    const clock = createVirtualClock();
    clock.setTimer(() => {}, 10_000);
    const failure = await clock.runUntil(() => false, { maxMs: 500 }).catch((error: unknown) => error);
    expect(BolchaalError.isInstance(failure) && failure.code).toBe("simulation-failed");
    expect(clock.now()).toBe(500);
    await clock.runUntil(() => clock.now() >= 600, { maxMs: 100 });
  });

  it("runs until a promise settles, and gives what it gives", async () => {
    const clock = createVirtualClock();
    const later = new Promise<string>((resolve) => clock.setTimer(() => resolve("done"), 40));
    expect(await clock.runUntilSettled(later)).toBe("done");
    expect(clock.now()).toBe(40);
    await expect(clock.runUntilSettled(Promise.reject(new Error("failed")))).rejects.toThrow("failed");
  });

  it("stands still while what is waited for comes from outside", async () => {
    const clock = createVirtualClock();
    const text = await clock.runUntilSettled(readFile(new URL(import.meta.url), "utf8"));
    expect([text.length > 0, clock.now()]).toEqual([true, 0]);
  });

  it("refuses two movers at once, time running backwards, and delays that are no number", async () => {
    const clock = createVirtualClock();
    const first = clock.advance(1);
    await expect(clock.advance(1)).rejects.toThrow("already being moved");
    await first;
    await expect(clock.advance(-1)).rejects.toThrow("cannot be moved");
    expect(() => clock.setTimer(() => {}, Number.NaN)).toThrow("not a number");
  });

  it("passes on what a timer throws, and can be moved on", async () => {
    const clock = createVirtualClock();
    clock.setTimer(() => {
      throw new Error("broken");
    }, 3);
    await expect(clock.advance(10)).rejects.toThrow("broken");
    await clock.advance(1);
    expect(clock.now()).toBe(4);
  });

  it("keeps the order of time for any timers, and forgets those undone", async () => {
    const timer = fc.record({ delayMs: fc.nat(50), undo: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(timer, { maxLength: 60 }), async (timers) => {
        const clock = createVirtualClock();
        const ran: number[] = [];
        const undos = timers.map(({ delayMs }, index) => clock.setTimer(() => ran.push(index), delayMs));
        for (const [index, { undo }] of timers.entries()) if (undo) undos[index]?.();
        expect(clock.pendingTimers).toBe(timers.filter(({ undo }) => !undo).length);
        await clock.advance(50);
        const expected = timers
          .map(({ delayMs, undo }, index) => ({ delayMs, undo, index }))
          .filter(({ undo }) => !undo)
          .sort((a, b) => a.delayMs - b.delayMs || a.index - b.index);
        expect(ran).toEqual(expected.map(({ index }) => index));
        expect(clock.pendingTimers).toBe(0);
      }),
    );
  });
});
