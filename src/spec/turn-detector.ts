import type { Language } from "./language.js";

/**
 * Decides when the caller is done. A pure function of the turn so far, asked when the caller falls silent and again
 * with each transcript: the same turn always gives the same answer, or a recorded call could not be replayed.
 */
export interface TurnDetector {
  readonly specVersion: "v1";
  readonly name: string;
  /** How long the caller must have been silent for the turn to be over, in ms from the end of the speech. */
  silenceMs(turn: TurnSoFar): number;
}

/** What is known of a turn that may be over. */
export interface TurnSoFar {
  /** The words so far, of all utterances in the turn. Empty while none are known. */
  readonly text: string;
  /** No utterance of the turn waits for its final transcript. */
  readonly final: boolean;
  readonly language: Language;
  /** How long the caller has spoken in this turn, pauses not counted. */
  readonly speechMs: number;
  /** The pauses within the turn so far, in ms, in order: how this caller speaks. */
  readonly pausesMs: readonly number[];
  /** The pauses within the caller's earlier turns of the call, the latest last; bounded. */
  readonly earlierPausesMs?: readonly number[];
}
