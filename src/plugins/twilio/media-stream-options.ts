import type { Clock, Logger } from "../../spec/index.js";
import type { TwilioCallStart } from "./start.js";

/** Twilio's `start` must come within this, in ms. It is the second message, right behind the first. */
export const DEFAULT_START_TIMEOUT_MS = 10_000;

/** The socket's buffer never grows past this: about 95 s of speech on its way. */
export const DEFAULT_MAX_BUFFERED_BYTES = 1_048_576;

/** A socket of which no byte has left for so long is dead, in ms. */
export const DEFAULT_STALLED_AFTER_MS = 10_000;

/** The caller's audio that is kept until the session listens: the newest 15 s. */
export const DEFAULT_KEPT_CALLER_AUDIO_BYTES = 120_000;

/** The reply's audio that is kept until the stream starts: 30 s. */
export const DEFAULT_KEPT_REPLY_AUDIO_BYTES = 240_000;

/** The `hangUp` function of the options is waited for so long, in ms; then the socket is closed instead. */
export const HANG_UP_TIMEOUT_MS = 5_000;

/** Once `hangUp` has succeeded, Twilio has so long to stop the stream, in ms; then the socket is closed. */
export const STOP_TIMEOUT_MS = 2_000;

/** Of {@link twilioMediaStream}. */
export interface TwilioMediaStreamOptions {
  /**
   * Ends the call at Twilio, by its REST API for instance. Without it, hanging up closes the socket, and Twilio goes on
   * to the verb behind `<Connect>`.
   */
  readonly hangUp?: (start: TwilioCallStart) => Promise<void>;
  /** @default 10000 */
  readonly startTimeoutMs?: number;
  /** At least 32 KiB, of which 16 KiB are kept free for marks and clears. @default 1048576 */
  readonly maxBufferedBytes?: number;
  /** @default 10000 */
  readonly stalledAfterMs?: number;
  /** @default 120000 */
  readonly keptCallerAudioBytes?: number;
  /** @default 240000 */
  readonly keptReplyAudioBytes?: number;
  /** @default silent */
  readonly logger?: Logger;
  /** @default the system's clock */
  readonly clock?: Clock;
}
