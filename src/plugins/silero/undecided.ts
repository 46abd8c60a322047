import { asNoSpeech, type Evidence, type Judgement, LEAST_SPEECH } from "./judgement.js";

/** The model hears speech from here on. */
const CONFIRMING = 0.3;
/** The model hears no speech up to here; between the two it is as undecided as the built-in detector, which then prevails. */
const VETOING = 0.1;
/** Speech may be without a clear voice for so many frames, 240 ms, before it is in doubt: no consonant lasts so long. */
const DOUBTFUL_FRAMES = 12;

/** What the model and the built-in detector have come to in a call so far. */
export interface UndecidedState extends Judgement {
  readonly phase: "silent" | "held" | "speaking" | "vetoed";
  /** Frames an onset has been held, or speech has gone on without a clear voice. */
  readonly frames: number;
}

/** As a call begins. */
export const UNDECIDED_START: UndecidedState = {
  phase: "silent",
  frames: 0,
  speaking: false,
  probability: 0,
  question: "nothing",
};

/**
 * The next frame, when the model is asked only where the built-in detector is undecided.
 *
 * The built-in detector is sure of silence, and of a clear voice: only voices are so periodic that its probability is above a
 * half. It is undecided when it reports an onset without one (bursts, coughs and noise that becomes louder begin so, and at
 * least half of all words), and when speech goes on without one. A doubtful onset is held for up to `waitFrames` frames.
 */
export function stepUndecided(state: UndecidedState, evidence: Evidence, waitFrames: number): UndecidedState {
  const { speaking, probability, verdict, reachable } = evidence;
  if (!speaking) return { ...UNDECIDED_START, probability };
  if (probability > LEAST_SPEECH) return talking(0, probability);
  switch (state.phase) {
    case "silent":
      return reachable ? held(0, probability) : talking(0, probability);
    case "held":
      if (!reachable || (verdict ?? 0) >= CONFIRMING) return talking(0, probability);
      if (state.frames + 1 < waitFrames) return held(state.frames + 1, probability);
      return verdict !== undefined && verdict <= VETOING ? vetoed(probability) : talking(0, probability);
    case "vetoed":
      return !reachable || (verdict ?? 0) >= CONFIRMING ? talking(0, probability) : vetoed(probability);
    case "speaking":
      return doubting(state.frames + 1, evidence);
  }
}

/** Speech that has gone on for `frames` frames without a clear voice. */
function doubting(frames: number, { probability, verdict, reachable }: Evidence): UndecidedState {
  // What is not speech even to the built-in detector is its hangover, which ends by itself.
  if (probability < LEAST_SPEECH || !reachable) return talking(frames, probability);
  if (frames < DOUBTFUL_FRAMES) return talking(frames, probability);
  if (frames === DOUBTFUL_FRAMES) return { ...talking(frames, probability), question: "anew" };
  if (verdict === undefined) return { ...talking(frames, probability), question: "on" };
  if (verdict >= CONFIRMING) return talking(0, probability);
  return verdict <= VETOING ? vetoed(probability) : { ...talking(frames, probability), question: "on" };
}

function talking(frames: number, probability: number): UndecidedState {
  return { phase: "speaking", frames, speaking: true, probability, question: "nothing" };
}

function held(frames: number, probability: number): UndecidedState {
  const question = frames === 0 ? "anew" : "again";
  return { phase: "held", frames, speaking: false, probability: asNoSpeech(probability), question };
}

function vetoed(probability: number): UndecidedState {
  return { phase: "vetoed", frames: 0, speaking: false, probability: asNoSpeech(probability), question: "on" };
}
