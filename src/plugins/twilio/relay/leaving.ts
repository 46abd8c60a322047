import type { Clock, Logger } from "../../../spec/index.js";
import { atMost } from "../at-most.js";
import { HANG_UP_TIMEOUT_MS, STOP_TIMEOUT_MS } from "../media-stream-options.js";
import { endMessage } from "./messages.js";
import type { RelayStart } from "./start.js";

/** What is still being said when the call is to end is waited for so long at most, in ms. */
export const LAST_WORDS_TIMEOUT_MS = 10_000;

/** What leaving needs of the line. */
export interface LeavingOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Settles once nothing is being said. */
  readonly quiet: () => Promise<void>;
  /** Settles when the line has ended. */
  readonly ended: Promise<void>;
  readonly send: (message: string) => void;
  readonly close: () => void;
  /** Ends the call at the carrier. */
  readonly hangUp?: (start: RelayStart) => Promise<void>;
}

/** The ways out of a call, behind what is being said; at last the socket is closed. The first that is taken counts. */
export interface Leaving {
  /** @param start Undefined: the session has not begun. */
  hangUp(start: RelayStart | undefined): Promise<void>;
  handOff(start: RelayStart | undefined, data: string): Promise<void>;
}

export function createLeaving({ clock, logger, quiet, ended, send, close, hangUp }: LeavingOptions): Leaving {
  let leaving: Promise<void> | undefined;

  async function leave(start: RelayStart | undefined, way: (begun: RelayStart) => Promise<void>): Promise<void> {
    let over = false;
    void ended.then(() => {
      over = true;
    });
    if (start !== undefined) {
      await Promise.race([atMost(clock, LAST_WORDS_TIMEOUT_MS, quiet()), ended]);
      if (!over) {
        await way(start);
        await atMost(clock, STOP_TIMEOUT_MS, ended);
      }
    }
    close();
    await ended;
  }

  async function askCarrier(start: RelayStart): Promise<void> {
    const { callId } = start.call;
    if (hangUp === undefined) return send(endMessage());
    try {
      if ((await atMost(clock, HANG_UP_TIMEOUT_MS, hangUp(start))) !== undefined) return;
      logger.warn({ callId }, "hangUp took too long; ending the session instead");
    } catch (error) {
      logger.warn({ callId, error }, "hangUp failed; ending the session instead");
    }
    send(endMessage());
  }

  return {
    hangUp(start) {
      leaving ??= leave(start, askCarrier);
      return leaving;
    },
    handOff(start, data) {
      leaving ??= leave(start, async () => send(endMessage(data)));
      return leaving;
    },
  };
}
