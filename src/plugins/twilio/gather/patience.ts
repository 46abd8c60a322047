/** What there is to say. */
export interface Outlook {
  /** Pieces that were not handed out. */
  readonly pieces: number;
  /** Those of them, from the first, that can be said at once: their sound is made. */
  readonly ready: number;
  /** The first of them could be said at this time; undefined: not yet. */
  readonly readySinceMs: number | undefined;
  /** A reply is not all there. */
  readonly open: boolean;
}

/** Why there should be something to say before long. */
export type Expectation =
  /** The caller spoke, or has just been connected. */
  | "reply"
  /** The rest of a reply of which the caller has heard the beginning; or a reply that is late. */
  | "rest"
  /** The caller pressed keys: who wants to answer them does so at once. */
  | "keys"
  | "nothing";

/** How long a webhook may wait for its answer, in ms each. */
export interface PatienceLimits {
  /** For a reply to begin. */
  readonly answerWithinMs: number;
  /** For the whole of it; then for what there is. */
  readonly wholeReplyMs: number;
}

/** So long the rest of a reply is waited for, in ms, before Twilio listens again for a moment. */
export const REST_WITHIN_MS = 700;

/** The pieces of a line come one right behind another, in ms. */
const BATCH_MS = 100;

const KEYS_WITHIN_MS = 400;

/** The session is told what happened, and may do something about it. */
const NOTHING_WITHIN_MS = 50;

/**
 * When a webhook that came at `sinceMs` is to be answered, as things are now. While it waits the caller hears nothing, and
 * Twilio does not listen.
 */
export function answerAtMs(
  outlook: Outlook,
  expects: Expectation,
  sinceMs: number,
  { answerWithinMs, wholeReplyMs }: PatienceLimits,
): number {
  const latestMs = sinceMs + answerWithinMs;
  const { pieces, ready, open, readySinceMs } = outlook;
  if (pieces > 0 && ready === pieces && !open) return sinceMs;
  if (readySinceMs !== undefined) {
    // Who hears the rest of something, or an app's line, has waited already.
    const wholeAtMs = expects === "reply" ? Math.min(readySinceMs, sinceMs) + wholeReplyMs : readySinceMs + BATCH_MS;
    return Math.min(Math.max(sinceMs, wholeAtMs), latestMs);
  }
  if (pieces > 0 || expects === "reply") return latestMs;
  if (open || expects === "rest") return Math.min(sinceMs + REST_WITHIN_MS, latestMs);
  return sinceMs + (expects === "keys" ? KEYS_WITHIN_MS : NOTHING_WITHIN_MS);
}
