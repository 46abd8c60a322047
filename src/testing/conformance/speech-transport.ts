import type { SayRequest, SpeechTransport, SpeechTransportEvent } from "../../spec/index.js";
import { DEFAULT_TRANSPORT_SETTLE_MS } from "./call-transport.js";
import {
  type ConformanceCase,
  type ConformanceOptions,
  caseOn,
  must,
  mustDescribeItself,
  pause,
  type Trial,
} from "./contract.js";

/** A transport on which the carrier hears and speaks; the carrier and the caller are played by the test. */
export interface SpeechTransportHarness {
  readonly transport: SpeechTransport;
  /** The carrier starts the call. */
  begin(): void | Promise<void>;
  /** The caller says something, to the end, and the carrier has recognised it. If the agent is being heard, it is in the middle of its words. */
  callerSays(text: string): void | Promise<void>;
  /** The caller presses a key. Leave it out if the carrier cannot tell. */
  press?(digit: string): void | Promise<void>;
  /** The carrier says all it was given, to the end. */
  playOut(): void | Promise<void>;
  /** The texts that reached the carrier's voice so far, in order. */
  said(): readonly string[];
  /** The caller puts the phone down. */
  hangUp(): void | Promise<void>;
  /** The line breaks, without a goodbye. */
  lose(): void | Promise<void>;
  /** The carrier has carried out what it was told, the end of the call included. Leave it out if it does so by itself. */
  carryOut?(): void | Promise<void>;
}

/** Of {@link speechTransportConformance}. */
export interface SpeechTransportConformanceOptions extends ConformanceOptions<SpeechTransportHarness> {
  /** How long an event may take from one end to the other, in ms. @default DEFAULT_TRANSPORT_SETTLE_MS */
  readonly settleMs?: number;
}

type Event = SpeechTransportEvent;

const FIRST = "Here is what you asked for, as far as I can tell.";
const SECOND = "Shall I send it to you today?";

