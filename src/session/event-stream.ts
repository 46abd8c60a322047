import { BolchaalError } from "../errors.js";
import type { VoiceEvent } from "../spec/index.js";

/** As many events wait for a slow reader, unless told otherwise: about a minute of a busy call. */
export const DEFAULT_EVENT_HIGH_WATER_MARK = 4096;

/** How a session's events are read as an iterator. */
export interface EventStreamOptions {
  /** Ends the iteration. */
  readonly signal?: AbortSignal;
  /** At most this many events wait to be read. @default 4096 */
  readonly highWaterMark?: number;
  /**
   * What to do when more come: `drop-oldest` forgets the oldest that waits (a gap in `seq` shows it); `error` ends the
   * iteration with an `overloaded` error. The call goes on either way.
   * @default "drop-oldest"
   */
  readonly onOverflow?: "drop-oldest" | "error";
}

/** Events as an iterator that ends behind `call-end`. It listens from the start, not from the first read. */
export function createEventStream(
  listen: (listener: (event: VoiceEvent) => void) => () => void,
  over: boolean,
  options: EventStreamOptions,
): AsyncIterableIterator<VoiceEvent> {
  const { signal, highWaterMark = DEFAULT_EVENT_HIGH_WATER_MARK, onOverflow = "drop-oldest" } = options;
  const waiting: VoiceEvent[] = [];
  let error: unknown;
  let closed = over || signal?.aborted === true;
  let wake: (() => void) | undefined;

  const close = () => {
    closed = true;
    undo();
    signal?.removeEventListener("abort", close);
    wake?.();
  };
  const undo = listen((event) => {
    if (waiting.length >= highWaterMark) {
      if (onOverflow === "error") {
        error = new BolchaalError(
          `${waiting.length} events wait to be read. Read faster, raise highWaterMark, or listen with on().`,
          { code: "overloaded", component: "session" },
        );
        close();
        return;
      }
      waiting.shift();
    }
    waiting.push(event);
    if (event.type === "call-end") close();
    else wake?.();
  });
  if (closed) close();
  else signal?.addEventListener("abort", close, { once: true });

  return {
    async next() {
      while (waiting.length === 0 && !closed) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = undefined;
      }
      const value = signal?.aborted === true ? undefined : waiting.shift();
      if (value !== undefined) return { done: false, value };
      if (error !== undefined) {
        const thrown = error;
        error = undefined;
        throw thrown;
      }
      return { done: true, value: undefined };
    },
    async return() {
      waiting.length = 0;
      close();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
