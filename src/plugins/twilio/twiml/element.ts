import { BolchaalError } from "../../../errors.js";

/** What an attribute may be given as; what is undefined is left out. */
export type AttributeValue = string | number | boolean | undefined;

/** An XML element. `content` is XML already. */
export function element(name: string, attributes: Readonly<Record<string, AttributeValue>>, content = ""): string {
  const open = Object.entries(attributes).reduce(
    (tag, [key, value]) => (value === undefined ? tag : `${tag} ${key}="${escaped(String(value))}"`),
    name,
  );
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
export function escaped(text: string): string {
  return text
    .replace(FORBIDDEN, "")
    .replace(/[&<>"']/gu, (character) => ENTITIES[character] ?? "")
    .replace(/[\t\n\r]/gu, (character) => `&#${character.charCodeAt(0)};`);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the very characters to remove.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Surrogate}]/gu;

/** Something Twilio would refuse. */
export function invalid(message: string): BolchaalError {
  return new BolchaalError(message, { code: "invalid-option", component: "transport", provider: "twilio" });
}
