import type { FormFields } from "../signature.js";
import type { TransferInput } from "./transfer-state.js";

/** The key that takes the call. */
export const ACCEPT_KEY = "1";

/** What the action of a `<Dial>` is asked with. Source: Twilio's "TwiML Dial". */
export function readDialed(form: FormFields): Extract<TransferInput, { readonly type: "dialed" }> {
  const bridged = fieldOf(form, "DialBridged");
  const seconds = Number.parseInt(fieldOf(form, "DialCallDuration") ?? "", 10);
  return {
    type: "dialed",
    status: fieldOf(form, "DialCallStatus") ?? "failed",
    ...(bridged === undefined ? {} : { bridged: bridged === "true" }),
    ...(Number.isFinite(seconds) ? { talkedMs: seconds * 1000 } : {}),
  };
}

/** What the briefing's `<Gather>` is answered with. */
export function readKey(form: FormFields): Extract<TransferInput, { readonly type: "key" }> {
  return { type: "key", accepts: fieldOf(form, "Digits") === ACCEPT_KEY };
}

function fieldOf(form: FormFields, name: string): string | undefined {
  const value = Object.hasOwn(form, name) ? [form[name]].flat()[0] : undefined;
  return value === "" ? undefined : value;
}
