/** Results that wait for a reader, in order, until an end. */
export interface ResultQueue<T> extends AsyncIterable<T> {
  push(value: T): void;
  /** The reader gets what is there, then the end. */
  end(): void;
  /** The reader gets what is there, then this error. */
  fail(reason: unknown): void;
}

/** @returns a queue for one reader. The first end or failure counts. */
export function createResultQueue<T>(): ResultQueue<T> {
  const waiting: T[] = [];
  let over: { readonly failed: boolean; readonly reason?: unknown } | undefined;
  let wake = () => {};

  function finish(end: NonNullable<typeof over>): void {
    over ??= end;
    wake();
  }

  async function* read(): AsyncGenerator<T, void, void> {
    while (true) {
      while (waiting.length > 0) yield waiting.shift() as T;
      if (over?.failed) throw over.reason;
      if (over) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  return {
    push(value) {
      if (over === undefined) waiting.push(value);
      wake();
    },
    end: () => finish({ failed: false }),
    fail: (reason) => finish({ failed: true, reason }),
    [Symbol.asyncIterator]: read,
  };
}
