import { EventEmitter } from "node:events";
import type { SocketUser, Wire } from "./carrier/wire.js";

/** The part of `ws`'s `WebSocket` that a carrier transport uses; what `connectSimulatedCall` hands to the app. */
export interface SimulatedSocket {
  /** As of `ws`: 1 open, 2 closing, 3 closed. */
  readonly readyState: number;
  /** Nothing waits in this socket: always 0. */
  readonly bufferedAmount: number;
  send(data: string | Uint8Array, callback?: (error?: Error) => void): void;
  close(code?: number, reason?: string): void;
  terminate(): void;
  ping(): void;
  on<Event extends keyof SimulatedSocketEvents>(event: Event, listener: SimulatedSocketEvents[Event]): this;
  once<Event extends keyof SimulatedSocketEvents>(event: Event, listener: SimulatedSocketEvents[Event]): this;
  off<Event extends keyof SimulatedSocketEvents>(event: Event, listener: SimulatedSocketEvents[Event]): this;
  /** How many listeners there are: 0 after a call that left none. */
  listenerCount(event: keyof SimulatedSocketEvents): number;
}

/** The events of a {@link SimulatedSocket}, with `ws`'s arguments. */
export interface SimulatedSocketEvents {
  message: (data: Buffer, isBinary: boolean) => void;
  close: (code: number, reason: Buffer) => void;
  error: (error: Error) => void;
  pong: (data: Buffer) => void;
}

const OPEN = 1;
const CLOSING = 2;
const CLOSED = 3;
const NO_STATUS = 1005;
const ABNORMAL = 1006;

/**
 * Two ends of a WebSocket without a network. What one end sends arrives at the other in order and never within the
 * sender's own call: in a microtask, or `latencyMs` later on `after`'s clock.
 */
export function createMemorySocket(peer: Pick<SocketUser, "receive" | "closed">, later: (act: () => void) => void) {
  const events = new EventEmitter();
  let readyState = OPEN;

  function finish(code: number, reason = ""): void {
    if (readyState === CLOSED) return;
    readyState = CLOSED;
    peer.closed(code);
    events.emit("close", code, Buffer.from(reason));
  }

  const socket: SimulatedSocket = {
    get readyState() {
      return readyState;
    },
    bufferedAmount: 0,
    send(data, callback) {
      if (readyState !== OPEN) {
        // `ws` says nothing without a callback, and calls back with an error otherwise.
        queueMicrotask(() => callback?.(new Error("WebSocket is not open")));
        return;
      }
      const isBinary = typeof data !== "string";
      const text = isBinary ? "" : data;
      later(() => {
        if (readyState !== CLOSED) peer.receive(text, isBinary);
      });
      if (callback !== undefined) queueMicrotask(() => callback());
    },
    close(code = NO_STATUS, reason) {
      if (readyState !== OPEN) return;
      readyState = CLOSING;
      later(() => finish(code, reason));
    },
    terminate() {
      if (readyState === CLOSED) return;
      readyState = CLOSING;
      queueMicrotask(() => finish(ABNORMAL));
    },
    ping() {
      if (readyState === OPEN) later(() => events.emit("pong", Buffer.alloc(0)));
    },
    on(event, listener) {
      events.on(event, listener);
      return socket;
    },
    once(event, listener) {
      events.once(event, listener);
      return socket;
    },
    off(event, listener) {
      events.off(event, listener);
      return socket;
    },
    listenerCount: (event) => events.listenerCount(event),
  };

  const wire: Wire = {
    send(text) {
      later(() => {
        if (readyState === OPEN) events.emit("message", Buffer.from(text), false);
      });
    },
    close(code = 1000) {
      later(() => finish(code));
    },
    kill() {
      queueMicrotask(() => finish(ABNORMAL));
    },
  };

  return { socket, wire };
}
