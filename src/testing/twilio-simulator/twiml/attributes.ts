import { BolchaalError } from "../../../errors.js";
import type { XmlElement } from "../xml.js";
import type { Interruptible, WebhookMethod } from "./verbs.js";

/** An element's attributes, read one by one; each reader throws what Twilio would say of a wrong value. */
export interface Attributes {
  text(name: string): string | undefined;
  /** A number without sign and fraction, at least `least`. */
  number(name: string, least: number): number | undefined;
  /** Whole seconds, at least one, in ms. */
  seconds(name: string): number | undefined;
  flag(name: string): boolean | undefined;
  oneOf<Value extends string>(name: string, values: readonly Value[]): Value | undefined;
  matching(name: string, pattern: RegExp): string | undefined;
  method(name?: string): WebhookMethod | undefined;
  interruptible(name: string): Interruptible | undefined;
}

/** @throws BolchaalError `simulation-failed` if the element has an attribute that is not among `known`. */
export function attributesOf(element: XmlElement, known: readonly string[]): Attributes {
  const { name: tag, attributes } = element;
  const unknown = Object.keys(attributes).find((name) => !known.includes(name));
  if (unknown !== undefined) throw refused(`<${tag}> has the unknown attribute ${unknown}`, 12200);

  function matching(name: string, pattern: RegExp): string | undefined {
    const value = attributes[name];
    if (value !== undefined && !pattern.test(value)) throw refused(`<${tag}> has the ${name} ${value}`, 12200);
    return value;
  }
  function number(name: string, least: number): number | undefined {
    const value = matching(name, /^\d{1,9}$/);
    if (value !== undefined && Number(value) < least) throw refused(`<${tag}> has the ${name} ${value}`, 12200);
    return value === undefined ? undefined : Number(value);
  }
  const oneOf = <Value extends string>(name: string, values: readonly Value[]) =>
    matching(name, new RegExp(`^(?:${values.join("|")})$`)) as Value | undefined;
  return {
    text: (name) => attributes[name],
    number,
    seconds(name) {
      const value = number(name, 1);
      return value === undefined ? undefined : value * 1000;
    },
    flag(name) {
      const value = oneOf(name, ["true", "false"]);
      return value === undefined ? undefined : value === "true";
    },
    oneOf,
    matching,
    method: (name = "method") => oneOf(name, ["GET", "POST"]),
    interruptible(name) {
      const value = oneOf(name, ["none", "dtmf", "speech", "any", "true", "false"]);
      if (value === "true") return "any";
      return value === "false" ? "none" : value;
    },
  };
}

/** What an app may have left out stays out. */
export function given<Fields extends object>(
  fields: Fields,
): { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

/** The content of an element that holds nothing but text. */
export function textOf(element: XmlElement): string {
  if (element.children.length > 0) throw refused(`<${element.name}> has an element within it`, 12200);
  return element.text.trim();
}

/** `wss` only. */
export function socketUrl(what: string, url: string | undefined): string {
  if (url === undefined || !URL.canParse(url))
    throw refused(`The ${what}'s url ${JSON.stringify(url)} is malformed`, 31923);
  if (!url.startsWith("wss://")) throw refused(`The ${what}'s url ${url} is not wss`, 31922);
  return url;
}

/** The name and value of a `<Parameter>` have fewer characters than this together. */
export const PARAMETER_CHARACTERS = 500;

/** The `<Parameter>`s of an element, which holds nothing else but `besides`. */
export function parametersOf(element: XmlElement, besides?: string): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const child of element.children.filter(({ name }) => name !== besides)) {
    if (child.name !== "Parameter") throw refused(`<${element.name}> holds a <${child.name}>`, 12200);
    const attributes = attributesOf(child, ["name", "value"]);
    const [name, value] = [attributes.text("name"), attributes.text("value")];
    if (name === undefined || value === undefined) throw refused("A <Parameter> lacks its name or value", 12200);
    if (name.length + value.length >= PARAMETER_CHARACTERS)
      throw refused(`The <Parameter> ${name} has ${PARAMETER_CHARACTERS} characters or more`, 12200);
    parameters[name] = value;
  }
  return parameters;
}

export function refused(what: string, code: number): BolchaalError {
  return new BolchaalError(`${what}. Twilio would refuse this TwiML with error ${code}.`, {
    code: "simulation-failed",
    component: "testing",
  });
}
