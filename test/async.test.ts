import { describe, expect, it } from "vitest";
import { Channel, inTime, untilAborted, wait } from "../src/async.js";
import { createVirtualClock } from "../src/testing/virtual-clock.js";

/** A stream that counts how it was left. */
function source(items: readonly number[], after: "ends" | "stalls" | "throws" = "ends") {
  const left = { returned: 0 };
  const iterable: AsyncIterable<number> = {
    [Symbol.asyncIterator]() {
      let at = 0;
      return {
        async next() {
          const value = items[at];
          at += 1;
          if (value !== undefined) return { done: false, value };
          if (after === "throws") throw new Error("broken");
          if (after === "stalls") await new Promise(() => {});
          return { done: true, value: undefined };
        },
        async return() {
          left.returned += 1;
          return { done: true, value: undefined };
        },
      };
    },
  };
  return { iterable, left };
}

async function collect(iterable: AsyncIterable<number>, limit = Number.POSITIVE_INFINITY): Promise<number[]> {
  const items: number[] = [];
  for await (const item of iterable) {
    items.push(item);
    if (items.length >= limit) break;
  }
  return items;
}

describe("untilAborted", () => {
  const never = new AbortController().signal;

  it("passes a stream through, and does not return one that ended or threw by itself", async () => {
    const ended = source([1, 2, 3]);
    expect(await collect(untilAborted(ended.iterable, never))).toEqual([1, 2, 3]);
    const broken = source([1], "throws");
    await expect(collect(untilAborted(broken.iterable, never))).rejects.toThrow("broken");
    expect([ended.left.returned, broken.left.returned]).toEqual([0, 0]);
  });

  it("lets go of a stream that is left early", async () => {
    const { iterable, left } = source([1, 2, 3]);
    expect(await collect(untilAborted(iterable, never), 2)).toEqual([1, 2]);
    expect(left.returned).toBe(1);
  });

  it("throws the signal's reason and lets go, though the stream stalls", async () => {
    const { iterable, left } = source([1], "stalls");
    const abort = new AbortController();
    const reading = collect(untilAborted(iterable, abort.signal));
    await Promise.resolve();
    abort.abort(new Error("enough"));
    await expect(reading).rejects.toThrow("enough");
    expect(left.returned).toBe(1);
  });
});

describe("wait", () => {
  it("waits on the clock to the millisecond, and leaves no timer when aborted", async () => {
    const clock = createVirtualClock();
    let doneAtMs: number | undefined;
    void wait(clock, 250, new AbortController().signal).then(() => {
      doneAtMs = clock.now();
    });
    await clock.advance(1000);
    expect(doneAtMs).toBe(250);
    const abort = new AbortController();
    const waiting = wait(clock, 250, abort.signal);
    abort.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
    expect(clock.pendingTimers).toBe(0);
  });
});

describe("Channel", () => {
  it("gives items in order, waits for more, and ends or fails behind them", async () => {
    const ending = new Channel<number>();
    ending.push(1);
    const reading = collect(ending);
    ending.push(2);
    await Promise.resolve();
    ending.push(3);
    ending.close();
    ending.push(4);
    expect(await reading).toEqual([1, 2, 3]);
    const failing = new Channel<number>();
    failing.push(1);
    failing.close({ value: new Error("broken") });
    await expect(collect(failing)).rejects.toThrow("broken");
  });

  it("drains what waits", () => {
    const channel = new Channel<number>();
    channel.push(1);
    channel.push(2);
    expect(channel.drain()).toEqual([1, 2]);
    expect(channel.drain()).toEqual([]);
  });
});

describe("inTime", () => {
  const deadlines = { firstMs: 100, idleMs: 50, late: (waitedMs: number) => new Error(`late by ${waitedMs}`) };

  /** Items that come after so many ms each, read on a virtual clock. */
  async function read(
    delaysMs: readonly number[],
    more: { readonly excused?: () => boolean; readonly abortAtMs?: number } = {},
  ) {
    const clock = createVirtualClock();
    const abort = new AbortController();
    let letGo: unknown;
    async function* source(signal: AbortSignal) {
      signal.addEventListener("abort", () => {
        letGo = signal.reason;
      });
      for (const [index, delayMs] of delaysMs.entries()) {
        await wait(clock, delayMs, signal);
        yield index;
      }
    }
    const items: number[] = [];
    if (more.abortAtMs !== undefined) clock.setTimer(() => abort.abort(new Error("aborted")), more.abortAtMs);
    const all = async () => {
      const excused = more.excused === undefined ? {} : { excused: more.excused };
      for await (const item of inTime(source, { clock, ...deadlines, ...excused }, abort.signal)) items.push(item);
    };
    const thrown = await clock.runUntilSettled(
      all().then(
        () => undefined,
        (error: Error) => error.message,
      ),
    );
    return {
      items,
      thrown,
      atMs: clock.now(),
      letGo: letGo instanceof Error ? letGo.message : letGo,
      timers: clock.pendingTimers,
    };
  }

  it.each([
    [[90, 40, 40], { items: [0, 1, 2], thrown: undefined, atMs: 170, letGo: undefined }],
    [[110], { items: [], thrown: "late by 100", atMs: 100, letGo: "late by 100" }],
    [[90, 60], { items: [0], thrown: "late by 50", atMs: 140, letGo: "late by 50" }],
    [[], { items: [], thrown: undefined, atMs: 0, letGo: undefined }],
  ])("of items after %j ms gives %j", async (delaysMs, expected) => {
    expect(await read(delaysMs)).toEqual({ ...expected, timers: 0 });
  });

  it("gives time while there is an excuse", async () => {
    let asked = 0;
    const { items, thrown, atMs } = await read([250, 10, 80], { excused: () => ++asked <= 2 });
    expect({ items, thrown, atMs }).toEqual({ items: [0, 1], thrown: "late by 50", atMs: 310 });
  });

  it("throws the reason of its own signal", async () => {
    expect(await read([90, 90], { abortAtMs: 95 })).toEqual({
      items: [0],
      thrown: "aborted",
      atMs: 95,
      letGo: "aborted",
      timers: 0,
    });
  });
});
