import { BolchaalError } from "../../errors.js";
import type { Language } from "../../spec/index.js";

/** Name and value of a `<Parameter>` together stay below this, in characters. Source: Twilio's "TwiML Stream". */
export const PARAMETER_CHARACTERS = 500;

/**
 * How `<Say>` speaks each language. Twilio refuses a voice that does not speak the language; this one speaks Hindi and
 * Indian English.
 */
export const SAY_VOICES: Readonly<Record<Language, { readonly language: string; readonly voice: string }>> = {
  hi: { language: "hi-IN", voice: "Polly.Aditi" },
  "hi-en": { language: "hi-IN", voice: "Polly.Aditi" },
  en: { language: "en-IN", voice: "Polly.Aditi" },
};

/** One thing Twilio is to do with a call. */
export type TwimlVerb =
  /** Opens the media stream both ways. What follows is done when the stream is over and the call is not. */
  | {
      readonly verb: "connect-stream";
      /** A `wss://` address without a query: Twilio does not send one. */
      readonly url: string;
      /** Come back in the stream's `start`. @see PARAMETER_CHARACTERS */
      readonly parameters?: Readonly<Record<string, string>>;
    }
  /** Speaks. */
  | {
      readonly verb: "say";
      readonly text: string;
      readonly language: Language;
      /** One of Twilio's voices for the language. @default that of `SAY_VOICES` */
      readonly voice?: string;
    }
  /** Calls someone else and connects the two. */
  | { readonly verb: "dial"; readonly number: string; readonly callerId?: string }
  /** Goes on with the TwiML of another address. */
  | { readonly verb: "redirect"; readonly url: string }
  /** Does not answer. Only as the first verb. */
  | { readonly verb: "reject"; readonly reason: "busy" | "rejected" }
  | { readonly verb: "hangup" };

/**
 * The TwiML that does `verbs` one after another, as XML.
 * @throws BolchaalError `invalid-option` for a stream address or parameter that Twilio would refuse.
 */
export function twiml(verbs: readonly TwimlVerb[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${element("Response", {}, verbs.map(verbElement).join(""))}`;
}

function verbElement(verb: TwimlVerb): string {
  switch (verb.verb) {
    case "connect-stream":
      return element("Connect", {}, streamElement(verb.url, verb.parameters ?? {}));
    case "say":
      return element(
        "Say",
        { ...SAY_VOICES[verb.language], ...(verb.voice && { voice: verb.voice }) },
        escaped(verb.text),
      );
    case "dial":
      return element("Dial", verb.callerId === undefined ? {} : { callerId: verb.callerId }, escaped(verb.number));
    case "redirect":
      return element("Redirect", { method: "POST" }, escaped(verb.url));
    case "reject":
      return element("Reject", { reason: verb.reason });
    case "hangup":
      return element("Hangup", {});
  }
}

function streamElement(url: string, parameters: Readonly<Record<string, string>>): string {
  if (!/^wss?:\/\/[^?#]+$/u.test(url)) {
    throw invalid(`"${url}" cannot be a stream's address. Give a wss:// address without a query.`);
  }
  const children = Object.entries(parameters).map(([name, value]) => {
    if (name === "" || name.length + value.length >= PARAMETER_CHARACTERS) {
      throw invalid(
        `Parameter "${name}" is too long, or has no name. Keep name and value below ${PARAMETER_CHARACTERS} characters together.`,
      );
    }
    return element("Parameter", { name, value });
  });
  return element("Stream", { url }, children.join(""));
}

function element(name: string, attributes: Readonly<Record<string, string>>, content = ""): string {
  const open = Object.entries(attributes).reduce((tag, [key, value]) => `${tag} ${key}="${escaped(value)}"`, name);
  return content === "" ? `<${open}/>` : `<${open}>${content}</${name}>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/**
 * Characters that XML 1.0 does not allow even escaped are left out. Line breaks become references: parsers would make
 * spaces of them in attributes.
 */
function escaped(text: string): string {
  return text
    .replace(FORBIDDEN, "")
    .replace(/[&<>"']/gu, (character) => ENTITIES[character] ?? "")
    .replace(/[\t\n\r]/gu, (character) => `&#${character.charCodeAt(0)};`);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the very characters to remove.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Surrogate}]/gu;

function invalid(message: string): BolchaalError {
  return new BolchaalError(message, { code: "invalid-option", component: "transport", provider: "twilio" });
}
