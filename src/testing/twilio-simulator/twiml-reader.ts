import { attributesOf, given, refused, textOf } from "./twiml/attributes.js";
import { connectOf } from "./twiml/connect.js";
import { dialOf } from "./twiml/dial.js";
import { gatherOf } from "./twiml/gather.js";
import { isPrompt, promptOf } from "./twiml/prompt.js";
import type { RecordVerb, TwimlVerb } from "./twiml/verbs.js";
import { readXml, type XmlElement } from "./xml.js";

/**
 * Reads a TwiML document of the verbs that a phone agent uses.
 * @throws BolchaalError `simulation-failed`, with Twilio's error number, for what Twilio would not take.
 */
export function readTwiml(text: string): TwimlVerb[] {
  const response = readXml(text);
  if (response.name !== "Response") throw refused(`The root element is <${response.name}>, not <Response>`, 12100);
  if (Object.keys(response.attributes).length > 0) throw refused("<Response> has attributes", 12200);
  if (response.text.trim() !== "") throw refused("<Response> holds text that is no verb", 12200);
  return response.children.map(verbOf);
}

function verbOf(element: XmlElement): TwimlVerb {
  if (isPrompt(element)) return promptOf(element);
  switch (element.name) {
    case "Connect":
      return connectOf(element);
    case "Gather":
      return gatherOf(element);
    case "Dial":
      return dialOf(element);
    case "Record":
      return recordOf(element);
    case "Redirect":
      return redirectOf(element);
    case "Reject": {
      const reason = attributesOf(element, ["reason"]).oneOf("reason", ["rejected", "busy"]) ?? "rejected";
      textOf(element);
      return { verb: "Reject", reason };
    }
    case "Hangup":
      attributesOf(element, []);
      textOf(element);
      return { verb: "Hangup" };
    default:
      throw refused(`<${element.name}> is no verb the simulator knows`, 12200);
  }
}

/** POST is how it is asked anyway. */
function redirectOf(element: XmlElement): TwimlVerb {
  const method = attributesOf(element, ["method"]).method();
  return { verb: "Redirect", url: textOf(element), ...(method === "GET" ? { method } : {}) };
}

const RECORD_ATTRIBUTES = [
  "action",
  "method",
  "timeout",
  "finishOnKey",
  "maxLength",
  "playBeep",
  "trim",
  "recordingStatusCallback",
  "recordingStatusCallbackEvent",
  "recordingStatusCallbackMethod",
  "recordingTrack",
  "transcribe",
  "transcribeCallback",
] as const;

function recordOf(element: XmlElement): RecordVerb {
  const attributes = attributesOf(element, RECORD_ATTRIBUTES);
  textOf(element);
  return {
    verb: "Record",
    method: attributes.method() ?? "POST",
    timeoutMs: attributes.seconds("timeout") ?? 5_000,
    maxLengthMs: attributes.seconds("maxLength") ?? 3_600_000,
    finishOnKey: attributes.matching("finishOnKey", /^[\d*#]*$/) ?? "1234567890*#",
    playBeep: attributes.flag("playBeep") ?? true,
    ...given({
      action: attributes.text("action"),
      recordingStatusCallback: attributes.text("recordingStatusCallback"),
    }),
  };
}
