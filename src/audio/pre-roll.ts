import type { AudioFormat } from "../spec/index.js";
import { bytesForMs, bytesPerSample } from "./formats.js";

/** Sound on its way to a recogniser that only listens during utterances. */
export interface PreRoll {
  /** Takes sound. @returns what is to be sent now: whole samples. */
  write(audio: Uint8Array): Uint8Array;
  /** An utterance begins. @returns the sound before it that belongs to it. */
  open(): Uint8Array;
  /** The utterance is over: from now on sound is kept, not sent. */
  shut(): void;
}

/** Keeps the last `mostMs` of sound while no utterance is on. */
export function createPreRoll(format: AudioFormat, mostMs: number): PreRoll {
  const sampleBytes = bytesPerSample(format);
  const mostBytes = bytesForMs(mostMs, format);
  let kept: Buffer = Buffer.alloc(0);
  let isOpen = false;

  /** All kept whole samples; half a sample stays for the next time. */
  function take(): Uint8Array {
    const whole = kept.length - (kept.length % sampleBytes);
    const taken = kept.subarray(0, whole);
    kept = kept.subarray(whole);
    return taken;
  }

  return {
    write(audio) {
      kept = Buffer.concat([kept, audio]);
      if (isOpen) return take();
      const surplus = Math.max(0, kept.length - mostBytes);
      // Cut at a sample: the halves of what follows must not change places.
      kept = kept.subarray(Math.ceil(surplus / sampleBytes) * sampleBytes);
      return kept.subarray(0, 0);
    },
    open() {
      isOpen = true;
      return take();
    },
    shut() {
      isOpen = false;
    },
  };
}
