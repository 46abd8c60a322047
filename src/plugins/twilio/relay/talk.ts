import type { Clock, HeardSoFar, Language, SayRequest } from "../../../spec/index.js";
import { speakingMs, totalMs } from "../gather/estimate-heard.js";
import { settleable } from "../settleable.js";
import type { RelayTextOptions } from "./messages.js";
import { heardSoFar, heardUntil, positionOf, type Reply, textOf } from "./reply.js";
import { SpeakingMeter } from "./speaking-meter.js";

/** So much speech is handed over ahead, in ms, as a fast voice says it: what the carrier has cannot be taken back. */
export const HANDED_AHEAD_MS = 3_000;
/** No voice is faster, in ms for a UTF-16 unit: it must not run dry while there is more. */
const FAST_UNIT_MS = 40;

/** A carrier that is to tell when it speaks has so long to begin with a reply; else it is taken to tell nothing. */
export const SPEAKING_TOLD_WITHIN_MS = 2_500;
/** … and so long to fall silent, behind the time a reply should take. */
export const SILENCE_TOLD_WITHIN_MS = 5_000;

/** A silence that is this short stands between two sentences, or is followed by the news that the caller broke in. */
const SETTLED_SILENCE_MS = 200;
/** What was sent less than this ago cannot have been said yet. */
const LEAST_SAYING_MS = 100;

const NOTHING_HEARD: HeardSoFar = Object.freeze({ heardText: "", playedMs: 0 });

/** What is told as replies are said. */
export interface TalkListener {
  send(token: string, options: RelayTextOptions): void;
  started(generation: number): void;
  ended(generation: number, playedMs: number): void;
  warn(what: string): void;
}

/** What a talk is made with. */
export interface TalkOptions {
  readonly clock: Clock;
  /** The carrier tells when it speaks. */
  readonly speakerEvents: boolean;
  /** The tag of each language. */
  readonly languages: Readonly<Record<Language, string>>;
  readonly unitMs: Readonly<Record<Language, number>>;
}

/** The replies on their way through a carrier that says them. */
export interface Talk {
  say(piece: SayRequest): void;
  stop(generation: number): HeardSoFar;
  /** The caller broke in. @returns undefined if nothing was being said */
  interrupted(
    utterance: string,
    durationMs: number | undefined,
  ): ({ readonly generation: number } & HeardSoFar) | undefined;
  /** The carrier tells whether it speaks. */
  speaking(isOn: boolean): void;
  /** Settles once nothing is being said any more. */
  quiet(): Promise<void>;
  close(): void;
}

/** Something to do at a time. */
interface Task {
  readonly atMs: number;
  readonly run: () => void;
}