/** What the contract of {@link SpeechTransport} asks. */
export function speechTransportConformance(options: SpeechTransportConformanceOptions): ConformanceCase[] {
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

  /** Says a reply, and waits until the carrier has begun to. */
  const say = async ({ harness, events }: Line, generation: number, ...texts: readonly string[]) => {
    for (const text of texts) harness.transport.say(piece(generation, text));
    await settle();
    must(of(events, "playback-start").length <= generation, "playback-start comes once for a reply", events);
  };

  const endsWith = async ({ events, harness }: Line, reason: Extract<Event, { type: "end" }>["reason"]) => {
    await settle();
    await harness.carryOut?.();
    await settle();
    const ends = of(events, "end");
    must(ends.length === 1, "end comes exactly once", ends);
    must(events.at(-1)?.type === "end", "end is the last event", events.at(-1));
    must(ends[0]?.reason === reason, `The reason of this end is ${reason}`, ends[0]);
  };

  return [
    check("says what it is", ({ plugin: { transport } }) => {
      mustDescribeItself(transport);
      must(transport.kind === "speech", 'kind is "speech"', transport.kind);
    }),

    inCall("tells of the call first", ({ events }) => {
      const [start] = events;
      must(start?.type === "start", "start is the first event", start);
      const { callId, direction, parameters } = start.call;
      must(typeof callId === "string" && callId !== "", "A call has an id", callId);
      must(direction === "inbound" || direction === "outbound", "A call has a direction", direction);
      must(typeof parameters === "object" && parameters !== null, "A call has parameters, maybe none", parameters);
    }),

    check("keeps what came before connect()", async ({ plugin: harness }) => {
      await harness.begin();
      await harness.callerSays("hello");
      await settle();
      const { events } = connected(harness);
      await settle();
      must(events[0]?.type === "start", "start comes first, also to a late listener", events[0]);
      must(finalsOf(events).join() === "hello", "Words from before connect() are kept", events);
    }),

    inCall("brings the caller's words, and tells behind them that the caller has finished", async (line) => {
      await line.harness.callerSays("two rooms");
      await settle();
      const { events } = line;
      must(finalsOf(events).join() === "two rooms", "The caller's words come as one final transcript", events);
      must(of(events, "turn-end").length === 1, "turn-end comes once a turn", events);
      const order = events.flatMap(({ type }) => (type === "transcript" || type === "turn-end" ? [type] : []));
      must(order.at(-1) === "turn-end", "turn-end comes behind the final transcript", order);
    }),

    inCall("says what it is given, in order and whole", async (line) => {
      await say(line, 1, FIRST, SECOND, "");
      await line.harness.playOut();
      await settle();
      const said = line.harness.said().join(" ");
      must(said === `${FIRST} ${SECOND}`, "The pieces reach the carrier's voice in order, and once each", said);
    }),

    inCall("tells when a reply begins to be heard, and when it is over", async (line) => {
      await say(line, 1, FIRST, "");
      must(of(line.events, "playback-end").length === 0, "A reply is not over before it was said", line.events);
      await line.harness.playOut();
      await settle();
      const [start, end, ...more] = playbackOf(line.events);
      must(start?.type === "playback-start" && start.generation === 1, "playback-start comes first", start);
      must(end?.type === "playback-end" && end.generation === 1, "playback-end comes when all was said", end);
      must(end.playedMs > 0, "playback-end tells how long the reply was", end.playedMs);
      must(more.length === 0, "A reply begins once, and ends once", more);
    }),

    inCall("does not take a reply for over while more of it may come", async (line) => {
      await say(line, 1, FIRST);
      await line.harness.playOut();
      await settle();
      must(of(line.events, "playback-end").length === 0, "A reply is over only behind its last piece", line.events);
      line.harness.transport.say(piece(1, ""));
      await line.harness.playOut();
      await settle();
      must(of(line.events, "playback-end").length === 1, "The last piece may be blank, and come late", line.events);
    }),

    inCall("says one reply behind another", async (line) => {
      for (const [generation, text] of [
        [1, FIRST],
        [2, SECOND],
      ] as const) {
        await say(line, generation, text, "");
        await line.harness.playOut();
        await settle();
      }
      const told = playbackOf(line.events).map((event) => `${event.type} ${event.generation}`);
      const wanted = ["playback-start 1", "playback-end 1", "playback-start 2", "playback-end 2"];
      must(told.join() === wanted.join(), `Two replies are told of as ${wanted.join(", ")}`, told);
      must(line.harness.said().join(" ") === `${FIRST} ${SECOND}`, "Both are said", line.harness.said());
    }),

    inCall("tells what was heard when the caller interrupts, before what they said", async (line) => {
      await say(line, 1, FIRST, SECOND, "");
      await line.harness.callerSays("wait");
      await settle();
      const [cut, ...more] = of(line.events, "interrupted");
      must(cut?.generation === 1 && cut.by === "speech", "The caller's voice over a reply is told as interrupted", cut);
      must(more.length === 0, "An interruption is told once", more);
      mustBeHeard(cut, `${FIRST} ${SECOND}`);
      const before = line.events.slice(0, line.events.indexOf(cut));
      must(finalsOf(before).length === 0, "interrupted comes before the words", before);
      must(finalsOf(line.events).join() === "wait", "The words that interrupted come as any others", line.events);
      await line.harness.playOut();
      await settle();
      must(
        of(line.events, "playback-end").length === 0,
        "A reply that was interrupted has no playback-end",
        line.events,
      );
    }),

    inCall("says and tells nothing more of a reply that was stopped", async (line) => {
      const { harness, events } = line;
      await say(line, 1, FIRST);
      mustBeHeard(harness.transport.stop(1), FIRST);
      harness.transport.say(piece(1, SECOND));
      harness.transport.say(piece(1, ""));
      await harness.playOut();
      await settle();
      must(!harness.said().includes(SECOND), "Pieces of a stopped reply are dropped", harness.said());
      const told = playbackOf(events).filter(({ type }) => type !== "playback-start");
      must(told.length === 0, "No event tells of a stopped reply any more", told);
    }),

    inCall("says another reply behind one that was stopped", async (line) => {
      await say(line, 1, FIRST);
      line.harness.transport.stop(1);
      await line.harness.playOut();
      await say(line, 2, SECOND, "");
      await line.harness.playOut();
      await settle();
      const ends = of(line.events, "playback-end").map(({ generation }) => generation);
      must(ends.join() === "2", "A stop is for one reply only", line.events);
      must(line.harness.said().at(-1) === SECOND, "The next reply is said", line.harness.said());
    }),

    inCall("knows that nothing was heard of a reply that never was", ({ harness }) => {
      const { heardText, playedMs } = harness.transport.stop(7);
      must(heardText === "" && playedMs === 0, "Of an unknown reply nothing was heard", { heardText, playedMs });
    }),

    inCall("tells of keys", async ({ harness, events }) => {
      if (harness.press === undefined) return;
      await harness.press("5");
      await settle();
      const digits = of(events, "dtmf").map(({ digit }) => digit);
      must(digits.join() === "5", "A key is told as a dtmf event", digits);
    }),

    inCall("goes on when the language changes", async (line) => {
      for (const language of ["hi", "hi-en", "en"] as const) line.harness.transport.setLanguage(language);
      await line.harness.callerSays("hello");
      await settle();
      must(finalsOf(line.events).join() === "hello", "The line hears on after setLanguage()", line.events);
    }),

    inCall("ends once when the caller hangs up", async (line) => {
      await line.harness.hangUp();
      await endsWith(line, "caller-hangup");
      await line.harness.transport.hangUp();
      await endsWith(line, "caller-hangup");
    }),

    inCall("ends once when it hangs up, and hangs up twice", async (line) => {
      const both = Promise.all([line.harness.transport.hangUp(), line.harness.transport.hangUp()]);
      await endsWith(line, "hung-up");
      await both;
    }),

    inCall("ends once when the line is lost", async (line) => {
      await line.harness.lose();
      await endsWith(line, "transport-lost");
    }),

    inCall("takes calls after the end, and says nothing", async (line) => {
      await line.harness.hangUp();
      await settle();
      const { transport } = line.harness;
      const saidBefore = line.harness.said().length;
      transport.say(piece(1, FIRST));
      transport.setLanguage("hi");
      transport.stop(1);
      await endsWith(line, "caller-hangup");
      must(line.harness.said().length === saidBefore, "Nothing is said after the end", line.harness.said());
    }),
  ];
}

