import type { Clock } from "../../../spec/index.js";

/** Timers that can all be undone at once. */
export interface Timers {
  /** @returns what undoes it. */
  after(delayMs: number, act: () => void): () => void;
  clear(): void;
}

export function createTimers(clock: Clock): Timers {
  const undoes = new Set<() => void>();
  return {
    after(delayMs, act) {
      const undo = clock.setTimer(() => {
        undoes.delete(undo);
        act();
      }, delayMs);
      undoes.add(undo);
      return () => {
        undoes.delete(undo);
        undo();
      };
    },
    clear() {
      for (const undo of undoes) undo();
      undoes.clear();
    },
  };
}
