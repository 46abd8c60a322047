import { asNoSpeech, type Evidence, type Judgement, LEAST_SPEECH } from "./judgement.js";

/** Speech begins from here on, as the model's makers advise … */
const BEGINS = 0.5;
/** … and goes on from here on. */
const GOES_ON = 0.35;

/** What the model has come to in a call so far, if it hears all of it. */
export interface AlwaysState extends Judgement {
  /** Frames since the model last heard speech. */
  readonly quietFrames: number;
}

/** As a call begins. */
export const ALWAYS_START: AlwaysState = { quietFrames: 0, speaking: false, probability: 0, question: "on" };

/** The next frame, when the model hears everything: its verdict counts, or the built-in detector's while there is none. */
export function stepAlways(state: AlwaysState, evidence: Evidence, hangoverFrames: number): AlwaysState {
  const { verdict, reachable } = evidence;
  if (!reachable)
    return { quietFrames: 0, speaking: evidence.speaking, probability: evidence.probability, question: "on" };
  if (verdict === undefined) return { ...ALWAYS_START, probability: asNoSpeech(evidence.probability) };
  const heard = verdict >= (state.speaking ? GOES_ON : BEGINS);
  const quietFrames = heard ? 0 : state.quietFrames + 1;
  return {
    quietFrames,
    speaking: heard || (state.speaking && quietFrames < hangoverFrames),
    probability: heard ? Math.max(LEAST_SPEECH, verdict) : asNoSpeech(verdict),
    question: "on",
  };
}
