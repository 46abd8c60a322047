import { type MappedText, rewrite } from "./mapped-text.js";
import { digitsInWords } from "./number-words.js";

const EMAIL = /(?<![\w.+-])[\w.+-]{1,64}@[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){1,6}/gi;
const LINK =
  /(?<![\w@.])(?:https?:\/\/)?(?:www\.)?[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){0,5}\.(?:com|in|org|net|io|ai|app|dev|edu|gov|info|me|shop|store)\b(?:\/[\w\-./?=&%#]{0,300})?(?<![.?])/gi;
const LINK_WITH_SCHEME = /(?<![\w])https?:\/\/[\w\-.:/?=&%#]{1,300}(?<![.?])/gi;

const SIGNS: Readonly<Record<string, string>> = {
  ".": "dot",
  "@": "at",
  _: "underscore",
  "-": "dash",
  "/": "slash",
  "+": "plus",
  "?": "question mark",
  "=": "equals",
  "&": "and",
  "%": "percent",
  "#": "hash",
  ":": "colon",
};

/** E-mail and web addresses as one says them to somebody who writes them down. */
export function sayAddresses(from: MappedText): MappedText {
  const emails = rewrite(from, EMAIL, ([address = ""]) => spelled(address));
  const links = rewrite(emails, LINK, ([address = ""]) => spelled(withoutScheme(address)));
  return rewrite(links, LINK_WITH_SCHEME, ([address = ""]) => spelled(withoutScheme(address)));
}

function withoutScheme(address: string): string {
  return address
    .replace(/^https?:\/\//i, "")
    .replace(/^www\./i, "")
    .replace(/\/$/, "");
}

function spelled(address: string): string {
  return (address.match(/[a-z]+|\d+|./gi) ?? [])
    .map((part) => (/^\d/.test(part) ? digitsInWords(part, { language: "en" }) : (SIGNS[part] ?? part)))
    .join(" ");
}
