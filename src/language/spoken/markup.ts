import { type MappedText, rewrite } from "./mapped-text.js";

/** What is written for the eye, and what stays of it; in this order. */
const MARKS: readonly (readonly [RegExp, string | ((match: RegExpMatchArray) => string)])[] = [
  [/<!--[^>]{0,500}-->/g, " "],
  // A tag begins with a letter right after "<", and holds attributes, so "a < b" and "a<b and c>d" are none. Lengths are bounded: a stray "<" must not read to the end.
  [/<\/?[a-z][\w:-]{0,40}(?:\s+[\w:-]{1,60}\s?=[^<>]{0,300}|\s?)\/?>/gi, " "],
  [/&(?:nbsp|amp|lt|gt|quot);/g, (match) => ENTITIES[match[0]] ?? " "],
  [/^[ \t]*```.*$/gm, " "],
  [/!?\[([^[\]\n]{0,300})\]\([^()\s]{0,500}\)/g, (match) => match[1] ?? ""],
  [/^[ \t]*\|?(?:[ \t]*:?-{3,}:?[ \t]*\|)+(?:[ \t]*:?-{3,}:?)?[ \t]*(?:\n|$)/gm, ""],
  [/^[ \t]*(?:[-*_][ \t]*){3,}$/gm, " "],
  [/^[ \t]*\|[ \t]*|[ \t]*\|[ \t]*$/gm, ""],
  [/[ \t]+\|[ \t]+/g, ", "],
  [/^[ \t]*(?:#{1,6}|>+|[-*+•])[ \t]+/gm, ""],
  [/^[ \t]*(\d{1,3})[.)][ \t]+(?=\S)/gm, (match) => `${match[1]}, `],
  [/\*+|~~|`+|(?<![\p{L}\p{N}])_+(?=[\p{L}\p{N}])|(?<=[\p{L}\p{N}])_+(?![\p{L}\p{N}])/gu, ""],
  [
    /(?:\p{Extended_Pictographic}|[\u{1F1E6}-\u{1F1FF}\u{1F3FB}-\u{1F3FF}\u{FE0F}\u{20E3}])+(?:\u200D\p{Extended_Pictographic}\uFE0F?)*/gu,
    " ",
  ],
];

const ENTITIES: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"' };

/** Takes markdown, tags and emoji out; the words in them stay. */
export function withoutMarkup(from: MappedText): MappedText {
  // Long runs of spaces would make the patterns below take quadratic time; one tells them as much.
  const single = rewrite(from, /\s{2,}/g, ([run]) => (run.includes("\n") ? "\n" : " "));
  return MARKS.reduce(
    (text, [pattern, kept]) => rewrite(text, pattern, typeof kept === "string" ? () => kept : kept),
    single,
  );
}

/** One space where there were several, none at the ends of a line or before a comma or full stop. */
export function tidySpaces(from: MappedText): MappedText {
  const once = rewrite(from, /[^\S\n]+/g, (match) => (match[0] === " " ? undefined : " "));
  return rewrite(once, /^\s+|\s+$|(?<=\n)\s+|(?<!\s) +(?=[\n,.;?!।])/g, () => "");
}
