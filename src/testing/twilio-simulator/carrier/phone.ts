import type { Clock } from "../../../spec/index.js";
import { createCaller } from "../caller.js";
import { createEchoMixer } from "../echo-path.js";
import { createHearing } from "../hearing.js";
import { createMouth, type Utterance } from "../mouth.js";
import type { ResolvedCall } from "../options.js";
import { createPlayout, type Playout } from "../playout.js";
import type { PreparedStep } from "../prepare-script.js";
import type { CallOver, PhoneReport } from "../report.js";
import { createTape } from "../tape.js";
import { FRAME_MS } from "../wire-messages.js";
import { type CarrierVoice, createCarrierVoice } from "./carrier-voice.js";
import { createTimers } from "./timers.js";

/** Who hears what the person at a phone says and presses. */
export interface PhoneEar {
  /** Something is made of what it hears. */
  readonly listening: boolean;
  /**
   * The next 20 ms.
   * @param atMs When they are over.
   * @param utterance Whose words they hold.
   */
  frame(frame: Uint8Array, atMs: number, utterance: Utterance | undefined): void;
  digit(digit: string, atMs: number): void;
}

/** How a call came to its end at this phone. */
export interface PhoneOver extends CallOver {
  /** Why the script could not be done, if it could not. */
  readonly failure?: string;
}

/** The phone of a simulated caller: what is heard, what is said, and the script between the two. Times are of the call. */
export interface Phone {
  /** 0 until the call begins. */
  now(): number;
  /** The call begins, unless it has: from now on time passes, and the person goes through the script. */
  begin(): void;
  /** What is heard, from whoever speaks. */
  readonly playout: Playout;
  /** The carrier's own voice at this phone. */
  readonly voice: CarrierVoice;
  /** Who hears the person from now on. @returns what takes the ear off again */
  connect(ear: PhoneEar): () => void;
  /** Undone when the call is over. @returns what undoes it. */
  after(delayMs: number, act: () => void): () => void;
  /** Aborts when the call is over, at that very instant. */
  readonly signal: AbortSignal;
  /** How it was over; undefined: it is not. */
  readonly over: PhoneOver | undefined;
  /** The call is over, unless it was already. */
  end(reason: CallOver["reason"], failure?: string): void;
  report(): PhoneReport;
}

export function createPhone(steps: readonly PreparedStep[], call: ResolvedCall, clock: Clock): Phone {
  const playout = createPlayout();
  const hearing = createHearing(call.agentSilenceMs);
  const mouth = createMouth(call.comfortNoiseDbfs, call.seed);
  const echoPath = createEchoMixer(call.echo);
  const [said, heard] = [createTape(call.record), createTape(call.record)];
  const timers = createTimers(clock);
  const controller = new AbortController();

  let startMs: number | undefined;
  let frames = 0;
  let ear: PhoneEar | undefined;
  let over: PhoneOver | undefined;

  const now = () => (startMs === undefined ? 0 : clock.now() - startMs);
  const voice = createCarrierVoice(playout, () => over?.atMs ?? now());

  const caller = createCaller(steps, {
    mouth,
    hearing,
    get listening() {
      return ear?.listening ?? false;
    },
    press: (digit) => ear?.digit(digit, now()),
    hangUp: (failure) => end("caller-hangup", failure),
  });

  /** A frame's time is over: it is heard, spoken and sent, and the caller thinks about what to do next. */
  function tick(): void {
    frames += 1;
    const atMs = frames * FRAME_MS;
    // A system's timer may fire a little early: what is not yet over has not been heard.
    hear(Math.min(atMs, now()));
    const frame = echoPath.mix(mouth.nextFrame());
    said.add(frame);
    ear?.frame(frame, atMs, mouth.utterance);
    if (over === undefined) caller.tick(atMs);
    if (over === undefined) timers.after(atMs + FRAME_MS - now(), tick);
  }

  function hear(atMs: number): void {
    const sound = playout.play(atMs);
    hearing.listen(sound);
    heard.add(sound);
    echoPath.hear(sound);
  }

  function end(reason: CallOver["reason"], failure?: string): void {
    if (over !== undefined) return;
    timers.clear();
    over = { reason, atMs: now(), ...(failure === undefined ? {} : { failure }) };
    hear(over.atMs);
    controller.abort(over);
  }

  return {
    now,
    begin() {
      if (startMs !== undefined || over !== undefined) return;
      startMs = clock.now();
      timers.after(call.timeLimitMs, () => end("time-limit"));
      timers.after(FRAME_MS, tick);
      caller.tick(0);
    },
    playout,
    voice,
    connect(next) {
      ear = next;
      return () => {
        if (ear === next) ear = undefined;
      };
    },
    after: timers.after,
    signal: controller.signal,
    get over() {
      return over;
    },
    end,
    report: () => ({
      steps: caller.finish(over?.atMs ?? now()),
      agentSpeech: hearing.stretches,
      said: said.sound(),
      heard: heard.sound(),
      spoken: voice.spoken(),
    }),
  };
}
