import type { CallInfo, Clock, Logger } from "../../../spec/index.js";
import { atMost } from "../at-most.js";
import { HANG_UP_TIMEOUT_MS, STOP_TIMEOUT_MS } from "../media-stream-options.js";

/** What the app's way of ending a call is asked with. */
export interface HangUpContext {
  readonly call: CallInfo;
  readonly ask: (call: CallInfo) => Promise<void>;
  /** What Twilio was given to say takes so long yet, in ms. */
  readonly afterMs: number;
  /** Settles when the call is over. */
  readonly over: Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Has the carrier end the call, once it has said what it was given. @returns whether the call is over. Never rejects */
export async function hungUpByCarrier(context: HangUpContext): Promise<boolean> {
  const { call, ask, afterMs, over, clock, logger } = context;
  const { callId } = call;
  try {
    if ((await atMost(clock, afterMs, over)) !== undefined) return true;
    if ((await atMost(clock, HANG_UP_TIMEOUT_MS, ask(call))) !== undefined) {
      await atMost(clock, STOP_TIMEOUT_MS, over);
      return true;
    }
    logger.warn({ callId }, "hangUp took too long; the next answer ends the call");
  } catch (error) {
    logger.warn({ callId, error }, "hangUp failed; the next answer ends the call");
  }
  return false;
}
