import {
  CLOSE_TIMEOUT_MS,
  DEFAULT_KEPT_CALLER_AUDIO_BYTES,
  DEFAULT_KEPT_REPLY_AUDIO_BYTES,
  DEFAULT_MAX_BUFFERED_BYTES,
  DEFAULT_STALLED_AFTER_MS,
  DEFAULT_START_TIMEOUT_MS,
  HANG_UP_TIMEOUT_MS,
  KEPT_EVENTS,
  KEPT_MARKS,
  PING_EVERY_MS,
  STOP_TIMEOUT_MS,
  type TwilioMediaStreamOptions,
  twilioMediaStream,
} from "bolchaal/twilio";
import { describe, expect, it } from "vitest";
import type { TransportEvent } from "../../../src/spec/index.js";
import { memoryLogger } from "../../../src/testing/scripted/memory-logger.js";
import { createVirtualClock } from "../../../src/testing/virtual-clock.js";
import { FakeSocket, MEDIA_BYTES, wire } from "./fake-socket.js";

function line(options: TwilioMediaStreamOptions = {}) {
  const socket = new FakeSocket();
  const clock = createVirtualClock();
  const stream = twilioMediaStream(socket, { clock, ...options });
  const events: TransportEvent[] = [];
  return { socket, clock, stream, events, connect: () => stream.connect((event) => events.push(event)) };
}

function startedLine(options: TwilioMediaStreamOptions = {}) {
  const made = line(options);
  made.connect();
  made.socket.arrive(wire.connected);
  made.socket.arrive(wire.start());
  return made;
}

const start: TransportEvent = { type: "start", call: { callId: "CA1", direction: "inbound", parameters: {} } };
const audio: TransportEvent = { type: "audio", audio: MEDIA_BYTES };
const warning = (why: string, count = 1): TransportEvent => ({
  type: "warning",
  message: `A message from Twilio was ignored: ${why}.`,
  count,
});
const ofType = (events: readonly TransportEvent[], type: TransportEvent["type"]) =>
  events.filter((event) => event.type === type);
const payloadBytes = (socket: FakeSocket) =>
  socket.messages.reduce<number>((sum, message) => {
    const { media } = message as { readonly media?: { readonly payload: string } };
    return sum + (media === undefined ? 0 : Buffer.from(media.payload, "base64").length);
  }, 0);

describe("a call", () => {
  it("comes in, is talked on, and ends", () => {
    const { socket, stream, events } = startedLine();
    socket.arrive(wire.media(2));
    expect(stream.sendAudio(MEDIA_BYTES)).toBe(true);
    stream.sendMark("g1-1");
    stream.clear();
    socket.arrive(wire.mark(3, "g1-1"));
    socket.arrive(wire.dtmf(4, "5"));
    socket.arrive(wire.stop(5));
    expect(events).toEqual([
      start,
      audio,
      { type: "mark", name: "g1-1" },
      { type: "dtmf", digit: "5" },
      { type: "end", reason: "caller-hangup" },
    ]);
    expect(socket.sent).toEqual([
      '{"event":"media","streamSid":"MZ1","media":{"payload":"fn5+fw=="}}',
      '{"event":"mark","streamSid":"MZ1","mark":{"name":"g1-1"}}',
      '{"event":"clear","streamSid":"MZ1"}',
    ]);
  });

  it("tells who calls whom by the parameters, which are not among the app's", async () => {
    const { socket, stream } = line();
    socket.arrive(wire.start({ from: "+911", to: "+912", direction: "outbound", token: "t", lead: "7" }));
    await expect(stream.started).resolves.toEqual({
      call: { callId: "CA1", direction: "outbound", from: "+911", to: "+912", parameters: { lead: "7" } },
      streamSid: "MZ1",
      accountSid: "AC1",
      token: "t",
    });
  });

  it("leaves no timer and no listener behind", async () => {
    const { socket, stream, clock } = startedLine();
    socket.stuck = true;
    stream.sendAudio(MEDIA_BYTES);
    expect(clock.pendingTimers).toBe(2);
    socket.arrive(wire.stop(2));
    expect(clock.pendingTimers).toBe(0);
    expect(socket.listeners).toBe(0);
    expect([stream.sendAudio(MEDIA_BYTES), stream.sendMark("late"), stream.clear()]).toEqual([
      false,
      undefined,
      undefined,
    ]);
    expect(socket.sent).toHaveLength(1);
  });

  it("is kept alive by pings", async () => {
    const { socket, clock } = startedLine();
    await clock.advance(3 * PING_EVERY_MS);
    expect(socket.pings).toBe(3);
    expect(socket.readyState).toBe(1);
  });
});

