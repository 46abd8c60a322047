import type { HeardSoFar, Language } from "../../../spec/index.js";

/**
 * How long Twilio's voices are taken to speak for a UTF-16 unit of text, in ms. An assumption, not a measurement of
 * Twilio's: 150 words a minute, an English word and its blank being 6 units long, one in Devanagari 5.5. Voices that read
 * faster were heard further than is said, so that nobody is told to have heard what was not.
 */
export const DEFAULT_UNIT_MS: Readonly<Record<Language, number>> = Object.freeze({ en: 67, hi: 73, "hi-en": 70 });

/** A stretch of what is said. */
export interface SpokenPiece {
  readonly text: string;
  /** How long it takes to be said. */
  readonly durationMs: number;
}

/** How long a text takes to be said, in ms. */
export function speakingMs(
  text: string,
  language: Language,
  unitMs: Readonly<Record<Language, number>> = DEFAULT_UNIT_MS,
): number {
  return text.trim().length * unitMs[language];
}

/** How long pieces take one behind another, in ms. */
export function totalMs(pieces: readonly SpokenPiece[]): number {
  return pieces.reduce((sum, { durationMs }) => sum + durationMs, 0);
}

/**
 * What was heard of pieces that have been said for `elapsedMs`: those that were over, and of the one then being said the
 * words that were over, as if all its letters took as long. A beginning of the pieces put together, blanks between them.
 */
export function estimateHeard(pieces: readonly SpokenPiece[], elapsedMs: number): HeardSoFar {
  const heard: string[] = [];
  let leftMs = Math.max(0, elapsedMs);
  for (const { text, durationMs } of pieces) {
    const whole = leftMs >= durationMs;
    const words = text.trim();
    heard.push(whole ? words : wordsUntil(words, leftMs / durationMs));
    if (!whole) break;
    leftMs -= durationMs;
  }
  return {
    heardText: heard.filter((words) => words !== "").join(" "),
    playedMs: Math.min(Math.max(0, elapsedMs), totalMs(pieces)),
  };
}

/** The words that end within that share of a text. */
function wordsUntil(text: string, share: number): string {
  const end = Math.floor(share * text.length);
  const isBetween = end >= text.length || /\s/u.test(text[end] ?? "");
  const cut = isBetween ? text.slice(0, end) : text.slice(0, end).replace(/\S+$/u, "");
  return cut.trimEnd();
}
