import { type Completeness, completeness } from "../../language/index.js";
import type { Language, TurnDetector, TurnSoFar } from "../../spec/index.js";

/** How long a silence ends a turn, in ms from the end of the speech, by how finished the words sound. */
export type TurnSilence = Readonly<Record<Completeness, number>>;

/** Hindi is spoken with short pauses inside a turn, and its sentences end with their verb. */
export const DEFAULT_HINDI_SILENCE: TurnSilence = Object.freeze({
  "short-answer": 380,
  complete: 590,
  open: 850,
  hanging: 1300,
  "half-number": 1500,
});

/** English is spoken with pauses twice as long, and its sentences seldom show their end. */
export const DEFAULT_ENGLISH_SILENCE: TurnSilence = Object.freeze({
  "short-answer": 450,
  complete: 850,
  open: 1850,
  hanging: 2400,
  "half-number": 2700,
});

/** Of {@link turnDetector}. */
export interface TurnDetectorOptions {
  /** For Hindi and mixed speech. @default DEFAULT_HINDI_SILENCE */
  readonly hindi?: Partial<TurnSilence>;
  /** @default DEFAULT_ENGLISH_SILENCE */
  readonly english?: Partial<TurnSilence>;
  /** Follows the caller's own pace, as the pauses inside their turns tell it. @default true */
  readonly adapts?: boolean;
}

/** What a pause inside a turn usually lasts, in ms: a caller whose pauses are longer is waited for longer. */
const USUAL_PAUSE_MS = { en: 630, hi: 280 } as const;
/** A word or two are an answer, as a rule: a name, a town. */
const ANSWER_WORDS = 2;
/** From so many words on, words that may be all are waited for less; from so many, as if they were complete. */
const FEW_WORDS = 4;
const MANY_WORDS = 11;
/** So many pauses of an unknown caller are taken to have been usual. */
const PRIOR_PAUSES = 5;
/** A caller's pace changes the wait by this much at most. */
const [SHORTEST_PACE, LONGEST_PACE] = [0.75, 1.5];

/**
 * Ends a turn after a silence that depends on the language, on whether the words sound finished, and on the caller's own
 * pace. No model; a pure function of the turn so far.
 */
export function turnDetector(options: TurnDetectorOptions = {}): TurnDetector {
  const hindi = { ...DEFAULT_HINDI_SILENCE, ...options.hindi };
  const english = { ...DEFAULT_ENGLISH_SILENCE, ...options.english };
  const { adapts = true } = options;
  return {
    specVersion: "v1",
    name: "words",
    silenceMs(turn) {
      const { text, language } = turn;
      const silence = language === "en" ? english : hindi;
      return Math.round(waitFor(text, language, silence) * (adapts ? paceOf(turn, language) : 1));
    },
  };
}

/** Words that may be all are waited for less the more of them there are: long turns are mostly over. */
function waitFor(text: string, language: Language, silence: TurnSilence): number {
  const kind = completeness(text, language);
  if (kind !== "open") return silence[kind];
  const words = text.trim().split(/\s+/u).length;
  if (words <= ANSWER_WORDS) return silence.complete;
  const over = Math.min(1, Math.max(0, (words - FEW_WORDS) / (MANY_WORDS - FEW_WORDS)));
  return silence.open + over * (silence.complete - silence.open);
}

/** How the caller's pauses compare with the usual: 1 as usual, above it slower. */
function paceOf({ pausesMs, earlierPausesMs = [] }: TurnSoFar, language: Language): number {
  const usualMs = USUAL_PAUSE_MS[language === "en" ? "en" : "hi"];
  const all = [...earlierPausesMs, ...pausesMs];
  const sum = all.reduce((total, pauseMs) => total + Math.log(Math.max(pauseMs, 50) / usualMs), 0);
  const pace = Math.exp(sum / (all.length + PRIOR_PAUSES));
  return Math.min(LONGEST_PACE, Math.max(SHORTEST_PACE, pace));
}
