import { bytesForMs } from "../../audio/index.js";
import type { AudioTransport, TransportEvent } from "../../spec/index.js";
import {
  type ConformanceCase,
  type ConformanceOptions,
  caseOn,
  must,
  mustBeFormat,
  mustDescribeItself,
  pause,
  type Trial,
} from "./contract.js";

/** A transport, and the far end of its line, played by the test. */
export interface CallTransportHarness {
  readonly transport: AudioTransport;
  /** The carrier starts the call. */
  begin(): void | Promise<void>;
  /** The caller is heard: sound in the transport's format. */
  say(audio: Uint8Array): void | Promise<void>;
  /** The caller presses a key. Leave it out if the carrier cannot tell. */
  press?(digit: string): void | Promise<void>;
  /** The caller puts the phone down. */
  hangUp(): void | Promise<void>;
  /** The line breaks, without a goodbye. */
  lose(): void | Promise<void>;
  /** All sound that has reached the far end so far, cleared or not. */
  received(): Uint8Array;
  /** How often the far end was asked to clear. */
  clears(): number;
  /** The far end has played everything, and says so. */
  playOut(): void | Promise<void>;
}

/** Of {@link callTransportConformance}. */
export interface CallTransportConformanceOptions extends ConformanceOptions<CallTransportHarness> {
  /** How long an event may take from one end to the other, in ms. @default DEFAULT_TRANSPORT_SETTLE_MS */
  readonly settleMs?: number;
}

/** How long an event may take from one end of a line to the other, in ms, unless told otherwise. */
export const DEFAULT_TRANSPORT_SETTLE_MS = 50;

type Event = TransportEvent;

