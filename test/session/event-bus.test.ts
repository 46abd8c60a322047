import { describe, expect, it } from "vitest";
import { EventBus } from "../../src/session/event-bus.js";
import type { LogFields, Logger, VoiceEvent } from "../../src/spec/index.js";

function recordingLogger() {
  const lines: LogFields[] = [];
  const logger: Logger = {
    debug() {},
    info() {},
    warn() {},
    error: (fields) => void lines.push(fields),
    child: () => logger,
  };
  return { logger, lines };
}

function bus() {
  const { logger, lines } = recordingLogger();
  const clock = { nowMs: 100, now: () => clock.nowMs, setTimer: () => () => {} };
  const events = new EventBus(clock, logger);
  events.callId = "CA1";
  return { events, clock, lines };
}

const DIGIT = { type: "dtmf", digit: "1" } as const;
const END = { type: "call-end", reason: "caller-hangup", durationMs: 5 } as const;

describe("EventBus", () => {
  it("numbers and times the events, and gives them to the listeners of their type and of all", () => {
    const { events, clock } = bus();
    const all: VoiceEvent[] = [];
    const digits: string[] = [];
    events.on("*", (event) => all.push(event));
    events.on("dtmf", ({ digit }) => digits.push(digit));
    events.emit({ type: "state", state: "speaking" });
    clock.nowMs = 130;
    events.emit(DIGIT);
    expect(all).toEqual([
      { callId: "CA1", seq: 1, atMs: 0, type: "state", state: "speaking" },
      { callId: "CA1", seq: 2, atMs: 30, ...DIGIT },
    ]);
    expect(digits).toEqual(["1"]);
  });

  it("isolates a listener that throws or rejects, and logs it", async () => {
    const { events, lines } = bus();
    const heard: string[] = [];
    events.on("dtmf", () => {
      throw new Error("first");
    });
    events.on("dtmf", (async () => {
      throw new Error("second");
    }) as () => void);
    events.on("dtmf", ({ digit }) => heard.push(digit));
    events.emit(DIGIT);
    await Promise.resolve();
    expect(heard).toEqual(["1"]);
    expect(lines.map(({ error }) => (error as Error).message)).toEqual(["first", "second"]);
  });

  it("undoes a listener, and is silent behind call-end", () => {
    const { events } = bus();
    const heard: string[] = [];
    const undo = events.on("*", ({ type }) => heard.push(type));
    events.on("*", ({ type }) => heard.push(`other ${type}`));
    events.emit(DIGIT);
    undo();
    events.emit(END);
    events.emit(DIGIT);
    expect(heard).toEqual(["dtmf", "other dtmf", "other call-end"]);
  });
});

describe("EventBus.events", () => {
  it("gives what came before the first read, and ends behind call-end", async () => {
    const { events } = bus();
    const stream = events.events({});
    events.emit(DIGIT);
    events.emit(END);
    const types: string[] = [];
    for await (const event of stream) types.push(event.type);
    expect(types).toEqual(["dtmf", "call-end"]);
  });

  it("wakes a reader that waits", async () => {
    const { events } = bus();
    const next = events.events({}).next();
    events.emit(DIGIT);
    expect((await next).value).toMatchObject(DIGIT);
  });

  it("drops the oldest of too many, or ends with an error, as told", async () => {
    const { events } = bus();
    const dropping = events.events({ highWaterMark: 2 });
    const failing = events.events({ highWaterMark: 2, onOverflow: "error" });
    for (const digit of ["1", "2", "3"]) events.emit({ type: "dtmf", digit });
    expect((await dropping.next()).value).toMatchObject({ seq: 2 });
    expect((await dropping.next()).value).toMatchObject({ seq: 3 });
    await failing.next();
    await failing.next();
    await expect(failing.next()).rejects.toMatchObject({ code: "overloaded" });
    expect(await failing.next()).toEqual({ done: true, value: undefined });
  });

  it.each(["abort", "return"] as const)("ends by %s, also for a reader that waits", async (how) => {
    const { events } = bus();
    const stop = new AbortController();
    const stream = events.events({ signal: stop.signal });
    const next = stream.next();
    if (how === "abort") stop.abort();
    else await stream.return?.();
    expect(await next).toEqual({ done: true, value: undefined });
    events.emit(DIGIT);
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });
});
