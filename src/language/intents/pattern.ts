import { spokenWords } from "./spelling.js";

/** Words in one spelling with a space on each side: what patterns are looked for in. */
export type SpokenLine = string;

/** A text as patterns read it. */
export function spokenLine(text: string): SpokenLine {
  return ` ${spokenWords(text).join(" ")} `;
}

/**
 * One expression for several patterns, matching whole words only. A pattern is a row of slots:
 * `call/phone` any of these words, `mere+ko` words that go together, `please?` may be missing, `...` up to four words of any
 * kind, `!it/that` anything but these comes next, `^` the utterance's beginning, `$` its end; `call/$` a word or the end.
 */
export function patterns(...lines: readonly string[]): RegExp {
  return new RegExp(` (?:${lines.map(expressionOf).join("|")})`, "u");
}

function expressionOf(line: string): string {
  return line.trim().split(/\s+/).map(slot).join("");
}

function slot(text: string): string {
  if (text === "...") return "(?:\\S+ ){0,4}?";
  if (text === "$") return "$";
  if (text === "^") return "(?<=^ )";
  if (text.startsWith("!")) return `(?!${choice(text.slice(1))} )`;
  if (text.endsWith("/$")) return `(?:${choice(text.slice(0, -2))} |$)`;
  if (text.endsWith("?")) return `(?:${choice(text.slice(0, -1))} )?`;
  return `${choice(text)} `;
}

function choice(text: string): string {
  const ways = text.split("/").map((way) => spokenWords(way.replaceAll("+", " ")).join(" "));
  return `(?:${[...new Set(ways)].join("|")})`;
}
