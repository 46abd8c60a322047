import { CODE_RATE, type CodedFrame, type CodedWord, createWordReader } from "./word-code.js";

/** A word of the scripted voice, found in audio. */
export interface HeardWord extends CodedWord {
  /** Where it begins in the audio. */
  readonly startMs: number;
  /** How much of it is there: exact to one repetition of its code (5 to 20 ms for a common word). */
  readonly heardMs: number;
}

/** Finds the words of the scripted voice in samples at 8 kHz, in order, cut ones included. */
export function decodeWords(samples: Int16Array): HeardWord[] {
  const reader = createWordReader();
  return wordsOf([...reader.read(samples), ...reader.end()]);
}

/** The words as a text, those of which more than half was heard. */
export function textOf(words: readonly HeardWord[]): string {
  return words
    .filter(({ heardMs, durationMs }) => heardMs * 2 > durationMs)
    .map(({ text }) => text)
    .join(" ");
}

/** Gathers the repetitions of each word. */
export function wordsOf(frames: readonly CodedFrame[]): HeardWord[] {
  const words: HeardWord[] = [];
  for (const frame of frames) {
    const frameMs = msOf(frame.endSample - frame.startSample);
    const last = words.at(-1);
    if (last !== undefined && isSameWord(last, frame)) words[words.length - 1] = grown(last, frameMs);
    else words.push(grown({ ...wordOf(frame), startMs: msOf(frame.startSample), heardMs: 0 }, frameMs));
  }
  return words;
}

/** The repetition that the word's end cuts off cannot be read: it counts as heard. */
function grown(word: HeardWord, frameMs: number): HeardWord {
  const heardMs = word.heardMs + frameMs;
  return { ...word, heardMs: word.durationMs - heardMs < frameMs ? word.durationMs : heardMs };
}

function isSameWord(word: CodedWord, other: CodedWord): boolean {
  return word.utterance === other.utterance && word.index === other.index && word.text === other.text;
}

function wordOf({ text, utterance, index, durationMs }: CodedFrame): CodedWord {
  return { text, utterance, index, durationMs };
}

function msOf(samples: number): number {
  return (samples * 1000) / CODE_RATE;
}