/** Hands replies over, piece by piece, and knows what of them is being heard: one reply at a time. */
export function createTalk({ clock, speakerEvents, languages, unitMs }: TalkOptions, listener: TalkListener): Talk {
  let reply: Reply | undefined;
  /** The last reply that is over, and what was heard of it. */
  let past: { readonly generation: number } & HeardSoFar = { generation: 0, ...NOTHING_HEARD };
  /** The carrier goes on saying what could not be taken back until then. */
  let busyUntilMs = Number.NEGATIVE_INFINITY;
  let isTold = speakerEvents;
  let isOn = false;
  let undoTimer = () => {};

  function begin(first: SayRequest): Reply {
    const nowMs = clock.now();
    return {
      generation: first.generation,
      last: first,
      // If it is speaking still, it will not tell when it begins with this.
      meter: new SpeakingMeter(isTold && !(isOn && nowMs < busyUntilMs), busyUntilMs),
      waiting: [],
      said: [],
      over: settleable(),
      whole: false,
      closed: false,
      audible: false,
      firstSentAtMs: nowMs,
      lastSentAtMs: nowMs,
      fastEndMs: nowMs,
      silentAtMs: undefined,
    };
  }

  function handOver(to: Reply): void {
    const piece = to.waiting.shift();
    if (piece === undefined) return;
    const nowMs = clock.now();
    const words = piece.text.trim();
    const durationMs = speakingMs(words, piece.language, unitMs);
    send(`${words} `, piece, false);
    if (to.said.length === 0) to.firstSentAtMs = nowMs;
    to.last = piece;
    to.said.push({ text: words, durationMs });
    to.meter.sent(durationMs, nowMs);
    to.lastSentAtMs = nowMs;
    to.silentAtMs = undefined;
    to.fastEndMs = Math.max(nowMs, to.fastEndMs) + words.length * FAST_UNIT_MS;
  }

  function send(token: string, { language, interruption }: SayRequest, last: boolean): void {
    const held = interruption === "none" ? { interruptible: false } : {};
    listener.send(token, { last, language: languages[language], ...held });
  }

  /** Says what it has, although the reply does not go on. */
  function closeCycle(of: Reply): void {
    if (!of.closed && of.said.length > 0) send("", of.last, true);
    of.closed = true;
  }

  function start(of: Reply): void {
    of.audible = true;
    listener.started(of.generation);
  }

  function mistrust(of: Reply): void {
    isTold = false;
    of.meter.tellsNothing();
    listener.warn("Twilio does not tell when it speaks: replies are followed by the clock.");
  }

  function finish(of: Reply): void {
    const playedMs = Math.round(of.meter.playedMs(clock.now()));
    setPast(of, { heardText: textOf(of.said), playedMs });
    listener.ended(of.generation, playedMs);
  }

  function setPast(of: Reply, heard: HeardSoFar): void {
    past = { generation: of.generation, ...heard };
    reply = undefined;
    of.over.resolve();
  }

  /** What is to be done of a reply, and when. */
  function tasksOf(of: Reply): Task[] {
    const { waiting, said, whole, closed, audible, meter, silentAtMs } = of;
    const tasks: Task[] = [];
    const add = (atMs: number, run: (of: Reply) => void) => tasks.push({ atMs, run: () => run(of) });
    if (waiting.length > 0) add(of.fastEndMs - HANDED_AHEAD_MS, handOver);
    else if (whole && !closed) add(Number.NEGATIVE_INFINITY, closeCycle);
    if (!audible && said.length > 0) {
      if (meter.isTold) add(of.firstSentAtMs + SPEAKING_TOLD_WITHIN_MS, mistrust);
      else add(meter.startedAtMs, start);
    }
    if (closed && said.length === 0) add(Number.NEGATIVE_INFINITY, finish);
    if (closed && audible) {
      if (silentAtMs !== undefined) add(silentAtMs + SETTLED_SILENCE_MS, finish);
      else add(meter.endsAtMs + (meter.isTold ? SILENCE_TOLD_WITHIN_MS : 0), finish);
    }
    return tasks.sort((one, other) => one.atMs - other.atMs);
  }

  /** Does what is due, and comes back for what will be. */
  function update(): void {
    undoTimer();
    undoTimer = () => {};
    while (reply !== undefined) {
      const [next] = tasksOf(reply);
      if (next === undefined) return;
      if (next.atMs > clock.now()) {
        undoTimer = clock.setTimer(update, next.atMs - clock.now());
        return;
      }
      next.run();
    }
  }

  return {
    say(piece) {
      if (piece.generation <= past.generation) return;
      if (reply !== undefined && reply.generation !== piece.generation) {
        if (piece.generation < reply.generation) return;
        stop(reply);
      }
      reply ??= begin(piece);
      if (piece.text.trim() !== "") reply.waiting.push(piece);
      reply.whole ||= piece.last;
      update();
    },
    stop(generation) {
      if (reply?.generation === generation) stop(reply);
      return past.generation === generation ? { heardText: past.heardText, playedMs: past.playedMs } : NOTHING_HEARD;
    },
    interrupted(utterance, durationMs) {
      const cut = reply;
      if (cut === undefined || cut.said.length === 0) return undefined;
      const playedMs = cut.meter.isTold
        ? cut.meter.playedMs(clock.now())
        : (durationMs ?? positionOf(cut, clock.now()));
      setPast(cut, { heardText: heardUntil(cut, utterance, clock.now()), playedMs: Math.round(playedMs) });
      update();
      return past;
    },
    speaking(on) {
      isOn = on;
      if (reply?.meter.isTold !== true || reply.said.length === 0) return;
      const nowMs = clock.now();
      if (on) {
        reply.meter.speaks(nowMs);
        reply.silentAtMs = undefined;
        if (!reply.audible) start(reply);
      } else if (reply.audible) {
        const all = nowMs - reply.lastSentAtMs >= LEAST_SAYING_MS;
        reply.meter.fallsSilent(nowMs, all);
        reply.silentAtMs = all ? nowMs : undefined;
      }
      update();
    },
    async quiet() {
      while (reply !== undefined) await reply.over.promise;
      if (busyUntilMs > clock.now()) {
        await new Promise<void>((resolve) => {
          clock.setTimer(resolve, busyUntilMs - clock.now());
        });
      }
    },
    close() {
      undoTimer();
      if (reply !== undefined)
        setPast(reply, { heardText: heardSoFar(reply, clock.now()), playedMs: positionOf(reply, clock.now()) });
      busyUntilMs = Number.NEGATIVE_INFINITY;
    },
  };

  /** What the carrier has of it is heard all the same. */
  function stop(of: Reply): void {
    of.waiting.length = 0;
    closeCycle(of);
    if (of.said.length > 0) busyUntilMs = of.meter.endsAtMs;
    setPast(of, { heardText: textOf(of.said), playedMs: Math.round(totalMs(of.said)) });
    update();
  }
}
