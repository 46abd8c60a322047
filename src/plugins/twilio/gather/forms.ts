import type { CallInfo, TranscriptResult } from "../../../spec/index.js";
import type { FormFields } from "../signature.js";

/** What came of a `<Gather>`, or of the redirect behind it. */
export type Gathered =
  /** The caller said something. */
  | { readonly by: "speech"; readonly text: string; readonly confidence?: number }
  /** The caller pressed keys. `waited`: no further one came, and none ended them. */
  | { readonly by: "dtmf"; readonly digits: string; readonly waited: boolean }
  /** Nothing: Twilio came back for more. */
  | { readonly by: "nothing" };

/** The words so far, while the caller speaks. */
export interface PartialWords {
  readonly text: string;
  /** Counts the partial results of a turn, if Twilio tells. */
  readonly sequenceNumber?: number;
}

/** A field as one text, blank if it is not there. */
export function fieldOf(form: FormFields, name: string): string {
  const value = Object.hasOwn(form, name) ? form[name] : undefined;
  return (typeof value === "string" ? value : value?.[0]) ?? "";
}

/** What a voice webhook tells of the call. */
export function readCall(form: FormFields, parameters: Readonly<Record<string, string>>): CallInfo {
  const [from, to] = [fieldOf(form, "From"), fieldOf(form, "To")];
  return {
    callId: fieldOf(form, "CallSid"),
    direction: fieldOf(form, "Direction").startsWith("outbound") ? "outbound" : "inbound",
    ...(from === "" ? {} : { from }),
    ...(to === "" ? {} : { to }),
    parameters,
  };
}

const KEYS = /[^0-9A-D*#]/gu;

/** Words count before keys: Twilio gathers one of them. */
export function readGathered(form: FormFields): Gathered {
  const text = fieldOf(form, "SpeechResult").trim();
  if (text !== "") return { by: "speech", text, ...confidenceOf(form) };
  const finishedOn = fieldOf(form, "FinishedOnKey").replace(KEYS, "").slice(0, 1);
  const keys = fieldOf(form, "Digits").toUpperCase().replace(KEYS, "");
  if (keys === "" && finishedOn === "") return { by: "nothing" };
  return { by: "dtmf", digits: keys + finishedOn, waited: finishedOn === "" };
}

/** Some recognisers tell no confidence, and send zero: that is none. */
function confidenceOf(form: FormFields): { readonly confidence?: number } {
  const confidence = Number(fieldOf(form, "Confidence") || Number.NaN);
  return confidence > 0 && confidence <= 1 ? { confidence } : {};
}

/** Words that are too uncertain are none. */
export function resultOf(
  { text, confidence }: Extract<Gathered, { by: "speech" }>,
  utteranceId: string,
  minConfidence: number,
): TranscriptResult {
  if (confidence !== undefined && confidence < minConfidence) return { type: "not-understood", utteranceId };
  return {
    type: "transcript",
    final: true,
    utteranceId,
    text,
    ...(confidence === undefined ? {} : { confidence }),
  };
}

/** Twilio tells the words that will stay and those that may still change, each in a field of their own. */
export function readPartial(form: FormFields): PartialWords {
  const parts = [fieldOf(form, "StableSpeechResult").trim(), fieldOf(form, "UnstableSpeechResult").trim()];
  const sequence = fieldOf(form, "SequenceNumber");
  return {
    text: parts.filter((part) => part !== "").join(" "),
    ...(/^\d{1,9}$/u.test(sequence) ? { sequenceNumber: Number(sequence) } : {}),
  };
}

/** How Twilio says the call is over; undefined: it is not. */
export function readEnding(form: FormFields): "over" | "failed" | undefined {
  const status = fieldOf(form, "CallStatus");
  if (status === "failed") return "failed";
  return ["completed", "busy", "no-answer", "canceled"].includes(status) ? "over" : undefined;
}
