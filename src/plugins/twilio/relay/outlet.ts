import { Buffer } from "node:buffer";
import { SOCKET_OPEN, type WebSocketLike } from "../web-socket.js";

/** So many messages wait for the session to begin; more are dropped. */
export const KEPT_MESSAGES = 1000;

/** What an outlet is made with. */
export interface OutletOptions {
  readonly socket: WebSocketLike;
  /** The socket's buffer never grows past this. */
  readonly maxBufferedBytes: number;
  /** Told of each message that went to the socket, by its bytes. */
  readonly onSent: (bytes: number) => void;
  /** Told of each message that found no room. */
  readonly onDropped: () => void;
}

/** The way of messages to the carrier. */
export interface Outlet {
  /** The session has begun: what waited goes out, and what comes from now on at once. */
  open(): void;
  send(message: string): void;
}

/** Keeps what is sent before the session has begun, and never gives the socket more than its cap. */
export function createOutlet({ socket, maxBufferedBytes, onSent, onDropped }: OutletOptions): Outlet {
  const waiting: string[] = [];
  let opened = false;

  function send(message: string): void {
    if (!opened) {
      if (waiting.length >= KEPT_MESSAGES) return onDropped();
      waiting.push(message);
      return;
    }
    const bytes = Buffer.byteLength(message);
    if (socket.readyState !== SOCKET_OPEN || socket.bufferedAmount + bytes > maxBufferedBytes) return onDropped();
    socket.send(message);
    onSent(bytes);
  }

  return {
    open() {
      opened = true;
      for (const message of waiting.splice(0)) send(message);
    },
    send,
  };
}