interface Line {
  readonly harness: SpeechTransportHarness;
  readonly events: readonly Event[];
}

function connected(harness: Trial<SpeechTransportHarness>["plugin"]): Line {
  const events: Event[] = [];
  harness.transport.connect((event) => events.push(event));
  return { harness, events };
}

/** A blank text is a reply's end. */
function piece(generation: number, text: string): SayRequest {
  return { generation, text, language: "en", interruption: "duck", last: text === "" };
}

function of<Type extends Event["type"]>(events: readonly Event[], type: Type): Extract<Event, { type: Type }>[] {
  return events.filter((event): event is Extract<Event, { type: Type }> => event.type === type);
}

function playbackOf(events: readonly Event[]) {
  return events.flatMap((event) =>
    event.type === "playback-start" || event.type === "playback-end" || event.type === "interrupted" ? [event] : [],
  );
}

function finalsOf(events: readonly Event[]): string[] {
  return of(events, "transcript").flatMap(({ result }) =>
    result.type === "transcript" && result.final ? [result.text] : [],
  );
}

function mustBeHeard({ heardText, playedMs }: { readonly heardText: string; readonly playedMs: number }, text: string) {
  must(text.startsWith(heardText), "What was heard is a beginning of what was to be said", heardText);
  must(Number.isFinite(playedMs) && playedMs >= 0, "playedMs is a time, in ms", playedMs);
}
