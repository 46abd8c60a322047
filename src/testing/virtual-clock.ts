import { BolchaalError } from "../errors.js";
import type { Clock } from "../spec/index.js";

/** How far {@link VirtualClock.runUntil} goes at most, in ms of virtual time, if not told otherwise. */
export const DEFAULT_RUN_UNTIL_MS = 600_000;

/**
 * With no timer set, what is waited for can only come from outside, from a file or a worker: the clock then stands still
 * and gives that so long, in real ms, before it takes the time for up.
 */
const PATIENCE_MS = 5_000;

/**
 * A clock that stands still until it is moved, and then jumps from timer to timer: a call of 30 seconds takes
 * milliseconds, and its times are exact. Meant for what runs in this process; sockets and workers keep their own time.
 */
export interface VirtualClock extends Clock {
  /**
   * Moves on by `ms`, running each timer at its very time; timers of one instant run in the order they were set.
   * Between two instants, promises and I/O callbacks that are ready get their turn.
   * @throws what a timer's callback throws; a `BolchaalError` if the clock is already being moved.
   */
  advance(ms: number): Promise<void>;
  /**
   * Moves from timer to timer until `predicate` holds, and no further.
   * @throws a `BolchaalError` (`simulation-failed`) if it does not hold within `maxMs`; the clock then stands at that limit.
   */
  runUntil(predicate: () => boolean, options?: RunUntilOptions): Promise<void>;
  /**
   * Moves from timer to timer until `promise` settles, and gives back what it gives.
   * @throws what `promise` throws, or as `runUntil`.
   */
  runUntilSettled<T>(promise: Promise<T>, options?: RunUntilOptions): Promise<T>;
  /** Timers that are set and neither ran nor were undone. 0 after a call that left nothing behind. */
  readonly pendingTimers: number;
}

/** Of {@link VirtualClock.runUntil}. */
export interface RunUntilOptions {
  /**
   * In ms of virtual time.
   * @default DEFAULT_RUN_UNTIL_MS
   */
  readonly maxMs?: number;
}

interface Timer {
  readonly dueMs: number;
  /** Timers are numbered as they are set: this settles ties. */
  readonly order: number;
  readonly callback: () => void;
}

/**
 * Makes a clock that stands at `startMs`.
 *
 * @example
 * const clock = createVirtualClock();
 * clock.setTimer(() => ring(), 5_000);
 * await clock.advance(5_000); // it rang
 */
export function createVirtualClock(startMs = 0): VirtualClock {
  /** The next one stands last. */
  const timers: Timer[] = [];
  let nowMs = startMs;
  let nextOrder = 0;
  let moving = false;

  function setTimer(callback: () => void, delayMs: number): () => void {
    if (Number.isNaN(delayMs)) throw invalid("A timer was set with a delay that is not a number.");
    const timer = { dueMs: nowMs + Math.max(0, delayMs), order: nextOrder, callback };
    nextOrder += 1;
    timers.splice(placeOf(timers, timer), 0, timer);
    return () => {
      const place = placeOf(timers, timer);
      if (timers[place] === timer) timers.splice(place, 1);
    };
  }

  /** The timers of this instant. One that they set for "now" waits until promises have had their turn. */
  function runDue(): void {
    const newest = nextOrder;
    for (let timer = timers.at(-1); timer !== undefined; timer = timers.at(-1)) {
      if (timer.dueMs > nowMs || timer.order >= newest) return;
      timers.pop();
      timer.callback();
    }
  }

  /** @returns whether there is something to go on with. */
  async function outsideTurn(isDone: () => boolean): Promise<boolean> {
    for (const until = performance.now() + PATIENCE_MS; performance.now() < until; ) {
      if (isDone() || timers.length > 0) return true;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    return false;
  }

  /** @returns whether `isDone` held by `targetMs`. */
  async function moveTo(targetMs: number, isDone: () => boolean, patient: boolean): Promise<boolean> {
    if (moving)
      throw invalid("The virtual clock is already being moved. Await one advance() or runUntil() before the next.");
    moving = true;
    try {
      await othersTurn();
      while (!isDone()) {
        const next = timers.at(-1);
        if (next === undefined && patient && (await outsideTurn(isDone))) continue;
        if (next === undefined || next.dueMs > targetMs) {
          nowMs = targetMs;
          return isDone();
        }
        nowMs = next.dueMs;
        runDue();
        await othersTurn();
      }
      return true;
    } finally {
      moving = false;
    }
  }

  async function runUntil(predicate: () => boolean, { maxMs = DEFAULT_RUN_UNTIL_MS }: RunUntilOptions = {}) {
    if (await moveTo(nowMs + maxMs, predicate, true)) return;
    throw new BolchaalError(
      `What was waited for did not happen within ${maxMs} ms of virtual time. Look at what the call did last, or give a larger maxMs.`,
      { code: "simulation-failed", component: "testing" },
    );
  }

  return {
    now: () => nowMs,
    setTimer,
    advance: async (ms) => {
      if (!(ms >= 0 && Number.isFinite(ms))) throw invalid(`The clock cannot be moved by ${ms} ms. Give 0 or more.`);
      await moveTo(nowMs + ms, () => false, false);
    },
    runUntil,
    runUntilSettled: async (promise, options) => {
      let settled = false;
      const settle = () => {
        settled = true;
      };
      promise.then(settle, settle);
      await runUntil(() => settled, options);
      return promise;
    },
    get pendingTimers() {
      return timers.length;
    },
  };
}

/** Where `timer` stands, or belongs, among `timers`, of which the latest stands first. */
function placeOf(timers: readonly Timer[], timer: Timer): number {
  let low = 0;
  let high = timers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = timers[middle] as Timer;
    const isLater = other.dueMs > timer.dueMs || (other.dueMs === timer.dueMs && other.order > timer.order);
    if (isLater) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** All promise callbacks, and I/O callbacks that are ready, run before an immediate does. */
function othersTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function invalid(message: string): BolchaalError {
  return new BolchaalError(message, { code: "invalid-option", component: "testing" });
}
