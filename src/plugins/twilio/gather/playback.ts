import type { Clock, HeardSoFar, SpeechTransportEvent } from "../../../spec/index.js";
import { estimateHeard, type SpokenPiece, totalMs } from "./estimate-heard.js";
import { FETCH_ALLOWANCE_MS } from "./onset.js";

/** What is known of how far a reply was heard: what was handed to Twilio and when, and what came back. */
export interface Playback {
  /**
   * Twilio was given these pieces now.
   * @param unheedingMs So long it does not listen while it says them.
   */
  handOut(generation: number, pieces: readonly SpokenPiece[], unheedingMs: number): void;
  /** All of the reply is with Twilio. */
  complete(generation: number): void;
  /** Twilio has said all it was given. */
  saidAll(): void;
  /**
   * The caller began to speak, or pressed a key, at `onsetMs`: over the reply, or behind what Twilio was given of it.
   * @returns whether it was over the reply
   */
  callerAt(onsetMs: number, by: "speech" | "dtmf"): boolean;
  /** Nothing more is told of the reply. What Twilio was given will be heard. */
  stop(generation: number): HeardSoFar;
  /** Twilio will have said all it was given by then, in ms of the clock. */
  readonly quietAtMs: number;
  close(): void;
}

/** What Twilio says now. */
interface Saying {
  readonly pieces: readonly SpokenPiece[];
  readonly fromMs: number;
  readonly endMs: number;
  readonly unheedingMs: number;
}

/** The reply that is being heard. */
interface Track {
  readonly generation: number;
  /** What was heard whole. */
  heard: readonly SpokenPiece[];
  saying: Saying | undefined;
  complete: boolean;
}

type Tell = (event: SpeechTransportEvent) => void;

/**
 * Follows one reply at a time. Twilio does not tell when it has said something; it is told from the time it takes to say,
 * unless Twilio comes back earlier.
 */
export function createPlayback(clock: Clock, tell: Tell): Playback {
  let track: Track | undefined;
  let quietAtMs = 0;
  let undoEnd = () => {};

  function leave(): void {
    undoEnd();
    track = undefined;
  }

  function saidAll(): void {
    undoEnd();
    quietAtMs = clock.now();
    if (track === undefined) return;
    const { generation, saying } = track;
    track.heard = [...track.heard, ...(saying?.pieces ?? [])];
    track.saying = undefined;
    if (!track.complete) return;
    const playedMs = totalMs(track.heard);
    leave();
    tell({ type: "playback-end", generation, playedMs });
  }

  /** The end of the reply comes by itself. */
  function awaitEnd(): void {
    undoEnd();
    if (track?.saying === undefined || !track.complete) return;
    undoEnd = clock.setTimer(saidAll, track.saying.endMs - clock.now());
  }

  return {
    handOut(generation, pieces, unheedingMs) {
      saidAll();
      const begins = track?.generation !== generation;
      if (begins) track = { generation, heard: [], saying: undefined, complete: false };
      if (track === undefined) return;
      const fromMs = clock.now() + FETCH_ALLOWANCE_MS;
      quietAtMs = fromMs + totalMs(pieces);
      track.saying = { pieces, fromMs, endMs: quietAtMs, unheedingMs };
      if (begins) tell({ type: "playback-start", generation });
    },
    complete(generation) {
      if (track?.generation !== generation || track.complete) return;
      track.complete = true;
      if (track.saying === undefined) saidAll();
      else awaitEnd();
    },
    saidAll,
    callerAt(onsetMs, by) {
      if (track?.saying === undefined) return false;
      const { generation, heard, saying } = track;
      const saidMs = Math.max(onsetMs - saying.fromMs, saying.unheedingMs);
      if (saidMs >= totalMs(saying.pieces)) {
        saidAll();
        return false;
      }
      leave();
      quietAtMs = clock.now();
      const so = estimateHeard([...heard, ...saying.pieces], totalMs(heard) + saidMs);
      tell({ type: "interrupted", generation, by, ...so });
      return true;
    },
    stop(generation) {
      if (track?.generation !== generation) return { heardText: "", playedMs: 0 };
      const pieces = [...track.heard, ...(track.saying?.pieces ?? [])];
      leave();
      return estimateHeard(pieces, totalMs(pieces));
    },
    get quietAtMs() {
      return Math.max(clock.now(), quietAtMs);
    },
    close: leave,
  };
}
