import type { XmlElement } from "../xml.js";
import { attributesOf, given, refused, textOf } from "./attributes.js";
import type { DialedNumber, DialVerb } from "./verbs.js";

/** How long a `<Dial>` lets it ring if it does not say, in ms. */
export const DEFAULT_DIAL_TIMEOUT_MS = 30_000;

/** How long the two may talk if it does not say, in ms: four hours. */
const DIAL_TIME_LIMIT_MS = 14_400_000;

const RECORD_MODES = [
  "true",
  "false",
  "do-not-record",
  "record-from-answer",
  "record-from-ringing",
  "record-from-answer-dual",
  "record-from-ringing-dual",
] as const;

const DIAL_ATTRIBUTES = [
  "action",
  "method",
  "answerOnBridge",
  "callerId",
  "hangupOnStar",
  "record",
  "recordingStatusCallback",
  "recordingStatusCallbackEvent",
  "recordingStatusCallbackMethod",
  "recordingTrack",
  "referMethod",
  "referUrl",
  "ringTone",
  "sequential",
  "timeLimit",
  "timeout",
  "trim",
];

const NUMBER_ATTRIBUTES = [
  "url",
  "method",
  "sendDigits",
  "statusCallback",
  "statusCallbackEvent",
  "statusCallbackMethod",
  "machineDetection",
  "machineDetectionTimeout",
  "machineDetectionSilenceTimeout",
  "machineDetectionSpeechThreshold",
  "machineDetectionSpeechEndThreshold",
  "amdStatusCallback",
  "amdStatusCallbackMethod",
];

/** `<Dial>` of a number in its text, or of `<Number>`s. */
export function dialOf(element: XmlElement): DialVerb {
  const attributes = attributesOf(element, DIAL_ATTRIBUTES);
  const numbers = element.children.length === 0 ? [plainNumber(textOf(element))] : element.children.map(numberOf);
  const record = attributes.oneOf("record", RECORD_MODES);
  return {
    verb: "Dial",
    numbers,
    method: attributes.method() ?? "POST",
    timeoutMs: attributes.seconds("timeout") ?? DEFAULT_DIAL_TIMEOUT_MS,
    timeLimitMs: attributes.seconds("timeLimit") ?? DIAL_TIME_LIMIT_MS,
    hangupOnStar: attributes.flag("hangupOnStar") ?? false,
    sequential: attributes.flag("sequential") ?? false,
    ...given({
      action: attributes.text("action"),
      callerId: attributes.text("callerId"),
      record: record === "false" || record === "do-not-record" ? undefined : record,
      recordingStatusCallback: attributes.text("recordingStatusCallback"),
    }),
  };
}

function numberOf(element: XmlElement): DialedNumber {
  if (element.name !== "Number")
    throw refused(`<Dial> holds a <${element.name}>, which the simulator cannot call`, 12200);
  const attributes = attributesOf(element, NUMBER_ATTRIBUTES);
  const events = attributes.matching("statusCallbackEvent", EVENTS) ?? "completed";
  return {
    ...plainNumber(textOf(element)),
    method: attributes.method() ?? "POST",
    statusCallbackEvents: events.split(" "),
    statusCallbackMethod: attributes.method("statusCallbackMethod") ?? "POST",
    ...given({ url: attributes.text("url"), statusCallback: attributes.text("statusCallback") }),
  };
}

const EVENTS = /^(?:initiated|ringing|answered|completed)(?: (?:initiated|ringing|answered|completed))*$/;

/** E.164, or a national number with its separators. */
function plainNumber(text: string): DialedNumber {
  if (!/^\+?[\d\s().-]{3,24}$/.test(text))
    throw refused(`<Dial> calls ${JSON.stringify(text)}, which is no number`, 13224);
  return { number: text, method: "POST", statusCallbackEvents: [], statusCallbackMethod: "POST" };
}
