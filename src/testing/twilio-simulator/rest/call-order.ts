import type { TwimlSource } from "../live-leg.js";
import { given } from "../twiml/attributes.js";
import { ApiError } from "./api-error.js";
import type { DetectionOrder } from "./detection.js";
import { type FormReader, isWebAddress } from "./form-reader.js";
import type { RecordingOrder } from "./recording-order.js";

/** What a call can tell of. */
export type StatusEvent = "initiated" | "ringing" | "answered" | "completed";

/** Where a call tells how it is doing. */
export interface StatusOrder {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly events: readonly StatusEvent[];
}

/** A call that the API is asked for. */
export interface CallOrder {
  readonly to: string;
  readonly from: string;
  readonly instructions: TwimlSource;
  readonly status?: StatusOrder;
  readonly ringLimitMs: number;
  readonly timeLimitMs: number;
  readonly record?: RecordingOrder;
  readonly detection?: DetectionOrder;
  /** What the debugger says of it. */
  readonly warnings: readonly CallWarning[];
}

/** What is wrong with a call that is made all the same. */
export interface CallWarning {
  readonly code: 21262 | 21626;
  readonly message: string;
}

/** Twilio lets it ring so long, in ms, unless told otherwise … */
export const DEFAULT_RING_LIMIT_MS = 60_000;
/** … and a call last so long. */
export const DEFAULT_TIME_LIMIT_MS = 14_400_000;
/** Longer instructions it does not take in a request, in characters. */
export const MOST_TWIML_CHARACTERS = 4_000;
const MOST_RING_S = 600;
const MOST_CALL_S = 86_400;
/** E.164. */
const PHONE_NUMBER = /^\+[1-9]\d{6,14}$/;
const OTHER_CALLEE = /^(?:sip:[^\s@]+@[^\s@]+|client:\S+)$/;

/**
 * Reads what the API is asked for with a new call.
 * @param mayCallFrom Whether a number is the account's, or verified.
 * @throws ApiError
 */
export function readCallOrder(form: FormReader, mayCallFrom: (number: string) => boolean): CallOrder {
  const { to, from } = parties(form, mayCallFrom);
  const events = statusEvents(form);
  const url = form.url("StatusCallback", 21609);
  const method = form.method("StatusCallbackMethod");
  const detection = form.text("SendDigits") === undefined ? readDetection(form) : undefined;
  const asyncWithoutCallback = detection?.async !== undefined && detection.async.callback === undefined;
  checkDigits(form);
  passOver(form);
  return {
    to,
    from,
    instructions: readInstructions(form) ?? missingInstructions(form),
    ringLimitMs: 1_000 * (form.whole("Timeout", 1, MOST_RING_S) ?? DEFAULT_RING_LIMIT_MS / 1_000),
    timeLimitMs: 1_000 * (form.whole("TimeLimit", 1, MOST_CALL_S) ?? DEFAULT_TIME_LIMIT_MS / 1_000),
    ...given({
      status: url === undefined || events === undefined ? undefined : { url, method, events },
      record: readRecord(form),
      detection,
    }),
    warnings: [...(events === undefined ? [INVALID_EVENTS] : []), ...(asyncWithoutCallback ? [NO_AMD_CALLBACK] : [])],
  };
}

const INVALID_EVENTS: CallWarning = { code: 21626, message: "Invalid StatusCallbackEvent: no callback will be sent" };
const NO_AMD_CALLBACK: CallWarning = {
  code: 21262,
  message: "AsyncAmd without AsyncAmdStatusCallback: nobody will hear of the result",
};

/**
 * Where a call's instructions come from. An address is preferred to TwiML.
 * @returns undefined if the form says nothing of it.
 * @throws ApiError
 */
export function readInstructions(form: FormReader): TwimlSource | undefined {
  const [url, method] = [form.url("Url", 21205), form.method("Method")];
  const [fallbackUrl, twiml] = [form.url("FallbackUrl", 21205), form.text("Twiml")];
  form.method("FallbackMethod");
  if (url !== undefined) return { url, method, ...given({ fallbackUrl }) };
  if (twiml === undefined) return undefined;
  if (twiml.length > MOST_TWIML_CHARACTERS) {
    throw new ApiError(20001, `Twiml has ${twiml.length} characters: the limit is ${MOST_TWIML_CHARACTERS}`);
  }
  return { twiml };
}

function missingInstructions(form: FormReader): never {
  if (form.text("ApplicationSid") !== undefined)
    throw new ApiError(21218, "The ApplicationSid is not an application of this account");
  throw new ApiError(21205, "Url parameter is required");
}

