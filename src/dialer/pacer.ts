import type { Clock } from "../spec/index.js";

/** A place in the line of those who wait for their turn. */
export interface Turn {
  /** So many come before it. 0 once it has come. */
  readonly ahead: number;
  /** Settles when it comes. Rejects with `signal.reason` when aborted, and the place is free. */
  readonly come: Promise<void>;
}

/** Lets one after another go, so many a second, in the order they came. */
export interface Pacer {
  join(signal: AbortSignal): Turn;
  readonly waiting: number;
}

export function createPacer(clock: Clock, perSecond: number): Pacer {
  const queue: { readonly go: () => void }[] = [];
  let nextAtMs = Number.NEGATIVE_INFINITY;
  let undo: (() => void) | undefined;

  /** Lets go who may, and wakes for the next. */
  function serve(): void {
    undo?.();
    undo = undefined;
    while (queue.length > 0 && clock.now() >= nextAtMs) {
      nextAtMs = clock.now() + 1000 / perSecond;
      queue.shift()?.go();
    }
    if (queue.length > 0) undo = clock.setTimer(serve, nextAtMs - clock.now());
  }

  return {
    get waiting() {
      return queue.length;
    },
    join(signal) {
      let place: { readonly go: () => void } | undefined;
      const come = new Promise<void>((resolve, reject) => {
        signal.throwIfAborted();
        const leave = () => {
          queue.splice(queue.indexOf(waiting), 1);
          serve();
          reject(signal.reason);
        };
        const waiting = {
          go() {
            signal.removeEventListener("abort", leave);
            resolve();
          },
        };
        place = waiting;
        signal.addEventListener("abort", leave, { once: true });
        queue.push(waiting);
      });
      serve();
      return {
        come,
        get ahead() {
          return Math.max(0, place === undefined ? 0 : queue.indexOf(place));
        },
      };
    },
  };
}
