import type { TwilioCall } from "../plugins/twilio/rest/index.js";

/** Twilio's clock and this machine's are apart by no more than this, in ms, nearly always. */
export const CLOCK_SKEW_MS = 5_000;

/** They are never apart by more, in ms: with a call from so long before, nothing can be said for certain. */
export const MOST_CLOCK_SKEW_MS = 60_000;

/** A call that was asked for, and may exist. */
export interface SoughtCall {
  readonly to: string;
  readonly from: string;
  /** When it was asked for, in ms since 1970. */
  readonly askedAtMs: number;
  /** No other call of the dialer from and to the same numbers is being sought or made. */
  readonly isOnlyOne: boolean;
  /** Whether a call is known to be another. */
  readonly isOther: (callSid: string) => boolean;
}

/** A call's id; or that there is none; or that it cannot be told. */
export type FoundCall = { readonly callSid: string } | "absent" | "unclear";

/** Looks for a call among those of the account from and to its numbers. */
export function findAmong(listed: readonly TwilioCall[], sought: SoughtCall): FoundCall {
  const candidates = listed.filter(
    ({ sid, to, from, direction }) =>
      (to ?? sought.to) === sought.to &&
      (from ?? sought.from) === sought.from &&
      (direction ?? "outbound-api") === "outbound-api" &&
      !sought.isOther(sid),
  );
  const since = (slackMs: number) =>
    candidates.filter(({ dateCreated }) => (dateCreated?.getTime() ?? Infinity) >= sought.askedAtMs - slackMs);
  const [only, ...more] = since(CLOCK_SKEW_MS);
  if (only !== undefined) return more.length === 0 && sought.isOnlyOne ? { callSid: only.sid } : "unclear";
  return since(MOST_CLOCK_SKEW_MS).length === 0 ? "absent" : "unclear";
}
