import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MessageQueue } from "../../src/net/message-queue.js";
import { createVirtualClock } from "../../src/testing/index.js";

describe("a queue of messages", () => {
  it("keeps their order, whoever comes first", async () => {
    const queue = new MessageQueue<string>({ clock: createVirtualClock() });
    const early = queue.next();
    queue.push("a");
    queue.push("b");
    queue.end();
    expect([await early, await queue.next(), await queue.next(), await queue.next()]).toEqual([
      "a",
      "b",
      undefined,
      undefined,
    ]);
  });

  it.each([
    [{}, "a"],
    [{ drop: true }, undefined],
  ])("ends %o", async (how, expected) => {
    const queue = new MessageQueue<string>({ clock: createVirtualClock() });
    queue.push("a");
    queue.end(how);
    queue.push("after the end");
    expect(await queue.next()).toBe(expected);
    expect(await queue.next()).toBeUndefined();
  });

  it("fails after what waits, and with the first reason", async () => {
    const queue = new MessageQueue<string>({ clock: createVirtualClock() });
    const [first, second] = [new Error("first"), new Error("second")];
    queue.push("a");
    queue.fail(first);
    queue.fail(second);
    queue.end();
    expect(await queue.next()).toBe("a");
    await expect(queue.next()).rejects.toBe(first);
    await expect(queue.next()).rejects.toBe(first);
  });

  it("wakes a reader that waits when it fails", async () => {
    const queue = new MessageQueue<string>({ clock: createVirtualClock() });
    const reading = queue.next();
    const reason = new Error("gone");
    queue.fail(reason);
    await expect(reading).rejects.toBe(reason);
  });

  it("is late by the clock, to the millisecond, and goes on", async () => {
    const clock = createVirtualClock();
    const queue = new MessageQueue<string>({ clock });
    const late = new Error("late");
    const reading = queue.next(300, () => late).catch((error: unknown) => [error, clock.now()]);
    await clock.advance(1_000);
    expect(await reading).toEqual([late, 300]);
    queue.push("a");
    expect(await queue.next(300, () => late)).toBe("a");
    expect(clock.pendingTimers).toBe(0);
  });

  it("sets no timer that outlives the wait", async () => {
    const clock = createVirtualClock();
    const queue = new MessageQueue<string>({ clock });
    const reading = queue.next(300);
    queue.push("a");
    expect(await reading).toBe("a");
    expect(clock.pendingTimers).toBe(0);
  });

  it("pauses its source above the bound, and resumes it at half", async () => {
    const calls: string[] = [];
    const queue = new MessageQueue<number>({
      clock: createVirtualClock(),
      mostBytes: 100,
      pause: () => calls.push("pause"),
      resume: () => calls.push("resume"),
    });
    queue.push(1, 60);
    queue.push(2, 40);
    expect(calls).toEqual([]);
    queue.push(3, 1);
    queue.push(4, 10);
    expect(calls).toEqual(["pause"]);
    await queue.next();
    expect(calls).toEqual(["pause"]);
    await queue.next();
    expect(calls).toEqual(["pause", "resume"]);
  });

  it("gives all, once, in order, and leaves no source paused that was read out", async () => {
    const step = fc.oneof(fc.nat({ max: 80 }), fc.constant("read" as const));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        let paused = false;
        const queue = new MessageQueue<number>({
          clock: createVirtualClock(),
          mostBytes: 100,
          pause: () => {
            paused = true;
          },
          resume: () => {
            paused = false;
          },
        });
        const [sent, read]: [number[], number[]] = [[], []];
        for (const what of steps) {
          if (what !== "read") {
            sent.push(sent.length);
            queue.push(sent.length - 1, what);
          } else if (read.length < sent.length) read.push((await queue.next()) ?? -1);
        }
        queue.end();
        for (let next = await queue.next(); next !== undefined; next = await queue.next()) read.push(next);
        expect(read).toEqual(sent);
        expect(paused).toBe(false);
      }),
      { numRuns: 100 },
    );
  });
});
