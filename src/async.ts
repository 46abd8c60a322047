import type { Clock } from "./spec/index.js";

/**
 * Reads a plug-in's stream and lets go of it on every way out: at its end, on early return, when it throws, and when
 * `signal` aborts even though the stream stalls. Throws `signal.reason` when aborted.
 */
export async function* untilAborted<T>(source: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T, void, void> {
  signal.throwIfAborted();
  const iterator = source[Symbol.asyncIterator]();
  const aborted = abortion(signal);
  let open = true;
  try {
    while (true) {
      const next = await Promise.race([iterator.next(), aborted.promise]);
      if (next.done === true) {
        open = false;
        return;
      }
      yield next.value;
    }
  } catch (error) {
    open = signal.aborted;
    throw error;
  } finally {
    aborted.release();
    // Not awaited: a stream that stalls would keep us here. Whatever it still throws is nobody's concern.
    if (open) iterator.return?.()?.then(undefined, () => {});
  }
}

/** How long the items of a stream may be in coming. */
export interface Deadlines {
  readonly clock: Clock;
  /** The first one, in ms. */
  readonly firstMs: number;
  /** Each next one, in ms. */
  readonly idleMs: number;
  /** The error when one is late. */
  readonly late: (waitedMs: number) => Error;
  /** While this holds, there is time. @default never */
  readonly excused?: () => boolean;
}

/**
 * Reads a stream whose items must come in time. One that is late is aborted through the signal it was made with, and
 * what `late` says is thrown. Lets go of the stream as `untilAborted` does.
 */
export async function* inTime<T>(
  make: (signal: AbortSignal) => AsyncIterable<T>,
  { clock, firstMs, idleMs, late, excused = () => false }: Deadlines,
  signal: AbortSignal,
): AsyncGenerator<T, void, void> {
  const overdue = new AbortController();
  const either = AbortSignal.any([signal, overdue.signal]);
  const watch = (limitMs: number): void => {
    unwatch = clock.setTimer(() => (excused() ? watch(limitMs) : overdue.abort(late(limitMs))), limitMs);
  };
  let unwatch = () => {};
  watch(firstMs);
  try {
    for await (const item of untilAborted(make(either), either)) {
      unwatch();
      yield item;
      watch(idleMs);
    }
  } finally {
    unwatch();
  }
}

/** A promise that rejects when `signal` aborts, until it is released. */
function abortion(signal: AbortSignal): { readonly promise: Promise<never>; release(): void } {
  let onAbort = () => {};
  const promise = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
  });
  promise.catch(() => {});
  return { promise, release: () => signal.removeEventListener("abort", onAbort) };
}

/** Waits on the clock. Rejects with `signal.reason` when aborted. */
export function wait(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const undo = clock.setTimer(() => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    }, delayMs);
    const onAbort = () => {
      undo();
      reject(signal.reason);
    };
    signal.addEventListener("abort", onAbort, { once: true });
  });
}

/** Wakes one who waits. */
export class Alarm {
  #wake: (() => void) | undefined;

  sound(): void {
    this.#wake?.();
  }

  /** Settles when the alarm sounds, or at a time of the clock. Rejects with `signal.reason` when aborted. */
  async sounded(clock: Clock, atMs: number, signal: AbortSignal): Promise<void> {
    const asleep = new AbortController();
    const either = AbortSignal.any([signal, asleep.signal]);
    this.#wake = () => asleep.abort();
    try {
      await wait(clock, atMs - clock.now(), either);
    } catch {
      signal.throwIfAborted();
    } finally {
      this.#wake = undefined;
    }
  }
}

/** A queue between one writer and one reader: what is pushed comes out in order; `read` waits while it is empty. */
export class Channel<T> implements AsyncIterable<T> {
  readonly #items: T[] = [];
  #closed = false;
  #error: { readonly value: unknown } | undefined;
  #wake: (() => void) | undefined;

  push(item: T): void {
    if (this.#closed) return;
    this.#items.push(item);
    this.#wake?.();
  }

  /** No more items come; the reader gets what is left, then the error if there is one. */
  close(error?: { readonly value: unknown }): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#error = error;
    this.#wake?.();
  }

  /** Nothing waits to be read. */
  get isEmpty(): boolean {
    return this.#items.length === 0;
  }

  /** Takes out all that waits to be read. */
  drain(): T[] {
    return this.#items.splice(0);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, void> {
    while (true) {
      const item = this.#items.shift();
      if (item !== undefined) yield item;
      else if (this.#error !== undefined) throw this.#error.value;
      else if (this.#closed) return;
      else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        this.#wake = undefined;
      }
    }
  }
}
