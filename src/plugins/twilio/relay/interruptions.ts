import type { Clock, HeardSoFar } from "../../../spec/index.js";

/** A key that broke in is told right behind the interruption, which does not say what broke in. */
export const KEY_TOLD_WITHIN_MS = 50;

/** A reply that the caller broke off. */
export type CutReply = { readonly generation: number } & HeardSoFar;

/** Interruptions, kept back until it is known whether a voice or a key broke in. */
export interface Interruptions {
  begin(cut: CutReply): void;
  /** Something else is to be told: what is kept back goes before. */
  flush(by: "speech" | "dtmf"): void;
  /** The reply is nobody's concern any more. */
  forget(generation: number): void;
}

export function createInterruptions(clock: Clock, tell: (by: "speech" | "dtmf", cut: CutReply) => void): Interruptions {
  let waiting: CutReply | undefined;
  let undo = () => {};

  function flush(by: "speech" | "dtmf"): void {
    undo();
    const cut = waiting;
    waiting = undefined;
    if (cut !== undefined) tell(by, cut);
  }

  return {
    begin(cut) {
      flush("speech");
      waiting = cut;
      undo = clock.setTimer(() => flush("speech"), KEY_TOLD_WITHIN_MS);
    },
    flush,
    forget(generation) {
      if (waiting?.generation !== generation) return;
      undo();
      waiting = undefined;
    },
  };
}
