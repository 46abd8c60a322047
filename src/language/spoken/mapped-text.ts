/** A text in which every place knows where in the written text it stems from. */
export interface MappedText {
  readonly text: string;
  /** One entry for each UTF-16 place in `text` and one for its end; never falls. */
  readonly sources: readonly number[];
}

/** The written text itself: every place stems from itself. */
export function mappedText(written: string): MappedText {
  return { text: written, sources: Array.from({ length: written.length + 1 }, (_, index) => index) };
}

/**
 * Rewrites what `pattern` (global) finds. `say` gives the new text, or `undefined` to leave the match as it is. Places inside new
 * text are spread evenly over the range they replace, so that half a spoken number is half the written one.
 */
export function rewrite(
  from: MappedText,
  pattern: RegExp,
  say: (match: RegExpMatchArray) => string | undefined,
): MappedText {
  const parts: string[] = [];
  const sources: number[] = [];
  let done = 0;
  const keepUntil = (end: number): void => {
    parts.push(from.text.slice(done, end));
    for (; done < end; done++) sources.push(sourceAt(from, done));
  };
  for (const match of from.text.matchAll(pattern)) {
    const spoken = say(match);
    if (spoken === undefined || spoken === match[0]) continue;
    keepUntil(match.index);
    const start = sourceAt(from, match.index);
    done = match.index + match[0].length;
    const width = sourceAt(from, done) - start;
    for (let index = 0; index < spoken.length; index++)
      sources.push(start + Math.floor((index * width) / spoken.length));
    parts.push(spoken);
  }
  if (parts.length === 0) return from;
  keepUntil(from.text.length);
  sources.push(sourceAt(from, from.text.length));
  return { text: parts.join(""), sources };
}

/** Where `index` stems from; places before the start and after the end are held to the ends. */
export function sourceAt(text: MappedText, index: number): number {
  const last = text.sources.length - 1;
  return text.sources[Math.max(0, Math.min(last, Math.trunc(index)))] ?? 0;
}
