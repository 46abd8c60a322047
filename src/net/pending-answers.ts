import type { Clock } from "../spec/index.js";

/** Of {@link createPendingAnswers}. */
export interface PendingAnswersOptions {
  readonly clock: Clock;
  /** An answer that takes longer is late, in ms. */
  readonly timeoutMs: number;
  /** `id` was not answered in time; `silent` if nothing at all came from the provider since it was asked. */
  readonly late: (id: string, silent: boolean) => void;
}

/** Utterances whose final transcript the provider was asked for, the first one first. */
export interface PendingAnswers {
  /** The utterance that the next answer belongs to. */
  first(): string | undefined;
  ask(id: string): void;
  /** The first one was answered. */
  settle(): void;
  /** Something came from the provider, an answer or not. */
  heard(): void;
  /** Waits for nothing any more. */
  clear(): void;
}

/** Keeps an eye on answers that a provider owes. */
export function createPendingAnswers({ clock, timeoutMs, late }: PendingAnswersOptions): PendingAnswers {
  let pending: { readonly id: string; readonly undo: () => void; silent: boolean }[] = [];

  function remove(id: string): void {
    pending = pending.filter((asked) => asked.id !== id);
  }

  return {
    first: () => pending[0]?.id,
    ask(id) {
      const undo = clock.setTimer(() => {
        const { silent } = asked;
        remove(id);
        late(id, silent);
      }, timeoutMs);
      const asked = { id, undo, silent: true };
      pending.push(asked);
    },
    settle() {
      pending.shift()?.undo();
    },
    heard() {
      for (const asked of pending) asked.silent = false;
    },
    clear() {
      for (const { undo } of pending) undo();
      pending = [];
    },
  };
}
