import { encodeMulaw } from "../../audio/index.js";
import { noise, seededRandom } from "./noise.js";
import { FRAME_BYTES } from "./wire-messages.js";

/** What goes from the simulated caller's mouth into the phone, frame by frame. */
export interface Mouth {
  /** Speaks behind all that it is already to speak. */
  speak(sound: Uint8Array): void;
  /** The next 20 ms: speech, or what is behind it. */
  nextFrame(): Uint8Array;
  /** There is speech left. */
  readonly speaking: boolean;
}

const SILENT_FRAME = new Uint8Array(FRAME_BYTES).fill(0xff);

/** @param comfortNoiseDbfs Between words there is noise at this level; undefined: pure silence. */
export function createMouth(comfortNoiseDbfs: number | undefined, seed: number): Mouth {
  const background = comfortNoiseDbfs === undefined ? undefined : createBackground(comfortNoiseDbfs, seed);
  let speech: Uint8Array = new Uint8Array(0);
  return {
    speak(sound) {
      speech = speech.length === 0 ? sound : Buffer.concat([speech, sound]);
    },
    nextFrame() {
      const silent = background?.() ?? SILENT_FRAME;
      if (speech.length === 0) return silent;
      const frame = silent.slice();
      frame.set(speech.subarray(0, FRAME_BYTES));
      speech = speech.subarray(FRAME_BYTES);
      return frame;
    },
    get speaking() {
      return speech.length > 0;
    },
  };
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
