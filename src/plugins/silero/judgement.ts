/** What is known when a frame has come. */
export interface Evidence {
  /** What the built-in detector says of the frame. */
  readonly speaking: boolean;
  /** How likely the built-in detector holds the frame to be speech. */
  readonly probability: number;
  /** What the model last said of the sound since it was asked `anew`; `undefined` until it answers. */
  readonly verdict: number | undefined;
  /** The model is there, and neither fails nor takes too long. */
  readonly reachable: boolean;
}

/** What the model is asked: nothing, about a new sound, about the same sound up to now, or only to go on listening. */
export type Question = "nothing" | "anew" | "again" | "on";

/** What is held of the caller, and what to ask next. */
export interface Judgement {
  readonly speaking: boolean;
  readonly probability: number;
  readonly question: Question;
}

/** Below this is no speech to the built-in detector and to the session. */
export const LEAST_SPEECH = 0.5;

/** A probability that says there is no speech. */
export function asNoSpeech(probability: number): number {
  return Math.min(LEAST_SPEECH - 0.01, probability);
}
