import { randomBytes } from "node:crypto";
import type { CallIdentity } from "./wire-messages.js";

const sid = (prefix: string) => prefix + randomBytes(16).toString("hex");

/** The simulated Twilio's account. */
export const SIMULATED_ACCOUNT_SID = `AC${"5".repeat(32)}`;

/** Ids as Twilio makes them: two letters and 32 hexadecimal digits. */
export function callIdentity(callSid: string = sid("CA")): CallIdentity {
  return { accountSid: SIMULATED_ACCOUNT_SID, callSid, streamSid: sid("MZ") };
}
