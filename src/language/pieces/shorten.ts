import { CLAUSE_MARKS, type Cut, isDigit, isSpace, type Scene, wordBefore } from "./characters.js";

/** A part that has grown to `longest` is cut: at the last clause of its second half, else at its last space, else here. */
export function shorten({ text }: Scene, at: number, start: number, longest: number): Cut {
  if (at - start < longest) return "none";
  let space: number | undefined;
  // What is looked at ahead of a place has come by now.
  for (let place = at - 3; place > start + longest / 2; place -= 1) {
    if (!isSpace(text[place] ?? "") || !mayPart(text, place, start)) continue;
    if (CLAUSE_MARKS.has(text[place - 1] ?? "")) return place;
    space ??= place;
  }
  // A character of two units is not torn apart.
  return space ?? (/[\uDC00-\uDFFF]/.test(text[at] ?? "") ? at + 1 : at);
}

/** Not inside a tag, a number that is written in groups, or between a currency or a title and what it belongs to. */
export function mayPart(text: string, space: number, start: number): boolean {
  const before = text[space - 1] ?? "";
  if (isDigit(before) && /^\s*\d/u.test(text.slice(space, space + 3))) return false;
  if (/[₹$€£]$/u.test(before) || /^(?:rs|inr|dr|mr|mrs|ms|no|डॉ|श्री|रु)\.?$/iu.test(wordBefore(text, space)))
    return false;
  return !isInsideTag(text, space, start);
}

const LONGEST_TAG = 120;

export function isInsideTag(text: string, at: number, start: number): boolean {
  const from = Math.max(start, at - LONGEST_TAG);
  const near = text.slice(from, at);
  const opened = near.lastIndexOf("<");
  return opened >= 0 && !near.includes(">", opened) && /^<[/a-z]/iu.test(near.slice(opened));
}
