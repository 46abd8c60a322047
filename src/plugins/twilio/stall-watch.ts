import type { Clock } from "../../spec/index.js";
import type { WebSocketLike } from "./web-socket.js";

/** While bytes wait to leave, it is looked this often whether they do, in ms. */
export const STALL_CHECK_MS = 1000;

/** Watches that what is sent also leaves. */
export interface StallWatch {
  /** `bytes` were given to the socket. */
  sent(bytes: number): void;
  stop(): void;
}

/** What a stall watch is made with. */
export interface StallWatchOptions {
  readonly socket: WebSocketLike;
  readonly clock: Clock;
  readonly stalledAfterMs: number;
  /** Bytes wait, and none of them has left for `stalledAfterMs`. Told once. */
  readonly onStalled: () => void;
}

/** Looks at the socket's buffer only while there is something in it. */
export function createStallWatch({ socket, clock, stalledAfterMs, onStalled }: StallWatchOptions): StallWatch {
  let sentBytes = 0;
  /** At the last look. The socket's own framing is not in `sentBytes`: of a dead socket this falls, and never rises. */
  let leftBytes = 0;
  let movedAtMs = 0;
  let undo: (() => void) | undefined;

  function look(): void {
    undo = undefined;
    if (socket.bufferedAmount === 0) return;
    const left = sentBytes - socket.bufferedAmount;
    if (left > leftBytes) movedAtMs = clock.now();
    leftBytes = left;
    if (clock.now() - movedAtMs >= stalledAfterMs) onStalled();
    else undo = clock.setTimer(look, STALL_CHECK_MS);
  }

  return {
    sent(bytes) {
      sentBytes += bytes;
      if (undo !== undefined || socket.bufferedAmount === 0) return;
      movedAtMs = clock.now();
      leftBytes = sentBytes - socket.bufferedAmount;
      undo = clock.setTimer(look, STALL_CHECK_MS);
    },
    stop() {
      undo?.();
      undo = undefined;
    },
  };
}
