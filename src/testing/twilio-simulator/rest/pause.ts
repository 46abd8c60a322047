import type { Clock } from "../../../spec/index.js";

/** Waits on the clock, come what may. */
export function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.setTimer(resolve, ms);
  });
}