describe("before the session listens", () => {
  it("everything is kept, in order", () => {
    const { socket, events, connect } = line();
    socket.arrive(wire.connected);
    socket.arrive(wire.start());
    socket.arrive(wire.media(2));
    socket.arrive(wire.dtmf(3, "1"));
    socket.arrive(wire.stop(4));
    expect(events).toEqual([]);
    connect();
    expect(events).toEqual([start, audio, { type: "dtmf", digit: "1" }, { type: "end", reason: "caller-hangup" }]);
  });

  it("the newest audio is kept, up to the cap, and what is dropped is counted", () => {
    const { socket, stream, events, connect } = line();
    socket.arrive(wire.start());
    const frames = DEFAULT_KEPT_CALLER_AUDIO_BYTES / 160 + 25;
    for (let index = 0; index < frames; index += 1) {
      const payload = Buffer.alloc(160, index % 256).toString("base64");
      socket.arrive(wire.media(index + 2, payload));
    }
    connect();
    const kept = ofType(events, "audio").map((event) => (event.type === "audio" ? event.audio : new Uint8Array(0)));
    expect(kept.reduce((sum, each) => sum + each.length, 0)).toBe(DEFAULT_KEPT_CALLER_AUDIO_BYTES);
    expect([kept.at(0)?.[0], kept.at(-1)?.[0]]).toEqual([25, (frames - 1) % 256]);
    expect(stream.droppedCount).toBe(25);
    expect(ofType(events, "warning").map((event) => (event.type === "warning" ? event.count : 0))).toEqual([1, 10]);
  });

  it("so many keys and marks are kept, and no more", () => {
    const { socket, stream, events, connect } = line();
    socket.arrive(wire.start());
    for (let index = 0; index < KEPT_EVENTS + 500; index += 1) socket.arrive(wire.dtmf(index + 2, "1"));
    connect();
    expect(events.length).toBe(KEPT_EVENTS);
    expect(stream.droppedCount).toBe(501 + 3);
  });

  it("a listener that brings about the next event gets it afterwards", () => {
    const { socket, stream } = line();
    const types: string[] = [];
    socket.arrive(wire.start());
    socket.arrive(wire.media(2));
    stream.connect((event) => {
      types.push(event.type);
      if (event.type === "start") void stream.hangUp();
      types.push(`${event.type} done`);
    });
    expect(types).toEqual(["start", "start done", "audio", "audio done", "end", "end done"]);
  });
});

