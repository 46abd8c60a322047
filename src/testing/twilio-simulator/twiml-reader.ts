import { BolchaalError } from "../../errors.js";
import { readXml, type XmlElement } from "./xml.js";

/** One instruction of a TwiML document, as the simulator understands it. */
export type TwimlVerb =
  /** Opens a bidirectional stream, and waits for its end. */
  | { readonly verb: "Connect"; readonly url: string; readonly parameters: Readonly<Record<string, string>> }
  | { readonly verb: "Say"; readonly text: string; readonly language?: string; readonly voice?: string }
  | { readonly verb: "Play"; readonly url: string }
  | { readonly verb: "Pause"; readonly lengthSeconds: number }
  | { readonly verb: "Redirect"; readonly url: string }
  | { readonly verb: "Reject"; readonly reason: string }
  | { readonly verb: "Hangup" };

/** The name and value of a `<Parameter>` have fewer characters than this together. */
export const PARAMETER_CHARACTERS = 500;

type Attributes = Readonly<Record<string, string>>;

/** The attributes Twilio knows of each element. One that is not here is a mistake of the app. */
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  Connect: ["action", "method"],
  Stream: ["url", "name", "track", "statusCallback", "statusCallbackMethod"],
  Parameter: ["name", "value"],
  Say: ["language", "voice", "loop"],
  Play: ["loop", "digits"],
  Pause: ["length"],
  Redirect: ["method"],
  Reject: ["reason"],
  Hangup: [],
};

/**
 * Reads a TwiML document of the verbs that a media-stream app uses.
 * @throws BolchaalError `simulation-failed`, with Twilio's error number, for what Twilio would not take.
 */
export function readTwiml(text: string): TwimlVerb[] {
  const response = readXml(text);
  if (response.name !== "Response") throw refused(`The root element is <${response.name}>, not <Response>`, 12100);
  if (Object.keys(response.attributes).length > 0) throw refused("<Response> has attributes", 12200);
  return response.children.map(verbOf);
}

function verbOf(element: XmlElement): TwimlVerb {
  const attributes = attributesOf(element);
  const { name } = element;
  if (name === "Connect") return connect(element);
  if (element.children.length > 0) throw refused(`<${name}> has an element within it`, 12200);
  const text = element.text.trim();
  if (name === "Say") return { verb: "Say", text, ...only(attributes, "language"), ...only(attributes, "voice") };
  if (name === "Play") return { verb: "Play", url: text };
  if (name === "Pause") return { verb: "Pause", lengthSeconds: seconds(attributes.length ?? "1") };
  if (name === "Redirect") return { verb: "Redirect", url: text };
  if (name === "Reject") return { verb: "Reject", reason: rejectReason(attributes.reason ?? "rejected") };
  if (name === "Hangup") return { verb: "Hangup" };
  throw refused(`<${name}> is no verb the simulator knows`, 12200);
}

function connect(element: XmlElement): TwimlVerb {
  const [stream, ...others] = element.children;
  if (stream?.name !== "Stream" || others.length > 0)
    throw refused("<Connect> does not hold exactly one <Stream>", 12200);
  const { url, track = "inbound_track" } = attributesOf(stream);
  if (track !== "inbound_track")
    throw refused(`The track of a <Connect><Stream> is ${track}, not inbound_track`, 31941);
  return { verb: "Connect", url: streamUrl(url), parameters: parametersOf(stream) };
}

/** wss only; the query is not part of what Twilio connects to. */
function streamUrl(url: string | undefined): string {
  if (url === undefined || !URL.canParse(url))
    throw refused(`The stream's url ${JSON.stringify(url)} is malformed`, 31923);
  if (!url.startsWith("wss://")) throw refused(`The stream's url ${url} is not wss`, 31922);
  return url.replace(/[?#].*$/s, "");
}

function parametersOf(stream: XmlElement): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const child of stream.children) {
    if (child.name !== "Parameter") throw refused(`<Stream> holds a <${child.name}>`, 12200);
    const { name, value } = attributesOf(child);
    if (name === undefined || value === undefined) throw refused("A <Parameter> lacks its name or value", 12200);
    if (name.length + value.length >= PARAMETER_CHARACTERS)
      throw refused(`The <Parameter> ${name} has ${PARAMETER_CHARACTERS} characters or more`, 12200);
    parameters[name] = value;
  }
  return parameters;
}

function attributesOf(element: XmlElement): Attributes {
  const known = ATTRIBUTES[element.name] ?? Object.keys(element.attributes);
  const unknown = Object.keys(element.attributes).find((name) => !known.includes(name));
  if (unknown !== undefined) throw refused(`<${element.name}> has the unknown attribute ${unknown}`, 12200);
  return element.attributes;
}

function only<Name extends string>(attributes: Attributes, name: Name): { [key in Name]?: string } {
  const value = attributes[name];
  return value === undefined ? {} : ({ [name]: value } as { [key in Name]?: string });
}

function seconds(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw refused(`<Pause> has the length ${text}`, 12200);
  return Number(text);
}

function rejectReason(reason: string): string {
  if (reason !== "rejected" && reason !== "busy") throw refused(`<Reject> has the reason ${reason}`, 12200);
  return reason;
}

function refused(what: string, code: number): BolchaalError {
  return new BolchaalError(`${what}. Twilio would refuse this TwiML with error ${code}.`, {
    code: "simulation-failed",
    component: "testing",
  });
}
