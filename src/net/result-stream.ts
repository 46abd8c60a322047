import type { Clock } from "../spec/index.js";
import { MessageQueue } from "./message-queue.js";
import type { ProviderMessage, ProviderSocket } from "./provider-socket.js";

/** What a provider's messages make of themselves, and what is added to it, for one reader. */
export interface ResultStream<Result> {
  readonly results: AsyncIterable<Result>;
  /** Adds results of the plug-in's own. */
  push(results: readonly Result[]): void;
  /** Ends the stream with an error, and lets go of the socket. */
  fail(reason: unknown): void;
}

/**
 * Reads a socket from now on, whether or not anybody reads the results. They end with the socket's messages, throw what
 * those throw, and let go of the socket when no more is read.
 * @param read What a message means; what it throws ends the stream.
 * @param how `ended` is called once, when no more messages come; after an abort of `signal` nothing waits to be read.
 */
export function createResultStream<Result>(
  socket: ProviderSocket,
  read: (message: ProviderMessage) => readonly Result[],
  how: { readonly clock: Clock; readonly signal: AbortSignal; readonly ended: () => void },
): ResultStream<Result> {
  const queue = new MessageQueue<Result>({ clock: how.clock });
  const push = (results: readonly Result[]) => {
    for (const result of results) queue.push(result);
  };

  async function pump(): Promise<void> {
    try {
      for await (const message of socket.messages()) push(read(message));
      queue.end({ drop: true });
    } catch (reason) {
      queue.fail(reason, { drop: how.signal.aborted });
    } finally {
      how.ended();
      socket.release();
    }
  }
  void pump();

  async function* results(): AsyncGenerator<Result, void, void> {
    try {
      for (let next = await queue.next(); next !== undefined; next = await queue.next()) yield next;
    } finally {
      socket.release();
    }
  }

  return {
    results: { [Symbol.asyncIterator]: results },
    push,
    fail(reason) {
      queue.fail(reason);
      socket.release();
    },
  };
}
