import { wait } from "../async.js";
import { BolchaalError } from "../errors.js";
import { cancelCall, hangUpCall, type TwilioRestClientSource } from "../plugins/twilio/rest/index.js";
import type { Clock } from "../spec/index.js";

/** A request that failed is made again behind each of these, in ms. */
export const HANG_UP_RETRIES_MS: readonly number[] = [500, 2_000];

/**
 * Ends a call at Twilio. A request that fails is made again: a call that is over stays so.
 * @throws BolchaalError when it fails each time, or is refused.
 */
export async function endAtTwilio(
  client: TwilioRestClientSource,
  { callSid, pickedUp }: { readonly callSid: string; readonly pickedUp: boolean },
  clock: Clock,
): Promise<void> {
  for (const retryMs of [...HANG_UP_RETRIES_MS, undefined]) {
    try {
      await (pickedUp ? hangUpCall : cancelCall)(client, callSid, { clock });
      return;
    } catch (error) {
      if (retryMs === undefined || isRefusal(error)) throw error;
      await wait(clock, retryMs, NEVER);
    }
  }
}

function isRefusal(error: unknown): boolean {
  return BolchaalError.isInstance(error) && (error.code === "invalid-request" || error.code === "not-authorised");
}

const NEVER = new AbortController().signal;
