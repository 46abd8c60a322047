import type { Clock } from "../../../spec/index.js";

/** The account's calls wait here for their turn. */
export interface CallQueue {
  /** @returns what takes it out again. */
  enter(begin: () => void): () => void;
}

/** Lets calls begin in the order they came, so many in a second; the first one at once. */
export function createCallQueue(clock: Clock, callsPerSecond: number): CallQueue {
  const waiting: (() => void)[] = [];
  const gapMs = 1_000 / callsPerSecond;
  let freeAtMs = Number.NEGATIVE_INFINITY;
  let undoTurn: (() => void) | undefined;

  function takeTurns(): void {
    if (undoTurn !== undefined || waiting.length === 0) return;
    undoTurn = clock.setTimer(() => {
      undoTurn = undefined;
      freeAtMs = clock.now() + gapMs;
      waiting.shift()?.();
      takeTurns();
    }, freeAtMs - clock.now());
  }

  function leave(begin: () => void): void {
    const place = waiting.indexOf(begin);
    if (place < 0) return;
    waiting.splice(place, 1);
    if (waiting.length > 0) return;
    undoTurn?.();
    undoTurn = undefined;
  }

  return {
    enter(begin) {
      waiting.push(begin);
      takeTurns();
      return () => leave(begin);
    },
  };
}
