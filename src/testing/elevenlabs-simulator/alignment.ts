import type { WordTiming } from "../../spec/index.js";

/** ElevenLabs' alignment of some words: characters are code points, times count from the chunk's start, in whole ms. */
export function alignmentOf(text: string, words: readonly WordTiming[], chunkMs: number): object {
  const chars: string[] = [];
  const starts: number[] = [];
  const durations: number[] = [];
  for (const { textStart, textEnd, startMs, endMs } of words) {
    const characters = [...text.slice(textStart, textEnd)];
    const eachMs = (endMs - startMs) / characters.length;
    characters.forEach((character, index) => {
      const from = Math.round(startMs - chunkMs + index * eachMs);
      chars.push(character);
      starts.push(from);
      durations.push(Math.round(startMs - chunkMs + (index + 1) * eachMs) - from);
    });
    chars.push(" ");
    starts.push(Math.round(endMs - chunkMs));
    durations.push(0);
  }
  return { chars, charStartTimesMs: starts, charDurationsMs: durations };
}
