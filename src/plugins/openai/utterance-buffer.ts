import { bytesForMs, bytesPerSample, concatBytes } from "../../audio/index.js";
import type { AudioFormat } from "../../spec/index.js";

/** Keeps the sound of utterances, a bounded amount of it. */
export interface UtteranceBuffer {
  write(audio: Uint8Array): void;
  /** An utterance began; the sound shortly before belongs to it. */
  start(): void;
  /** The sound of the utterance, whole samples; nothing if none had begun. */
  end(): UtteranceSound | undefined;
}

/** Of {@link UtteranceBuffer}. */
export interface UtteranceSound {
  readonly audio: Uint8Array;
  /** It was longer than is kept: its end is missing. */
  readonly cut: boolean;
}

/**
 * Makes one for sound of `format`, in pieces of any length. What belongs to one utterance is not given to the next, or
 * its last word would be heard twice.
 */
export function createUtteranceBuffer(
  format: AudioFormat,
  { preRollMs, maxUtteranceMs }: { readonly preRollMs: number; readonly maxUtteranceMs: number },
): UtteranceBuffer {
  const width = bytesPerSample(format);
  const preRollBytes = bytesForMs(preRollMs, format);
  const mostBytes = bytesForMs(maxUtteranceMs, format);
  /** Begins with a whole sample. */
  let before: Uint8Array = new Uint8Array();
  let open: { parts: Uint8Array[]; bytes: number; cut: boolean } | undefined;

  return {
    write(audio) {
      const both = concatBytes(before, audio);
      const excess = Math.max(0, both.length - preRollBytes);
      before = both.subarray(Math.min(both.length, Math.ceil(excess / width) * width));
      if (open === undefined) return;
      const part = audio.slice(0, Math.max(0, mostBytes - open.bytes));
      if (part.length < audio.length) open.cut = true;
      open.parts.push(part);
      open.bytes += part.length;
    },
    start() {
      open = { parts: [before.slice()], bytes: before.length, cut: false };
    },
    end() {
      if (open === undefined) return undefined;
      const { parts, bytes, cut } = open;
      open = undefined;
      before = before.subarray(before.length - (before.length % width));
      return { audio: concatBytes(...parts).subarray(0, bytes - (bytes % width)), cut };
    },
  };
}
