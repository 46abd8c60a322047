import type { Clock } from "../../../spec/index.js";
import type { RealtimeConnection, RealtimeDoor } from "./connection.js";

/** A connection that nobody wants for so long is closed, in ms. */
const KEEP_MS = 30_000;
/** So many are kept at most. */
const KEEP_MOST = 8;

/** Connections between two requests. */
export interface Pool {
  /** One with these settings: one that was kept, or a new one. @throws as the door. */
  take(settings: object, signal: AbortSignal): Promise<RealtimeConnection>;
  /** It is free again. */
  giveBack(settings: object, connection: RealtimeConnection): void;
  /** Lets go of all that are kept. */
  close(): void;
}

interface Kept {
  readonly key: string;
  readonly connection: RealtimeConnection;
  readonly forget: () => void;
}

export function createPool(open: RealtimeDoor, clock: Clock): Pool {
  let kept: Kept[] = [];

  function drop(one: Kept): void {
    kept = kept.filter((each) => each !== one);
    one.forget();
  }

  return {
    async take(settings, signal) {
      const key = JSON.stringify(settings);
      for (const one of kept.filter((each) => each.key === key)) {
        drop(one);
        if (one.connection.isOpen) return one.connection;
        one.connection.release();
      }
      // Kept over requests: an abort of one of them does not end it.
      const opening = new AbortController();
      const onAbort = () => opening.abort(signal.reason);
      signal.addEventListener("abort", onAbort, { once: true });
      try {
        return await open(settings, opening.signal);
      } finally {
        signal.removeEventListener("abort", onAbort);
      }
    },
    giveBack(settings, connection) {
      const forget = clock.setTimer(() => {
        drop(one);
        connection.release();
      }, KEEP_MS);
      const one: Kept = { key: JSON.stringify(settings), connection, forget };
      kept.push(one);
      const [oldest] = kept;
      if (kept.length <= KEEP_MOST || oldest === undefined) return;
      drop(oldest);
      oldest.connection.release();
    },
    close() {
      for (const one of kept) {
        drop(one);
        one.connection.release();
      }
    },
  };
}