describe("before the stream starts", () => {
  it("audio and marks wait, then go out in as few messages as can be", () => {
    const { socket, stream } = line();
    const frame = Uint8Array.of(1, 2);
    stream.sendAudio(frame);
    frame.set([3, 4]);
    stream.sendAudio(frame);
    stream.sendMark("a");
    stream.sendMark("b");
    stream.sendAudio(Uint8Array.of(5));
    expect(socket.sent).toEqual([]);
    socket.arrive(wire.start());
    const media = (...bytes: number[]) => ({
      event: "media",
      streamSid: "MZ1",
      media: { payload: Buffer.from(bytes).toString("base64") },
    });
    const mark = (name: string) => ({ event: "mark", streamSid: "MZ1", mark: { name } });
    expect(socket.messages).toEqual([media(1, 2, 3, 4), mark("a"), mark("b"), media(5)]);
  });

  it("audio is kept up to the cap, then refused", () => {
    const { socket, stream } = line();
    const second = new Uint8Array(8000);
    const taken = Array.from({ length: 40 }, () => stream.sendAudio(second));
    expect(taken.filter((yes) => yes).length).toBe(DEFAULT_KEPT_REPLY_AUDIO_BYTES / 8000);
    socket.arrive(wire.start());
    expect(payloadBytes(socket)).toBe(DEFAULT_KEPT_REPLY_AUDIO_BYTES);
  });

  it("marks are kept up to the cap, and what is dropped is told", () => {
    const { socket, stream, events, connect } = line();
    for (let index = 0; index < KEPT_MARKS + 1; index += 1) stream.sendMark(`m${index}`);
    connect();
    socket.arrive(wire.start());
    expect(socket.sent.length).toBe(KEPT_MARKS);
    expect(events).toEqual([start, { type: "warning", message: "Something of the agent's found no room.", count: 1 }]);
  });

  it("clear drops what waits, and its marks come back", () => {
    const { socket, stream, events, connect } = line();
    connect();
    stream.sendAudio(MEDIA_BYTES);
    stream.sendMark("a");
    stream.clear();
    stream.sendMark("b");
    socket.arrive(wire.start());
    expect(events).toEqual([start, { type: "mark", name: "a" }]);
    expect(socket.messages).toEqual([{ event: "mark", streamSid: "MZ1", mark: { name: "b" } }]);
  });

  it("a start that never comes ends the call", async () => {
    const { socket, stream, clock, events, connect } = line();
    connect();
    socket.arriveRaw("noise");
    await clock.advance(DEFAULT_START_TIMEOUT_MS - 1);
    expect(events).toEqual([]);
    await clock.advance(1);
    expect(events).toMatchObject([{ type: "end", reason: "transport-lost", cause: { code: "transport-failed" } }]);
    expect(socket.closes).toEqual([{ code: 1008, reason: "refused" }]);
    await expect(stream.started).rejects.toThrow("No start came within 10000 ms.");
    expect(clock.pendingTimers).toBe(0);
  });

  it("a stream of another encoding is refused: it would be noise", () => {
    const { socket, events, connect } = line();
    connect();
    const other = wire.start();
    socket.arrive({
      ...other,
      start: { ...other.start, mediaFormat: { encoding: "audio/x-l16", sampleRate: 16000, channels: 1 } },
    });
    expect(events).toMatchObject([{ type: "end", reason: "transport-lost", cause: { code: "invalid-audio" } }]);
    expect(socket.closes).toEqual([{ code: 1003, reason: "refused" }]);
  });

  it("a socket that is closed already has only its end to tell", () => {
    const socket = new FakeSocket();
    socket.readyState = 3;
    const clock = createVirtualClock();
    const events: TransportEvent[] = [];
    twilioMediaStream(socket, { clock }).connect((event) => events.push(event));
    expect(events).toMatchObject([{ type: "end", reason: "transport-lost" }]);
    expect(clock.pendingTimers).toBe(0);
  });
});

describe("messages that are not as they should be", () => {
  it.each<[string, (socket: FakeSocket) => void, string]>([
    ["binary", (socket) => socket.arriveRaw(Uint8Array.of(1), true), "it is binary"],
    ["not JSON", (socket) => socket.arriveRaw("{"), "it is not JSON"],
    ["unknown", (socket) => socket.arrive({ event: "video" }), "its event is not known"],
    ["of another stream", (socket) => socket.arrive(wire.media(3, "fn5+fw==", "MZ2")), "it is of another stream"],
    ["a stop of another stream", (socket) => socket.arrive(wire.stop(3, "MZ2")), "it is of another stream"],
    [
      "the agent's own sound",
      (socket) => socket.arrive(wire.media(3, "fn5+fw==", "MZ1", "outbound")),
      "it is not the caller's sound",
    ],
    ["bad base64", (socket) => socket.arrive(wire.media(3, "****")), "its payload is not base64"],
    ["a second start", (socket) => socket.arrive(wire.start({}, "MZ2")), "the stream has already started"],
    ["a message twice", (socket) => socket.arrive(wire.media(2)), "it came twice"],
  ])("%s: a warning, and the call goes on", (_name, disturb, why) => {
    const { socket, stream, events } = startedLine();
    socket.arrive(wire.media(2));
    disturb(socket);
    socket.arrive(wire.media(9));
    expect(events).toEqual([start, audio, warning(why), audio]);
    expect(stream.droppedCount).toBe(1);
  });

  it("before the start they are told behind it, and the stop of no call ends none", () => {
    const { socket, events, connect } = line();
    connect();
    socket.arrive(wire.stop(2));
    socket.arrive(wire.media(3));
    expect(events).toEqual([]);
    socket.arrive(wire.start());
    expect(events).toEqual([start, warning("it came before the start")]);
  });

  it("a flood of them is told by powers of ten, each kind by itself", () => {
    const { socket, stream, events } = startedLine();
    for (let index = 0; index < 1234; index += 1) socket.arriveRaw("noise");
    socket.arrive({ event: "video" });
    expect(events).toEqual([
      start,
      ...[1, 10, 100, 1000].map((count) => warning("it is not JSON", count)),
      warning("its event is not known"),
    ]);
    expect(stream.droppedCount).toBe(1235);
  });
});

