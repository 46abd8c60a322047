import { BolchaalError } from "../../../errors.js";
import type { TwimlSource } from "../live-leg.js";
import { given } from "../twiml/attributes.js";
import { readXml, type XmlElement } from "../xml.js";
import { ApiError } from "./api-error.js";
import { readInstructions } from "./call-order.js";
import type { FormReader } from "./form-reader.js";

/** What the API is asked to change of a call. */
export interface CallChange {
  readonly status?: "canceled" | "completed";
  readonly instructions?: TwimlSource;
  readonly timeLimitMs?: number;
  /** Where the call's end is told from now on. */
  readonly statusCallback?: { readonly url: string; readonly method: "GET" | "POST" };
}

/** @throws ApiError */
export function readCallChange(form: FormReader): CallChange {
  const status = form.oneOf("Status", ["canceled", "completed"]);
  const instructions = readInstructions(form);
  const seconds = form.whole("TimeLimit", 1, 86_400);
  const [url, method] = [form.url("StatusCallback", 21609), form.method("StatusCallbackMethod")];
  if (instructions !== undefined && "twiml" in instructions) checkAddresses(instructions.twiml);
  return given({
    status,
    instructions,
    timeLimitMs: seconds === undefined ? undefined : 1_000 * seconds,
    statusCallback: url === undefined ? undefined : { url, method },
  });
}

/** There is no document that a relative address could belong to. What is no XML shows when it is carried out. */
function checkAddresses(twiml: string): void {
  const wrong = addressesOf(rootOf(twiml)).find((address) => !URL.canParse(address));
  if (wrong !== undefined) throw new ApiError(15004, `Invalid TwiML: the address ${wrong} in it is not absolute`);
}

function rootOf(twiml: string): XmlElement | undefined {
  try {
    return readXml(twiml);
  } catch (error) {
    if (BolchaalError.isInstance(error)) return undefined;
    throw error;
  }
}

const ADDRESS_ATTRIBUTES =
  /^(?:action|url|partialResultCallback|.*(?:StatusCallback|statusCallback|referUrl|waitUrl))$/;

function addressesOf(element: XmlElement | undefined): string[] {
  if (element === undefined) return [];
  const { name, attributes, text, children } = element;
  const own = Object.entries(attributes).flatMap(([key, value]) => (ADDRESS_ATTRIBUTES.test(key) ? [value] : []));
  const named = (name === "Redirect" || name === "Play") && text.trim() !== "" ? [text.trim()] : [];
  return [...own, ...named, ...children.flatMap(addressesOf)];
}
