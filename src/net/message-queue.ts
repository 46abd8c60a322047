import type { Clock } from "../spec/index.js";

/** Of {@link MessageQueue}. */
export interface MessageQueueOptions {
  readonly clock: Clock;
  /** More than this that waits, and the source is paused until half of it was read. */
  readonly mostBytes: number;
  readonly pause: () => void;
  readonly resume: () => void;
}

interface End {
  readonly error?: { readonly reason: unknown };
}

/** Messages between one source and one reader, in order, with a bound on what waits. The first end counts. */
export class MessageQueue<T> {
  readonly #options: MessageQueueOptions;
  #waiting: { readonly item: T; readonly bytes: number }[] = [];
  #bytes = 0;
  #paused = false;
  #end: End | undefined;
  #wake = () => {};

  constructor(options: Pick<MessageQueueOptions, "clock"> & Partial<MessageQueueOptions>) {
    this.#options = { mostBytes: Number.POSITIVE_INFINITY, pause: () => {}, resume: () => {}, ...options };
  }

  push(item: T, bytes = 0): void {
    if (this.#end !== undefined) return;
    this.#waiting.push({ item, bytes });
    this.#bytes += bytes;
    if (!this.#paused && this.#bytes > this.#options.mostBytes) {
      this.#paused = true;
      this.#options.pause();
    }
    this.#wake();
  }

  /** No more comes. With `drop`, what waits is not read any more either. */
  end(how: { readonly drop?: boolean } = {}): void {
    this.#finish({}, how);
  }

  /** The reader gets what waits, then `reason`. */
  fail(reason: unknown, how: { readonly drop?: boolean } = {}): void {
    this.#finish({ error: { reason } }, how);
  }

  /** The next message, or nothing at the end. After `timeoutMs` without one, throws what `late` makes. */
  async next(timeoutMs?: number, late: () => unknown = () => undefined): Promise<T | undefined> {
    if (this.#waiting.length === 0 && this.#end === undefined) await this.#news(timeoutMs, late);
    const next = this.#waiting.shift();
    if (next !== undefined) {
      this.#read(next.bytes);
      return next.item;
    }
    if (this.#end?.error !== undefined) throw this.#end.error.reason;
    return undefined;
  }

  #news(timeoutMs: number | undefined, late: () => unknown): Promise<void> {
    return new Promise((resolve, reject) => {
      const { clock } = this.#options;
      const undo = timeoutMs === undefined ? () => {} : clock.setTimer(() => reject(late()), timeoutMs);
      this.#wake = () => {
        undo();
        resolve();
      };
    });
  }

  #read(bytes: number): void {
    this.#bytes -= bytes;
    if (!this.#paused || this.#bytes > this.#options.mostBytes / 2) return;
    this.#paused = false;
    this.#options.resume();
  }

  #finish(end: End, { drop = false }: { readonly drop?: boolean }): void {
    if (drop) this.#waiting = [];
    this.#end ??= end;
    this.#wake();
  }
}
