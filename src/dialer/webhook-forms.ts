import type { FormFields } from "../plugins/twilio/signature.js";
import type { CarrierNews } from "./progress/index.js";

/** What a status callback says. Undefined without the call's id or status. */
export function readStatus(form: FormFields): CarrierNews | undefined {
  const [callSid, status] = [textOf(form, "CallSid"), textOf(form, "CallStatus")];
  if (callSid === "" || status === "") return undefined;
  const seconds = wholeOf(form, "CallDuration");
  return {
    callSid,
    status,
    sequence: wholeOf(form, "SequenceNumber"),
    durationMs: seconds === undefined ? undefined : seconds * 1000,
    sipResponseCode: wholeOf(form, "SipResponseCode"),
  };
}

/** A form's field as one text, blank if it is not there. */
export function textOf(form: FormFields, name: string): string {
  const value = Object.hasOwn(form, name) ? form[name] : undefined;
  return (typeof value === "string" ? value : value?.[0]) ?? "";
}

/** A field that is a whole number from 0. */
export function wholeOf(form: FormFields, name: string): number | undefined {
  const text = textOf(form, name);
  return /^\d{1,12}$/u.test(text) ? Number(text) : undefined;
}
