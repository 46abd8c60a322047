import { PCM_8K, writeWav } from "../../../audio/index.js";

/** A beep is so long, in ms. */
export const BEEP_MS = 400;

const TONE_HZ = 1_000;
const LEVEL = 8_000;
const SAMPLES_PER_MS = 8;

/** The beep of an answering machine, as a WAV file. */
export function beep(): Uint8Array {
  const radiansPerSample = (2 * Math.PI * TONE_HZ) / (1_000 * SAMPLES_PER_MS);
  const tone = Int16Array.from({ length: BEEP_MS * SAMPLES_PER_MS }, (_, at) =>
    Math.round(LEVEL * Math.sin(at * radiansPerSample)),
  );
  return writeWav({ format: PCM_8K, channels: 1, data: new Uint8Array(tone.buffer) });
}
