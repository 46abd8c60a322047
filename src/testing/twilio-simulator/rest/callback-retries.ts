import { WEBHOOK_TIMEOUT_MS } from "../webhook.js";

/** When a callback is sent again. */
export interface RetryPolicy {
  /** So often at most. */
  readonly count: number;
  readonly on: readonly string[];
  /** An answer is waited for so long, in ms. */
  readonly timeoutMs: number;
}

const MOST_RETRIES = 5;

/**
 * Reads it from an address's fragment, such as `#rc=2&rp=5xx,ct&rt=5000`. Without one, a callback is sent once more if
 * nobody could be reached. Source: Twilio's "Webhooks: connection overrides".
 */
export function readRetryPolicy(url: string): RetryPolicy {
  const fragment = new URLSearchParams(new URL(url).hash.slice(1));
  const whole = (name: string, usual: number) => {
    const given = fragment.get(name) ?? "";
    return /^\d{1,6}$/.test(given) ? Number(given) : usual;
  };
  return {
    count: Math.min(MOST_RETRIES, whole("rc", 1)),
    on: (fragment.get("rp") ?? "ct").split(","),
    timeoutMs: Math.max(100, Math.min(WEBHOOK_TIMEOUT_MS, whole("rt", WEBHOOK_TIMEOUT_MS))),
  };
}

/**
 * Whether it is sent again.
 * @param outcome The HTTP status; `ct`: nobody was reached; `rt`: no answer came in time.
 * @param attempt How often it was sent.
 */
export function wantsRetry({ count, on }: RetryPolicy, outcome: number | "ct" | "rt", attempt: number): boolean {
  if (attempt > count) return false;
  const kind = typeof outcome === "number" ? `${Math.floor(outcome / 100)}xx` : outcome;
  if (kind !== "4xx" && kind !== "5xx" && kind !== "ct" && kind !== "rt") return false;
  return on.includes("all") || on.includes(kind);
}
