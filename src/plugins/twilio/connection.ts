import type { Clock } from "../../spec/index.js";
import type { WebSocketData, WebSocketLike } from "./web-socket.js";

/** Pings keep load balancers from taking the connection for idle, which Twilio's error 31903 names as a cause. */
export const PING_EVERY_MS = 20_000;

/** The other side has so long to answer the closing of a connection, in ms; then it is dropped. */
export const CLOSE_TIMEOUT_MS = 2_000;

/** A WebSocket with its life: pings while it is open, and a bound on its closing. */
export interface Connection {
  close(code: number, reason: string): void;
  terminate(): void;
}

/** What a connection is made with. */
export interface ConnectionOptions {
  readonly socket: WebSocketLike;
  readonly clock: Clock;
  readonly onMessage: (data: WebSocketData, isBinary: boolean) => void;
  /** The connection is gone, by whoever's doing. Told once, and the last thing told. */
  readonly onGone: (cause: { readonly code?: number; readonly error?: Error }) => void;
}

/** Takes over `socket`. Once that is closed, no timer and no listener is left. */
export function createConnection({ socket, clock, onMessage, onGone }: ConnectionOptions): Connection {
  let undoPing = clock.setTimer(ping, PING_EVERY_MS);
  let undoClosing = () => {};
  let closing = false;
  let gone = false;

  function ping(): void {
    socket.ping?.();
    undoPing = clock.setTimer(ping, PING_EVERY_MS);
  }

  function finish(cause: { readonly code?: number; readonly error?: Error }): void {
    if (gone) return;
    gone = true;
    undoPing();
    undoClosing();
    onGone(cause);
  }

  function terminate(): void {
    socket.terminate();
    finish({});
  }

  const onOpenMessage = (data: WebSocketData, isBinary: boolean) => {
    if (!gone) onMessage(data, isBinary);
  };
  const onError = (error: Error) => {
    if (gone) return;
    finish({ error });
    socket.terminate();
  };
  // Listens to errors as long as there may be any: one that nobody hears would end the process.
  const onClose = (code: number) => {
    finish({ code });
    socket.off("message", onOpenMessage);
    socket.off("error", onError);
    socket.off("close", onClose);
  };
  socket.on("message", onOpenMessage);
  socket.on("error", onError);
  socket.on("close", onClose);

  return {
    close(code, reason) {
      if (closing || gone) return;
      closing = true;
      undoPing();
      undoClosing = clock.setTimer(terminate, CLOSE_TIMEOUT_MS);
      socket.close(code, reason);
    },
    terminate() {
      if (!gone) terminate();
    },
  };
}
