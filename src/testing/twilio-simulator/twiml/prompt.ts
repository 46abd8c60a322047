import type { XmlElement } from "../xml.js";
import { attributesOf, given, refused, textOf } from "./attributes.js";
import type { PromptVerb } from "./verbs.js";

/** Whether an element is one of those that may stand within a `<Gather>`, too. */
export function isPrompt({ name }: XmlElement): boolean {
  return name === "Say" || name === "Play" || name === "Pause";
}

export function promptOf(element: XmlElement): PromptVerb {
  const text = textOf(element);
  if (element.name === "Say") {
    const attributes = attributesOf(element, ["language", "voice", "loop"]);
    const [language, voice] = [attributes.matching("language", LANGUAGE), attributes.text("voice")];
    return { verb: "Say", text, ...given({ language, voice, loop: attributes.number("loop", 0) }) };
  }
  if (element.name === "Play") {
    const attributes = attributesOf(element, ["loop", "digits"]);
    const digits = attributes.matching("digits", /^[\d*#wW]+$/);
    if (digits === undefined && text === "") throw refused("<Play> has neither an address nor digits", 12200);
    return { verb: "Play", url: text, ...given({ digits, loop: attributes.number("loop", 0) }) };
  }
  const attributes = attributesOf(element, ["length"]);
  return { verb: "Pause", lengthSeconds: attributes.number("length", 1) ?? 1 };
}

/** A language as Twilio names it: `hi-IN`, `en-IN`, `cmn-CN`; of ConversationRelay also `multi`. */
export const LANGUAGE = /^(?:[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*|multi)$/;