function parties(form: FormReader, mayCallFrom: (number: string) => boolean) {
  const [to, from] = [form.text("To"), form.text("From")];
  if (to === undefined) throw new ApiError(21201);
  if (from === undefined) throw new ApiError(21213);
  if (!PHONE_NUMBER.test(to) && !OTHER_CALLEE.test(to))
    throw new ApiError(21211, `The phone number you are attempting to call, ${to}, is not a valid number`);
  if (!PHONE_NUMBER.test(from)) throw new ApiError(21212, `The 'From' number ${from} is not a valid phone number`);
  if (!mayCallFrom(from))
    throw new ApiError(21210, `The source phone number provided, ${from}, is not yet verified for this account`);
  return { to, from };
}

/** @returns undefined for a wrong one: then none is told. */
function statusEvents(form: FormReader): readonly StatusEvent[] | undefined {
  const events = form.all("StatusCallbackEvent");
  const known: readonly string[] = ["initiated", "ringing", "answered", "completed"] satisfies StatusEvent[];
  if (events.some((event) => !known.includes(event))) return undefined;
  return events.length === 0 ? ["completed"] : (events as StatusEvent[]);
}

function readDetection(form: FormReader): DetectionOrder | undefined {
  const mode = form.oneOf("MachineDetection", ["Enable", "DetectMessageEnd"]);
  const isAsync = form.flag("AsyncAmd") ?? false;
  const callback = asyncCallback(form);
  const timeoutS = form.whole("MachineDetectionTimeout", 3, 59) ?? 30;
  const speechThresholdMs = form.whole("MachineDetectionSpeechThreshold", 1_000, 6_000) ?? 2_400;
  const speechEndThresholdMs = form.whole("MachineDetectionSpeechEndThreshold", 500, 5_000) ?? 1_200;
  const silenceTimeoutMs = form.whole("MachineDetectionSilenceTimeout", 2_000, 10_000) ?? 5_000;
  if (mode === undefined) return undefined;
  return {
    until: mode === "Enable" ? "start" : "end",
    timeoutMs: 1_000 * timeoutS,
    speechThresholdMs,
    speechEndThresholdMs,
    silenceTimeoutMs,
    ...(isAsync ? { async: given({ callback }) } : {}),
  };
}

function asyncCallback(form: FormReader) {
  const url = form.text("AsyncAmdStatusCallback");
  const method = form.method("AsyncAmdStatusCallbackMethod");
  return url === undefined || !isWebAddress(url) ? undefined : { url, method };
}

function readRecord(form: FormReader): RecordingOrder | undefined {
  const wanted = form.flag("Record") ?? false;
  const channels = form.oneOf("RecordingChannels", ["mono", "dual"]) === "dual" ? 2 : 1;
  const callback = readRecordingCallback(form);
  return wanted ? { channels, source: "OutboundAPI", ...given({ callback }) } : undefined;
}

/** Where is told of a recording. */
export function readRecordingCallback(form: FormReader): RecordingOrder["callback"] {
  const [url, method] = [form.url("RecordingStatusCallback", 21609), form.method("RecordingStatusCallbackMethod")];
  const names = form.all("RecordingStatusCallbackEvent").flatMap((name) => name.split(/[\s,]+/));
  const known: readonly string[] = ["in-progress", "completed", "absent"];
  const wrong = names.find((name) => !known.includes(name));
  if (wrong !== undefined) throw new ApiError(20001, `Invalid parameter RecordingStatusCallbackEvent: ${wrong}`);
  form.oneOf("RecordingTrack", ["inbound", "outbound", "both"]);
  form.oneOf("Trim", ["trim-silence", "do-not-trim"]);
  const events = names.length === 0 ? ["completed"] : names;
  return url === undefined ? undefined : { url, method, events };
}

function checkDigits(form: FormReader): void {
  const digits = form.text("SendDigits");
  if (digits !== undefined && !/^[\d#*wW]{1,32}$/.test(digits))
    throw new ApiError(20001, `Invalid parameter SendDigits: ${digits}`);
}

/** Fields that Twilio knows, and the simulated calls have no use for. */
function passOver(form: FormReader): void {
  const names = ["ApplicationSid", "CallerId", "CallReason", "CallToken", "Byoc", "SipAuthUsername", "SipAuthPassword"];
  for (const name of [...names, "ClientNotificationUrl", "Passports", "RecordingConfigurationId"]) form.text(name);
}
