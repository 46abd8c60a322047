import { BolchaalError } from "../../errors.js";

/** An element of an XML document. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** The text directly within it. */
  readonly text: string;
}

interface OpenElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

const PROLOG = /^\uFEFF?(?:<\?xml\s[^>]*\?>)?\s*/;
const TOKEN =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\/([\w:.-]+)\s*>|<([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/**
 * Reads a document of elements, attributes and text: all that TwiML needs.
 * @throws BolchaalError `simulation-failed` if it is not well-formed, with the place.
 */
export function readXml(text: string): XmlElement {
  const root: OpenElement = { name: "", attributes: {}, children: [], text: "" };
  const open: OpenElement[] = [root];
  let at = PROLOG.exec(text)?.[0].length ?? 0;
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text);
    if (token === null) throw malformed(text, at, "this is no tag");
    take(token, open, at, text);
    at = TOKEN.lastIndex;
  }
  const [document] = root.children;
  const unclosed = open.at(-1) as OpenElement;
  if (unclosed !== root) throw malformed(text, at, `<${unclosed.name}> is not closed`);
  if (document === undefined || root.children.length > 1 || root.text.trim() !== "")
    throw malformed(text, at, "there is not exactly one root element");
  return document;
}

function take(token: RegExpExecArray, open: OpenElement[], at: number, text: string): void {
  const [, cdata, closing, opening, attributes = "", selfClosing, characters] = token;
  const parent = open.at(-1) as OpenElement;
  if (cdata !== undefined) parent.text += cdata;
  else if (characters !== undefined) parent.text += unescaped(characters, text, at);
  else if (closing !== undefined) {
    if (open.length === 1 || parent.name !== closing) throw malformed(text, at, `</${closing}> closes nothing`);
    open.pop();
  } else if (opening !== undefined) {
    const element: OpenElement = {
      name: opening,
      attributes: attributesOf(attributes, text, at),
      children: [],
      text: "",
    };
    parent.children.push(element);
    if (selfClosing !== "/") open.push(element);
  }
}

function attributesOf(source: string, text: string, at: number): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name = "", double, single] of source.matchAll(ATTRIBUTE)) {
    if (Object.hasOwn(attributes, name)) throw malformed(text, at, `the attribute ${name} stands twice`);
    attributes[name] = unescaped(double ?? single ?? "", text, at);
  }
  return attributes;
}

function unescaped(characters: string, text: string, at: number): string {
  return characters.replace(/&(#x[\da-fA-F]+;|#\d+;|\w+;)?/g, (whole, entity: string | undefined) => {
    const name = entity?.slice(0, -1);
    const code = name?.startsWith("#x")
      ? Number.parseInt(name.slice(2), 16)
      : Number(name?.startsWith("#") ? name.slice(1) : Number.NaN);
    const character = Number.isNaN(code) ? ENTITIES[name ?? ""] : codePoint(code);
    if (character === undefined) throw malformed(text, at, `${whole} is no entity of XML`);
    return character;
  });
}

function codePoint(code: number): string | undefined {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

function malformed(text: string, at: number, what: string): BolchaalError {
  const line = text.slice(0, at).split("\n").length;
  const excerpt = JSON.stringify(text.slice(at, at + 40));
  return new BolchaalError(
    `The TwiML is not well-formed XML: ${what}, in line ${line} at ${excerpt}. Twilio would refuse it with error 12100.`,
    { code: "simulation-failed", component: "testing" },
  );
}
