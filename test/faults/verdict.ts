import type { Outcome } from "./call.js";

/** The caller is never in silence for longer, in ms. */
export const LONGEST_SILENCE_MS = 3_000;
/** The caller hears something so soon after a failure could be told, in ms. */
export const LONGEST_AFTER_FAILURE_MS = 2_000;
/** The caller says so much in the call. */
const TURNS = 3;

/** What is wrong with the outcome of a cell of the matrix, if anything. */
export function faultsOf(outcome: Outcome, alone: boolean): string[] {
  const { silenceMs, afterFailureMs, ended, answered, historyFault } = outcome;
  const goesOn = ended === "caller-hangup";
  return [
    ...(silenceMs > LONGEST_SILENCE_MS ? [`silent for ${Math.round(silenceMs)} ms`] : []),
    ...(afterFailureMs > LONGEST_AFTER_FAILURE_MS
      ? [`nothing heard for ${Math.round(afterFailureMs)} ms after a failure`]
      : []),
    ...(goesOn || (alone && ended === "error") ? [] : [`the call ended by ${ended}`]),
    ...(alone || answered >= TURNS ? [] : [`${answered} of ${TURNS} turns were answered`]),
    ...(historyFault === undefined ? [] : [historyFault]),
  ];
}
