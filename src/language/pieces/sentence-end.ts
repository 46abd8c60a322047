import { abbreviationOf, startsSentences } from "./abbreviations.js";
import {
  type Ahead,
  behindClosers,
  type Cut,
  DANDAS,
  isDevanagari,
  isDigit,
  isLower,
  isSpace,
  isUpper,
  LONGEST_LOOK_AHEAD,
  nextSpace,
  nextVisible,
  type Scene,
  STOPS,
  wordBefore,
} from "./characters.js";
import { itemBegins, opensItem } from "./lists.js";

/** Lines of so many words or fewer are items of a list, not sentences that a line break tore apart. */
const SHORT_LINE_WORDS = 3;

/** Names that end in an exclamation mark. */
const EXCLAIMED = new Set(["yahoo", "jeopardy", "oops"]);

/**
 * Whether the sentence that begins at `start` ends with the character at `at`: the place behind it and what closes it.
 * Decided by what stands before and by a bounded look ahead, so any chunking of the text gives the same answer.
 */
export function sentenceEnd(scene: Scene, at: number, start: number): Cut {
  const char = scene.text[at] ?? "";
  if (char === "\n") return lineEnd(scene, at, start);
  if (isSpace(char)) return itemBegins(scene, at, start);
  if (DANDAS.has(char)) return dandaEnd(scene, at);
  return STOPS.has(char) ? stopEnd(scene, at, start) : "none";
}

/** A line break ends a sentence, unless it tears one apart. */
function lineEnd(scene: Scene, at: number, start: number): Cut {
  const next = nextVisible(scene, at + 1);
  if (next === "unknown") return "unknown";
  if (next === "end" || !isLower(scene.text[next.value] ?? "")) return at + 1;
  const words = scene.text
    .slice(start, at)
    .trim()
    .split(/\s+/u, SHORT_LINE_WORDS + 1).length;
  return words <= SHORT_LINE_WORDS ? at + 1 : "none";
}

function dandaEnd(scene: Scene, at: number): Cut {
  const next = scene.text[at + 1];
  if (next === undefined && !scene.ended) return "unknown";
  return DANDAS.has(next ?? "") ? "none" : placeOf(behindClosers(scene, at + 1));
}

function stopEnd(scene: Scene, at: number, start: number): Cut {
  const { text } = scene;
  // Only the last of several marks decides.
  if (STOPS.has(text[at + 1] ?? "")) return "none";
  const end = behindClosers(scene, at + 1);
  if (end === "unknown" || end === "end") return "unknown";
  const after = text[end.value];
  const closed = end.value > at + 1;
  const run = runBefore(text, at);
  if (run.marks === "..." && text[run.from - 1] === "[" && text[at + 1] === "]") return "none";
  if (after === undefined) return end.value;
  if (!isSpace(after)) return closed ? "none" : withoutSpace(scene, at, run);
  const next = nextVisible(scene, end.value);
  if (next === "unknown") return "unknown";
  if (next === "end") return end.value;
  const first = codePointAt(text, next.value);
  if (!closed && text[at] === "." && first === ".") return spacedDots(scene, at, run);
  if (run.marks.length > 1 || text[at] === "…") {
    const goesOn = goesOnAfterRun(run, first);
    if (goesOn !== undefined) return goesOn ? "none" : end.value;
  }
  if (closed && isLower(first)) return "none";
  if (text[at] === "!" && isLower(first) && EXCLAIMED.has(wordBefore(text, at).toLowerCase())) return "none";
  return text[at] === "." && run.marks === "." ? fullStop(scene, at, start, end.value, next.value) : end.value;
}

/** The marks that end at `at`, with the spaces between dots taken out. */
function runBefore(
  text: string,
  at: number,
): { readonly from: number; readonly marks: string; readonly spaced: boolean } {
  let from = at;
  let marks = text[at] ?? "";
  let spaced = false;
  while (at - from < LONGEST_LOOK_AHEAD) {
    if (STOPS.has(text[from - 1] ?? "")) from -= 1;
    else if (isSpace(text[from - 1] ?? "") && text[from - 2] === "." && text[from] === ".") {
      from -= 2;
      spaced = true;
    } else break;
    marks += text[from];
  }
  return { from, marks, spaced };
}

