import { encodeMulaw } from "../../audio/index.js";
import type { Language } from "../../spec/index.js";
import { noise, seededRandom } from "./noise.js";
import { FRAME_BYTES } from "./wire-messages.js";

/** What is said, for a carrier that recognises it. */
export interface SaidWords {
  /** What the carrier understands. Blank: that there was a voice, but no words. */
  readonly text: string;
  readonly language: Language;
  /** How sure it is, 0 to 1. */
  readonly confidence: number;
}

/** How much of an utterance has been said. */
export interface Utterance {
  readonly words: SaidWords;
  readonly saidMs: number;
  readonly wholeMs: number;
}

/** What goes from the simulated caller's mouth into the phone, frame by frame. */
export interface Mouth {
  /** Speaks behind all that it is already to speak. @param words What a carrier understands; undefined: that is no voice. */
  speak(sound: Uint8Array, words?: SaidWords): void;
  /** The next 20 ms: speech, or what is behind it. */
  nextFrame(): Uint8Array;
  /** Whose words the last frame held. */
  readonly utterance: Utterance | undefined;
  /** There is speech left. */
  readonly speaking: boolean;
}

interface Speech {
  readonly sound: Uint8Array;
  readonly words: SaidWords | undefined;
  said: number;
}

const SILENT_FRAME = new Uint8Array(FRAME_BYTES).fill(0xff);

/** @param comfortNoiseDbfs Between words there is noise at this level; undefined: pure silence. */
export function createMouth(comfortNoiseDbfs: number | undefined, seed: number): Mouth {
  const background = comfortNoiseDbfs === undefined ? undefined : createBackground(comfortNoiseDbfs, seed);
  const speeches: Speech[] = [];
  let utterance: Utterance | undefined;

  return {
    speak(sound, words) {
      if (sound.length > 0) speeches.push({ sound, words, said: 0 });
    },
    nextFrame() {
      const silent = background?.() ?? SILENT_FRAME;
      utterance = undefined;
      if (speeches.length === 0) return silent;
      const frame = silent.slice();
      let filled = 0;
      for (let speech = speeches[0]; speech !== undefined && filled < FRAME_BYTES; speech = speeches[0]) {
        const part = speech.sound.subarray(speech.said, speech.said + FRAME_BYTES - filled);
        frame.set(part, filled);
        filled += part.length;
        speech.said += part.length;
        utterance = utteranceOf(speech);
        if (speech.said < speech.sound.length) break;
        speeches.shift();
      }
      return frame;
    },
    get utterance() {
      return utterance;
    },
    get speaking() {
      return speeches.length > 0;
    },
  };
}

function utteranceOf({ sound, words, said }: Speech): Utterance | undefined {
  return words === undefined ? undefined : { words, saidMs: said / 8, wholeMs: sound.length / 8 };
}

/** Ten seconds of noise, over and over: long enough not to be heard as a pattern. */
function createBackground(levelDbfs: number, seed: number): () => Uint8Array {
  const frames = 500;
  const sound = encodeMulaw(noise("pink", frames * FRAME_BYTES, levelDbfs, seededRandom(seed)));
  let next = 0;
  return () => {
    const at = (next % frames) * FRAME_BYTES;
    next += 1;
    return sound.subarray(at, at + FRAME_BYTES);
  };
}
