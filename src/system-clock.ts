import { performance } from "node:perf_hooks";
import type { Clock } from "./spec/index.js";

/** The system's monotonic clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  setTimer(callback, delayMs) {
    const timer = setTimeout(callback, Math.max(0, delayMs));
    return () => clearTimeout(timer);
  },
};
