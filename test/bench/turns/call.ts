/** Callers who speak the corpus, with pauses drawn from distributions, and what a detector makes of them. */
import type { Language, TurnDetector } from "../../../src/spec/index.js";
import type { CorpusTurn } from "./make-corpus.js";

/** A streaming recogniser gives the final so long after the speech, in ms; the session closes no turn before. */
export const FINAL_LAG_MS = 350;
/** Voice activity hears the caller go on so long after they do, in ms: until then a turn may still be closed. */
export const ONSET_MS = 60;
/** A place where a pause may fall has one with this chance. */
export const PAUSE_CHANCE = 0.5;
/** Log-normal: of one caller's pauses … */
export const PAUSE_SIGMA = 0.55;
/** … and of callers among each other. */
export const CALLER_SIGMA = 0.25;
/** One caller speaks so many turns in a call. */
const TURNS_A_CALL = 10;
const WORDS_A_SECOND = 2.7;
/** Of an earlier turn's pauses the session keeps so many. */
const KEPT_PAUSES = 20;

/** What came of a turn. */
export interface TurnOutcome {
  readonly cut: boolean;
  /** From the end of the caller's last word to the end of the turn; of a turn that was cut, nothing. */
  readonly deadAirMs: number | undefined;
}

export interface Distribution {
  /** Of a pause inside a turn, in ms. */
  readonly medianMs: number;
  readonly seed: number;
}

/** All turns, spoken by callers of ten turns each. Every detector hears the same pauses. */
export function speakAll(
  turns: readonly CorpusTurn[],
  language: Language,
  detector: TurnDetector,
  { medianMs, seed }: Distribution,
): TurnOutcome[] {
  const random = mulberry(seed);
  const outcomes: TurnOutcome[] = [];
  let pace = 1;
  let earlierPausesMs: number[] = [];
  turns.forEach((turn, index) => {
    if (index % TURNS_A_CALL === 0) {
      pace = Math.exp(CALLER_SIGMA * normal(random));
      earlierPausesMs = [];
    }
    const pauses = turn.places.map(() => {
      const falls = random() < PAUSE_CHANCE;
      const pauseMs = medianMs * pace * Math.exp(PAUSE_SIGMA * normal(random));
      return falls ? pauseMs : undefined;
    });
    const outcome = speak(turn, pauses, language, detector, earlierPausesMs);
    outcomes.push(outcome);
    const heard = pauses.filter((pauseMs): pauseMs is number => pauseMs !== undefined);
    // What is cut off is no pause to the session: the call goes on with another turn.
    if (!outcome.cut) earlierPausesMs = [...earlierPausesMs, ...heard].slice(-KEPT_PAUSES);
  });
  return outcomes;
}

function speak(
  turn: CorpusTurn,
  pauses: readonly (number | undefined)[],
  language: Language,
  detector: TurnDetector,
  earlierPausesMs: readonly number[],
): TurnOutcome {
  let text = "";
  const pausesMs: number[] = [];
  let speechMs = 0;
  for (let at = 0; at < turn.parts.length; at += 1) {
    const part = turn.parts[at] ?? "";
    text = text === "" ? part : `${text} ${part}`;
    speechMs += (part.split(" ").length / WORDS_A_SECOND) * 1000;
    const last = at === turn.parts.length - 1;
    const pauseMs = pauses[at];
    if (!last && pauseMs === undefined) continue;
    const soFar = { text, final: true, language, speechMs, pausesMs: [...pausesMs], earlierPausesMs };
    const endMs = Math.max(FINAL_LAG_MS, detector.silenceMs(soFar));
    if (last) return { cut: false, deadAirMs: endMs };
    if (pauseMs !== undefined && endMs <= pauseMs + ONSET_MS) return { cut: true, deadAirMs: undefined };
    if (pauseMs !== undefined) pausesMs.push(pauseMs);
  }
  return { cut: false, deadAirMs: undefined };
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function mulberry(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
