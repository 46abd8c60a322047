import type { Logger } from "../../spec/index.js";

/** What became of a detector's frames, in all its calls together. */
export interface SileroCounts {
  /** Frames of 20 ms. */
  readonly frames: number;
  /** Frames at which the model was asked. */
  readonly asked: number;
  /** Chunks of 32 ms the model was given. */
  readonly chunks: number;
  /** Onsets and speech of the built-in detector that the model took for none. */
  readonly vetoed: number;
  /** Answers that did not come in time, so that the built-in detector's verdict stood. */
  readonly late: number;
  /** Answers that did not come at all, and calls for which the model could not be loaded, for the same. */
  readonly failed: number;
}

/** Counts, and warns of the first of a kind. */
export interface Counter {
  readonly counts: SileroCounts;
  count(what: keyof SileroCounts, by?: number): void;
  /** Counts it, and tells the logger if it is the first. */
  warn(what: "late" | "failed", message: string, error?: unknown): void;
}

export function createCounter(logger: Logger): Counter {
  const counts = { frames: 0, asked: 0, chunks: 0, vetoed: 0, late: 0, failed: 0 };
  return {
    get counts() {
      return { ...counts };
    },
    count(what, by = 1) {
      counts[what] += by;
    },
    warn(what, message, error) {
      counts[what] += 1;
      if (counts[what] === 1) logger.warn({ component: "audio", provider: "silero", err: error }, message);
    },
  };
}
