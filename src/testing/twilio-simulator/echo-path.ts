import { decodeMulaw, encodeMulaw } from "../../audio/index.js";

/** The way from the caller's loudspeaker back into the microphone. */
export interface EchoPath {
  /** How much softer the echo is than what is heard, in dB, negative. */
  readonly gainDb: number;
  /** How much later it comes, in ms, 1000 at most. */
  readonly delayMs: number;
}

const SAMPLES_PER_MS = 8;
const LONGEST_DELAY_MS = 1000;

/** Mixes what was heard into what is said. */
export interface EchoMixer {
  /** This was heard next, µ-law at 8 kHz. */
  hear(sound: Uint8Array): void;
  /** What goes into the phone while this is said: the frame, with the echo of what was heard `delayMs` before it. */
  mix(frame: Uint8Array): Uint8Array;
}

export function createEchoMixer(path: EchoPath | undefined): EchoMixer {
  if (path === undefined) return { hear() {}, mix: (frame) => frame };
  const gain = 10 ** (path.gainDb / 20);
  const delay = Math.round(Math.min(path.delayMs, LONGEST_DELAY_MS) * SAMPLES_PER_MS);
  let heard = new Int16Array(0);
  return {
    hear(sound) {
      const all = new Int16Array(heard.length + sound.length);
      all.set(heard);
      all.set(decodeMulaw(sound), heard.length);
      heard = all.slice(-(LONGEST_DELAY_MS * SAMPLES_PER_MS + sound.length));
    },
    mix(frame) {
      const samples = decodeMulaw(frame);
      const from = heard.length - samples.length - delay;
      for (let at = 0; at < samples.length; at += 1) {
        const echo = (heard[from + at] ?? 0) * gain;
        samples[at] = Math.max(-32768, Math.min(32767, (samples[at] as number) + echo));
      }
      return encodeMulaw(samples);
    },
  };
}