describe("the end", () => {
  type Cause = "stop" | "close" | "error" | "hangUp" | "release";
  const causes: Readonly<Record<Cause, (made: ReturnType<typeof line>) => void>> = {
    stop: ({ socket }) => socket.arrive(wire.stop(9)),
    close: ({ socket }) => socket.closed(1006),
    error: ({ socket }) => socket.failed(new Error("reset")),
    hangUp: ({ stream }) => void stream.hangUp(),
    release: ({ stream }) => stream.release(),
  };
  const reasons = {
    stop: "caller-hangup",
    close: "transport-lost",
    error: "transport-lost",
    hangUp: "hung-up",
    release: "hung-up",
  };
  const names = Object.keys(causes) as Cause[];
  const orders = names.flatMap((first) =>
    names.flatMap((second) => names.map((third) => [first, second, third] as const)),
  );

  it.each(orders)("comes once: %s, %s, %s", (...order) => {
    const made = startedLine();
    for (const cause of order) causes[cause](made);
    expect(ofType(made.events, "end")).toMatchObject([{ reason: reasons[order[0]] }]);
    expect(made.events.at(-1)?.type).toBe("end");
    expect(made.clock.pendingTimers).toBe(0);
    expect(made.socket.listeners).toBe(0);
  });

  it("by hanging up closes the socket, and waits for the other side", async () => {
    const { socket, stream, clock, events } = startedLine();
    socket.answersClose = false;
    let done = false;
    const hungUp = stream.hangUp().then(() => {
      done = true;
    });
    await clock.advance(CLOSE_TIMEOUT_MS - 1);
    expect([done, socket.closes, socket.terminated]).toEqual([false, [{ code: 1000, reason: "done" }], 0]);
    await clock.advance(1);
    await hungUp;
    expect(socket.terminated).toBe(1);
    expect(ofType(events, "end")).toEqual([{ type: "end", reason: "hung-up" }]);
    expect(clock.pendingTimers).toBe(0);
    await stream.hangUp();
  });

  it("by stop does not wait for ever for the socket to close", async () => {
    const { socket, clock } = startedLine();
    socket.answersClose = false;
    socket.arrive(wire.stop(2));
    await clock.advance(CLOSE_TIMEOUT_MS);
    expect(socket.terminated).toBe(1);
  });

  it("is the carrier's, if it can be asked: then the stream stops by itself", async () => {
    const asked: string[] = [];
    const { socket, stream, events } = startedLine({ hangUp: async ({ call }) => void asked.push(call.callId) });
    const hungUp = stream.hangUp();
    await Promise.resolve();
    socket.arrive(wire.stop(2));
    await hungUp;
    expect(asked).toEqual(["CA1"]);
    expect(ofType(events, "end")).toEqual([{ type: "end", reason: "hung-up" }]);
  });

  it.each<[string, () => Promise<void>, number]>([
    ["fails", () => Promise.reject(new Error("401")), 0],
    ["stalls", () => new Promise(() => {}), HANG_UP_TIMEOUT_MS],
    ["says yes and does nothing", () => Promise.resolve(), STOP_TIMEOUT_MS],
  ])("closes the socket if the carrier %s", async (_name, hangUp, afterMs) => {
    const { socket, stream, clock } = startedLine({ hangUp });
    const hungUp = stream.hangUp();
    if (afterMs > 0) {
      await clock.advance(afterMs - 1);
      expect(socket.closes).toEqual([]);
    }
    await clock.advance(1);
    await hungUp;
    expect(socket.closes).toEqual([{ code: 1000, reason: "done" }]);
    expect(clock.pendingTimers).toBe(0);
  });

  it("carries what went wrong", () => {
    const { socket, events } = startedLine();
    const reset = new Error("reset");
    socket.failed(reset);
    expect(events.at(-1)).toMatchObject({
      type: "end",
      reason: "transport-lost",
      cause: { code: "transport-failed", cause: reset },
    });
    expect(socket.terminated).toBe(1);
  });
});

