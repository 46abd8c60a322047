import type { Logger } from "../spec/index.js";
import type { OutboundEvent } from "./call-progress.js";
import type { OutboundListener } from "./outbound-call-types.js";

/** A call's events: to listeners as they come, to iterators from the first on. There are few of them, so all are kept. */
export interface EventLog {
  emit(event: OutboundEvent): void;
  on<Type extends OutboundEvent["type"] | "*">(type: Type, listener: OutboundListener<Type>): () => void;
  iterate(): AsyncIterator<OutboundEvent, undefined>;
}

export function createEventLog(logger: Logger): EventLog {
  const events: OutboundEvent[] = [];
  const listeners = new Set<{ readonly type: string; readonly hear: (event: OutboundEvent) => unknown }>();
  let waiting: (() => void)[] = [];

  const isOver = () => events.at(-1)?.type === "ended";
  const blame = (event: OutboundEvent, error: unknown) =>
    logger.error({ event: event.type, error }, "a listener of an outbound call failed");

  function tell(event: OutboundEvent, hear: (event: OutboundEvent) => unknown): void {
    try {
      const outcome = hear(event);
      if (outcome instanceof Promise) outcome.catch((error: unknown) => blame(event, error));
    } catch (error) {
      blame(event, error);
    }
  }

  return {
    emit(event) {
      events.push(event);
      for (const { type, hear } of [...listeners]) if (type === "*" || type === event.type) tell(event, hear);
      const wakened = waiting;
      waiting = [];
      for (const wake of wakened) wake();
    },
    on(type, listener) {
      const entry = { type, hear: listener as (event: OutboundEvent) => unknown };
      listeners.add(entry);
      return () => {
        listeners.delete(entry);
      };
    },
    iterate() {
      let next = 0;
      let closed = false;
      return {
        async next() {
          while (next >= events.length && !isOver() && !closed) {
            await new Promise<void>((resolve) => {
              waiting.push(resolve);
            });
          }
          const value = closed ? undefined : events[next];
          next += 1;
          return value === undefined ? { done: true, value: undefined } : { done: false, value };
        },
        async return() {
          closed = true;
          const wakened = waiting;
          waiting = [];
          for (const wake of wakened) wake();
          return { done: true, value: undefined };
        },
      };
    },
  };
}
