import { KEPT_EVENTS, LONGEST_MESSAGE_CHARACTERS, twilioMediaStream } from "bolchaal/twilio";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { TransportEvent } from "../../../src/spec/index.js";
import { createVirtualClock } from "../../../src/testing/virtual-clock.js";
import { FakeSocket, wire } from "./fake-socket.js";

type Step =
  | { readonly type: "message"; readonly message: unknown }
  | { readonly type: "raw"; readonly data: string | Uint8Array; readonly isBinary: boolean }
  | { readonly type: "audio" | "mark" | "clear" | "drain" | "stick" | "connect" }
  | { readonly type: "close" | "error" | "hangUp" | "release" };

const sequenceNumber = fc.integer({ min: -3, max: 200 });
const streamSid = fc.constantFrom("MZ1", "MZ1", "MZ1", "MZ2", "");
const payload = fc.oneof(fc.base64String({ maxLength: 300 }), fc.string({ maxLength: 30 }), fc.constant("****"));
const track = fc.constantFrom("inbound", "outbound", "inbound_track", "");

const messages = fc.oneof(
  fc.constant(wire.connected),
  fc.constant(wire.start()),
  fc.constant(wire.start({ from: "+911" }, "MZ2")),
  fc
    .tuple(sequenceNumber, payload, streamSid, track)
    .map(([number, text, sid, side]) => wire.media(number, text, sid, side)),
  fc
    .tuple(sequenceNumber, fc.string({ maxLength: 20 }), streamSid)
    .map(([number, name, sid]) => wire.mark(number, name, sid)),
  fc.tuple(sequenceNumber, fc.constantFrom("1", "#", "x", "")).map(([number, digit]) => wire.dtmf(number, digit)),
);
/** The same with a field missing, of another type, or too many. */
const brokenMessages = fc
  .tuple(
    messages,
    fc.constantFrom("event", "streamSid", "media", "start", "mark", "dtmf", "sequenceNumber", "more"),
    fc.jsonValue({ maxDepth: 2 }),
  )
  .map(([message, field, value]) => ({ ...message, [field]: value }));
const harmlessSteps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: messages.map((message): Step => ({ type: "message", message })) },
  { weight: 3, arbitrary: brokenMessages.map((message): Step => ({ type: "message", message })) },
  { weight: 1, arbitrary: fc.string().map((data): Step => ({ type: "raw", data, isBinary: false })) },
  { weight: 1, arbitrary: fc.uint8Array().map((data): Step => ({ type: "raw", data, isBinary: true })) },
  {
    weight: 1,
    arbitrary: fc.constant<Step>({ type: "raw", data: "x".repeat(LONGEST_MESSAGE_CHARACTERS + 1), isBinary: false }),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Step>(
      { type: "audio" },
      { type: "mark" },
      { type: "clear" },
      { type: "drain" },
      { type: "stick" },
      { type: "connect" },
    ),
  },
);
const endings = fc.constantFrom<Step>(
  { type: "message", message: wire.stop(500) },
  { type: "close" },
  { type: "error" },
  { type: "hangUp" },
  { type: "release" },
);

const caps = { maxBufferedBytes: 40_000, keptCallerAudioBytes: 2_000, keptReplyAudioBytes: 1_600 };

function play(steps: readonly Step[]) {
  const socket = new FakeSocket();
  const clock = createVirtualClock();
  const stream = twilioMediaStream(socket, { clock, ...caps });
  const events: TransportEvent[] = [];
  let connected = false;
  let mostBuffered = 0;
  const connect = () => {
    if (connected) return;
    connected = true;
    stream.connect((event) => events.push(event));
  };
  const doStep = (step: Step): unknown => {
    if (step.type === "message") return socket.arrive(step.message);
    if (step.type === "raw") return socket.arriveRaw(step.data, step.isBinary);
    if (step.type === "audio") return stream.sendAudio(new Uint8Array(800));
    if (step.type === "mark") return stream.sendMark("g1-1");
    if (step.type === "clear") return stream.clear();
    if (step.type === "drain") return socket.drain(5_000);
    if (step.type === "connect") return connect();
    if (step.type === "close") return socket.closed(1006);
    if (step.type === "error") return socket.failed(new Error("reset"));
    if (step.type === "hangUp") return stream.hangUp();
    if (step.type === "release") return stream.release();
    socket.stuck = true;
    return undefined;
  };
  for (const step of steps) {
    doStep(step);
    mostBuffered = Math.max(mostBuffered, socket.bufferedAmount);
  }
  return { socket, clock, stream, events, connect, mostBuffered };
}

