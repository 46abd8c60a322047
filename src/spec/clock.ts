/** Where a session takes its time from: the system's clock, or a virtual one in tests. */
export interface Clock {
  /** Milliseconds on a clock that never runs backwards. Its zero is its own affair. */
  now(): number;
  /** Calls `callback` once after `delayMs` (at least 0); the function given back undoes it. */
  setTimer(callback: () => void, delayMs: number): () => void;
}