/** Dots left out words: whether the sentence goes on behind them. Of other runs nothing is said here. */
function goesOnAfterRun({ marks, spaced }: { readonly marks: string; readonly spaced: boolean }, first: string) {
  if (/[?!]/.test(marks)) return undefined;
  if (marks.length >= 4) return isLower(first);
  return spaced || !isUpper(first);
}

/** "compounds. . . . The": the first dot ends the sentence, if a new one begins behind the others. */
function spacedDots(
  scene: Scene,
  at: number,
  { marks, spaced }: { readonly marks: string; readonly spaced: boolean },
): Cut {
  const { text, ended } = scene;
  if (marks !== "." || spaced || isSpace(text[at - 1] ?? " ")) return "none";
  let behind = at + 1;
  while (behind - at < LONGEST_LOOK_AHEAD && isSpace(text[behind] ?? "") && text[behind + 1] === ".") behind += 2;
  if (behind + 1 >= text.length && !ended) return "unknown";
  if (!isSpace(text[behind] ?? "")) return "none";
  const next = nextVisible(scene, behind);
  if (next === "unknown") return "unknown";
  return next !== "end" && isUpper(codePointAt(text, next.value)) ? at + 1 : "none";
}

/** One full stop with a space behind: the end, unless it abbreviates. */
function fullStop(scene: Scene, at: number, start: number, end: number, next: number): Cut {
  const { text } = scene;
  if (opensItem(text.slice(start, at))) return "none";
  const word = wordBefore(text, at);
  const first = codePointAt(text, next);
  switch (abbreviationOf(word)) {
    case "title":
      return "none";
    case "number":
      return isDigit(first) ? "none" : end;
    case "suffix":
      if (/^[A-Z]t$/.test(word)) return "none";
      return isUpper(first)
        ? unlessWord(scene, next, end, (following) => abbreviationOf(following) === "suffix")
        : "none";
    case "clock":
      return isUpper(first)
        ? unlessWord(scene, next, end, (following) => abbreviationOf(following) === "title")
        : "none";
    case "letters":
      return isUpper(first) ? unlessWord(scene, next, end, (following) => !startsSentences(following)) : "none";
    case "initial":
      return word === "I" && isUpper(first) && /(?:^|\s)\p{Ll}\S*\s$/u.test(text.slice(Math.max(0, at - 24), at - 1))
        ? end
        : "none";
    case undefined:
      return end;
  }
}

/** The end, unless the word that follows says otherwise. */
function unlessWord(scene: Scene, next: number, end: number, goesOn: (word: string) => boolean): Cut {
  const to = nextSpace(scene, next);
  if (to === "unknown" || to === "end") return "unknown";
  const word = scene.text.slice(next, to.value).replace(/[.,;:?!'’]+.*$/u, "");
  return goesOn(word) ? "none" : end;
}

/** "world.Today", "है.कल": the end, if both sides are words and the whole is no address. */
function withoutSpace(
  scene: Scene,
  at: number,
  { from, marks }: { readonly from: number; readonly marks: string },
): Cut {
  const { text } = scene;
  const before = text[from - 1] ?? "";
  const after = codePointAt(text, at + 1);
  if (isIncomplete(scene, at + 1)) return "unknown";
  if (!isUpper(after) && !isDevanagari(after)) return "none";
  if (!isLower(before) && !isDigit(before) && !isDevanagari(before) && !/\p{M}/u.test(before)) return "none";
  const to = nextSpace(scene, at);
  if (to === "unknown" || to === "end") return "unknown";
  const word = wordBefore(text, from);
  const token = word + text.slice(from, to.value);
  if (/[@/=<>]|^www\./iu.test(token) || abbreviationOf(word) !== undefined) return "none";
  if (isUpper(after)) return /^\p{Lu}[\p{Ll}\s]/u.test(text.slice(at + 1, at + 3)) ? at + 1 : "none";
  return marks !== "." || (word.length > 2 && !/^[^.]{1,3}\./u.test(text.slice(at + 1, to.value))) ? at + 1 : "none";
}

/** Half of a character outside the basic plane; the other half is not there yet. */
function isIncomplete({ text, ended }: Scene, at: number): boolean {
  return at + 1 >= text.length && !ended && /[\uD800-\uDBFF]/.test(text[at] ?? "");
}

function codePointAt(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? "" : String.fromCodePoint(code);
}

function placeOf(ahead: Ahead<number>): Cut {
  return typeof ahead === "object" ? ahead.value : "unknown";
}
