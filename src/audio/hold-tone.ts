import type { AudioFormat } from "../spec/index.js";
import { convertAudio } from "./convert.js";
import { PCM_8K } from "./formats.js";
import { bytesOfSamples } from "./framing.js";

/** India's and most of Europe's telephone networks tell with a tone near this that somebody is being reached. */
const TONE_HZ = 425;
const TONE_MS = 240;
/** Softer than speech: about -24 dBFS. */
const AMPLITUDE = 0.09;
/** It comes and goes in so long, and does not click. */
const EDGE_MS = 40;

/** A short soft tone that tells a caller the line is alive when nobody can say so. */
export function holdTone(format: AudioFormat): Uint8Array {
  const { rate } = PCM_8K;
  const samples = Int16Array.from({ length: (TONE_MS * rate) / 1000 }, (_, at) => {
    const atMs = (at * 1000) / rate;
    const edge = Math.min(1, atMs / EDGE_MS, (TONE_MS - atMs) / EDGE_MS);
    return 32_767 * AMPLITUDE * edge * Math.sin((2 * Math.PI * TONE_HZ * at) / rate);
  });
  return convertAudio(bytesOfSamples(samples), PCM_8K, format);
}