/** What the contract of {@link AudioTransport} asks. */
export function callTransportConformance(options: CallTransportConformanceOptions): ConformanceCase[] {
  const { settleMs = DEFAULT_TRANSPORT_SETTLE_MS } = options;
  const check = caseOn(options);
  const settle = () => pause(settleMs);

  /** A case on a call that has begun, with the events of its line. */
  const inCall = (name: string, act: (line: Line) => void | Promise<void>) =>
    check(name, async ({ plugin }) => {
      const line = connected(plugin);
      await plugin.begin();
      await settle();
      await act(line);
    });

  const endsWith = async ({ events }: Line, reason: Extract<Event, { type: "end" }>["reason"]) => {
    await settle();
    const ends = events.filter(({ type }) => type === "end");
    must(ends.length === 1, "end comes exactly once", ends);
    must(events.at(-1)?.type === "end", "end is the last event", events.at(-1));
    must(ends[0]?.type === "end" && ends[0].reason === reason, `The reason of this end is ${reason}`, ends[0]);
  };

  return [
    check("says what it is and how its sound is coded", ({ plugin: { transport } }) => {
      mustDescribeItself(transport);
      must(transport.kind === "audio", 'kind is "audio"', transport.kind);
      mustBeFormat(transport.format);
    }),

    inCall("tells of the call first", ({ events }) => {
      const [start] = events;
      must(start?.type === "start", "start is the first event", start);
      const { callId, direction, parameters } = start.call;
      must(typeof callId === "string" && callId !== "", "A call has an id", callId);
      must(direction === "inbound" || direction === "outbound", "A call has a direction", direction);
      must(typeof parameters === "object" && parameters !== null, "A call has parameters, maybe none", parameters);
    }),

    inCall("brings the caller's sound, in order and whole", async ({ harness, events }) => {
      const pieces = [1, 2, 3].map((code) => sound(harness, 20, code));
      for (const piece of pieces) await harness.say(piece);
      await settle();
      must(Buffer.concat(audioOf(events)).equals(Buffer.concat(pieces)), "The caller's sound arrives as it was said");
    }),

    check("keeps what came before connect()", async ({ plugin: harness }) => {
      await harness.begin();
      await harness.say(sound(harness, 20, 1));
      await settle();
      const { events } = connected(harness);
      await settle();
      must(events[0]?.type === "start", "start comes first, also to a late listener", events[0]);
      must(Buffer.concat(audioOf(events)).equals(sound(harness, 20, 1)), "Sound from before connect() is kept");
    }),

    check("keeps reply audio until the call starts", async ({ plugin: harness }) => {
      connected(harness);
      const taken = harness.transport.sendAudio(sound(harness, 20, 1));
      must(taken, "sendAudio before start takes the audio", taken);
      await harness.begin();
      await settle();
      must(heardIs(harness, sound(harness, 20, 1)), "Audio sent before start is played after it");
    }),

    inCall("plays what is sent, in order and whole", async ({ harness }) => {
      const pieces = [7, 13, 20, 1].map((ms, place) => sound(harness, ms, place + 1));
      for (const piece of pieces)
        must(harness.transport.sendAudio(piece), "sendAudio takes audio while the line is fine");
      await settle();
      must(heardIs(harness, Buffer.concat(pieces)), "The audio arrives at the far end as it was sent");
    }),

    inCall("brings a mark back when what was before it has been played", async ({ harness, events }) => {
      harness.transport.sendAudio(sound(harness, 100, 1));
      harness.transport.sendMark("a");
      await settle();
      must(marksOf(events).length === 0, "A mark does not come back before its audio was played", marksOf(events));
      await harness.playOut();
      await settle();
      must(marksOf(events).join() === "a", "A mark comes back once its audio was played", marksOf(events));
    }),

    inCall("clears what was not played, and brings pending marks back", async ({ harness, events }) => {
      harness.transport.sendAudio(sound(harness, 100, 1));
      harness.transport.sendMark("a");
      harness.transport.sendMark("b");
      await settle();
      harness.transport.clear();
      await settle();
      must(harness.clears() === 1, "clear() reaches the far end", harness.clears());
      must(
        marksOf(events).toSorted().join() === "a,b",
        "Marks that are pending come back after clear()",
        marksOf(events),
      );
    }),

    inCall("tells of keys", async ({ harness, events }) => {
      if (harness.press === undefined) return;
      await harness.press("5");
      await settle();
      const digits = events.flatMap((event) => (event.type === "dtmf" ? [event.digit] : []));
      must(digits.join() === "5", "A key is told as a dtmf event", digits);
    }),

    inCall("ends once when the caller hangs up", async (line) => {
      await line.harness.hangUp();
      await endsWith(line, "caller-hangup");
      await line.harness.transport.hangUp();
      await endsWith(line, "caller-hangup");
    }),

    inCall("ends once when it hangs up, and hangs up twice", async (line) => {
      await Promise.all([line.harness.transport.hangUp(), line.harness.transport.hangUp()]);
      await endsWith(line, "hung-up");
    }),

    inCall("ends once when the line is lost", async (line) => {
      await line.harness.lose();
      await endsWith(line, "transport-lost");
    }),

    check("ends once when the line is lost before the call starts", async ({ plugin: harness }) => {
      const line = connected(harness);
      await harness.lose();
      await endsWith(line, "transport-lost");
    }),

    inCall("takes calls after the end, and says that it takes no audio", async (line) => {
      await line.harness.hangUp();
      await settle();
      const { transport } = line.harness;
      const taken = transport.sendAudio(sound(line.harness, 20, 1));
      must(taken === false, "sendAudio after the end gives false", taken);
      transport.sendMark("late");
      transport.clear();
      await endsWith(line, "caller-hangup");
    }),
  ];
}

interface Line {
  readonly harness: CallTransportHarness;
  readonly events: readonly Event[];
}

function connected(harness: Trial<CallTransportHarness>["plugin"]): Line {
  const events: Event[] = [];
  harness.transport.connect((event) => events.push(event));
  return { harness, events };
}

/** Bytes that are no silence in any format. */
function sound({ transport }: CallTransportHarness, ms: number, code: number): Buffer {
  return Buffer.alloc(bytesForMs(ms, transport.format), 0x10 + code);
}

function heardIs(harness: CallTransportHarness, expected: Uint8Array): boolean {
  return Buffer.from(harness.received()).equals(expected);
}

function audioOf(events: readonly Event[]): Uint8Array[] {
  return events.flatMap((event) => (event.type === "audio" ? [event.audio] : []));
}

function marksOf(events: readonly Event[]): string[] {
  return events.flatMap((event) => (event.type === "mark" ? [event.name] : []));
}