describe("a listener that throws", () => {
  it("costs its own call, and nothing else", () => {
    const logger = memoryLogger();
    const { socket, stream } = line({ logger });
    const types: string[] = [];
    stream.connect((event) => {
      types.push(event.type);
      if (event.type === "audio") throw new Error("bad detector");
    });
    socket.arrive(wire.start());
    socket.arrive(wire.media(2));
    socket.arrive(wire.media(3));
    expect(types).toEqual(["start", "audio", "end"]);
    expect(socket.terminated).toBe(1);
    expect(logger.lines).toMatchObject([
      { level: "error", message: "the call's listener failed", fields: { callId: "CA1", event: "audio" } },
    ]);
  });
});

describe("a socket that does not drain", () => {
  it("takes audio up to the cap, then none, and marks and clear still fit", () => {
    const { socket, stream } = startedLine();
    socket.stuck = true;
    const chunk = new Uint8Array(800);
    let taken = 0;
    while (stream.sendAudio(chunk)) taken += 1;
    expect(taken).toBeGreaterThan(800);
    expect(socket.bufferedAmount).toBeLessThanOrEqual(DEFAULT_MAX_BUFFERED_BYTES);
    for (let index = 0; index < 150; index += 1) stream.sendMark("last");
    stream.clear();
    expect(stream.droppedCount).toBe(0);
    expect(socket.messages.slice(-2)).toEqual([
      { event: "mark", streamSid: "MZ1", mark: { name: "last" } },
      { event: "clear", streamSid: "MZ1" },
    ]);
    for (let index = 0; index < 1000; index += 1) stream.sendMark(`m${index}`);
    expect(socket.bufferedAmount).toBeLessThanOrEqual(DEFAULT_MAX_BUFFERED_BYTES);
    expect(stream.droppedCount).toBeGreaterThan(0);
    socket.drain(socket.bufferedAmount);
    expect(stream.sendAudio(chunk)).toBe(true);
  });

  it("is dead when nothing has left for long", async () => {
    const { socket, stream, clock, events } = startedLine();
    socket.stuck = true;
    stream.sendAudio(new Uint8Array(8000));
    await clock.advance(DEFAULT_STALLED_AFTER_MS - 1);
    stream.sendMark("more of it does not help");
    expect(socket.terminated).toBe(0);
    await clock.advance(1);
    expect(socket.terminated).toBe(1);
    expect(events.at(-1)).toMatchObject({ type: "end", reason: "transport-lost", cause: { code: "transport-failed" } });
    expect(clock.pendingTimers).toBe(0);
  });

  it("is not dead while anything leaves, however much is added", async () => {
    const { socket, stream, clock, events } = startedLine();
    socket.stuck = true;
    for (let second = 0; second < 60; second += 1) {
      stream.sendAudio(new Uint8Array(8000));
      if (second % 9 === 0) socket.drain(100);
      await clock.advance(1000);
    }
    expect(ofType(events, "end")).toEqual([]);
    socket.drain(socket.bufferedAmount);
    await clock.advance(60_000);
    expect(ofType(events, "end")).toEqual([]);
    expect(clock.pendingTimers).toBe(1);
  });
});
