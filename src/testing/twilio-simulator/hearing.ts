import { decodeMulaw } from "../../audio/index.js";

/** A stretch of the call in which something could be heard, in ms since the stream began. */
export interface Stretch {
  readonly startMs: number;
  readonly endMs: number;
}

/** What the simulated caller notices of the agent. */
export interface Hearing {
  /** Takes what was heard next, µ-law at 8 kHz. */
  listen(sound: Uint8Array): void;
  /**
   * The caller has just stopped speaking: what the agent says from now on is its answer; but what it is still saying, only
   * if it goes on.
   */
  forgetWhatWasSaid(): void;
  /** The agent can be heard, pauses shorter than the silence apart. */
  readonly audible: boolean;
  /** The agent has spoken since the caller last did, and has been silent since for the silence time. */
  readonly finished: boolean;
  /** How much of the agent's voice was heard since the caller last spoke, in ms, to a frame. */
  readonly heardMs: number;
  /** When the agent was heard: stretches with a silence between them. */
  readonly stretches: readonly Stretch[];
}

/** Sound whose samples are all below this is silence: −50 dBFS, above the noise of any codec. */
const QUIET = 100;

const MAGNITUDE = decodeMulaw(Uint8Array.from({ length: 256 }, (_, code) => code)).map(Math.abs);

/** An agent that goes on speaking for so long after the caller's words has not been stopped by them, in ms. */
export const GOES_ON_MS = 1_000;

/** A silence as long as this, in ms, parts what was left of the agent's speech from its answer. */
const BREAK_MS = 200;

/** @param silenceMs After so long without a sound the agent has stopped speaking. */
export function createHearing(silenceMs: number): Hearing {
  const stretches: { startMs: number; endMs: number }[] = [];
  let nowMs = 0;
  let heardMs = 0;
  /** How much was heard of speech that the caller's words may have interrupted; undefined: there is none. */
  let leftoverMs: number | undefined;

  const silentMs = () => nowMs - (stretches.at(-1)?.endMs ?? Number.NEGATIVE_INFINITY);

  function count(ms: number, pauseMs: number): void {
    if (pauseMs >= BREAK_MS) leftoverMs = undefined;
    if (leftoverMs === undefined) heardMs += ms;
    else leftoverMs += ms;
    if (leftoverMs === undefined || leftoverMs < GOES_ON_MS) return;
    heardMs += leftoverMs;
    leftoverMs = undefined;
  }

  return {
    listen(sound) {
      const fromMs = nowMs;
      nowMs += sound.length / 8;
      const first = sound.findIndex((code) => (MAGNITUDE[code] as number) > QUIET);
      if (first < 0) return;
      const last = sound.findLastIndex((code) => (MAGNITUDE[code] as number) > QUIET);
      const startMs = fromMs + first / 8;
      const endMs = fromMs + (last + 1) / 8;
      const current = stretches.at(-1);
      count(sound.length / 8, startMs - (current?.endMs ?? Number.NEGATIVE_INFINITY));
      if (current !== undefined && startMs - current.endMs < silenceMs) current.endMs = endMs;
      else stretches.push({ startMs, endMs });
    },
    forgetWhatWasSaid() {
      heardMs = 0;
      leftoverMs = silentMs() < BREAK_MS ? 0 : undefined;
    },
    get audible() {
      return silentMs() < silenceMs;
    },
    get finished() {
      return heardMs > 0 && silentMs() >= silenceMs;
    },
    get heardMs() {
      return heardMs;
    },
    stretches,
  };
}