const audioBytes = (events: readonly TransportEvent[]) =>
  events.reduce((sum, event) => sum + (event.type === "audio" ? event.audio.length : 0), 0);

it("no message harms the call: what is valid afterwards is delivered", () => {
  fc.assert(
    fc.property(fc.array(harmlessSteps, { maxLength: 80 }), (steps) => {
      const { socket, stream, events, connect, mostBuffered, clock } = play(steps.filter((step) => !stops(step)));
      connect();
      const before = events.length;
      socket.arrive(wire.start());
      // The fuzz may have started the stream, under a name of its own: this one names none.
      socket.arrive({ event: "media", sequenceNumber: "1001", media: { payload: "AQID" } });
      const after = events.slice(before).filter(({ type }) => type === "audio");
      expect(after).toEqual([{ type: "audio", audio: Uint8Array.of(1, 2, 3) }]);

      expect(events.filter(({ type }) => type === "start").length).toBe(1);
      expect(events[0]?.type).toBe("start");
      expect(events.some(({ type }) => type === "end")).toBe(false);
      // One warning at least for what was dropped, and few for much.
      const warnings = events.filter(({ type }) => type === "warning").length;
      expect(stream.droppedCount).toBeGreaterThanOrEqual(warnings);
      expect(warnings > 0).toBe(stream.droppedCount > 0);
      expect(mostBuffered).toBeLessThanOrEqual(caps.maxBufferedBytes);
      expect(clock.pendingTimers).toBeLessThanOrEqual(2);
    }),
    { numRuns: 1_000 },
  );
});

it("what is kept stays within its caps", () => {
  const inbound = fc
    .integer({ min: 2, max: 5_000 })
    .chain((number) =>
      fc.constantFrom<Step>(
        { type: "message", message: wire.media(number, Buffer.alloc(160).toString("base64")) },
        { type: "message", message: wire.mark(number, "m") },
      ),
    );
  fc.assert(
    fc.property(fc.array(inbound, { maxLength: 200 }), (steps) => {
      const { events, connect } = play([{ type: "message", message: wire.start() }, ...steps]);
      connect();
      expect(audioBytes(events)).toBeLessThanOrEqual(caps.keptCallerAudioBytes);
      expect(events.length).toBeLessThanOrEqual(KEPT_EVENTS + caps.keptCallerAudioBytes / 160 + 1);
    }),
    { numRuns: 100 },
  );
});

it("the call ends exactly once, last of all, whatever ends it, and nothing is left", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(harmlessSteps, { maxLength: 30 }),
      fc.array(endings, { minLength: 1, maxLength: 5 }),
      fc.array(harmlessSteps, { maxLength: 10 }),
      async (before, ends, after) => {
        const { socket, clock, stream, events, connect } = play([
          { type: "message", message: wire.start() },
          ...before,
          ...ends,
          ...after,
        ]);
        connect();
        await clock.advance(60_000);
        expect(events.filter(({ type }) => type === "end").length).toBe(1);
        expect(events.at(-1)?.type).toBe("end");
        expect(events[0]?.type).toBe("start");
        expect(clock.pendingTimers).toBe(0);
        expect(socket.listeners).toBe(0);
        expect(stream.sendAudio(new Uint8Array(1))).toBe(false);
      },
    ),
    { numRuns: 500 },
  );
});

/** The steps that may rightly end a call: a stream of another encoding. */
function stops(step: Step): boolean {
  if (step.type !== "message") return false;
  const { event, start } = step.message as {
    readonly event?: unknown;
    readonly start?: { readonly mediaFormat?: unknown };
  };
  return event === "stop" || (event === "start" && start?.mediaFormat === undefined);
}
