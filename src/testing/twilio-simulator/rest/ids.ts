import { randomBytes } from "node:crypto";

/** An id as Twilio makes them: two letters and 32 hexadecimal digits. */
export function newSid(prefix: "CA" | "PN" | "RE"): string {
  return prefix + randomBytes(16).toString("hex");
}
