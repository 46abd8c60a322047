import type { AudioFormat } from "../spec/index.js";

/** G.711 µ-law at 8 kHz: what Twilio speaks. */
export const MULAW_8K: AudioFormat = Object.freeze({ type: "audio/pcmu", rate: 8000 });
/** G.711 A-law at 8 kHz: the telephone outside North America and Japan. */
export const ALAW_8K: AudioFormat = Object.freeze({ type: "audio/pcma", rate: 8000 });
/** Linear 16-bit at 8 kHz. */
export const PCM_8K: AudioFormat = Object.freeze({ type: "audio/pcm", rate: 8000 });
/** Linear 16-bit at 16 kHz: what most recognisers want. */
export const PCM_16K: AudioFormat = Object.freeze({ type: "audio/pcm", rate: 16000 });
/** Linear 16-bit at 24 kHz: what most voices give. */
export const PCM_24K: AudioFormat = Object.freeze({ type: "audio/pcm", rate: 24000 });

/** The byte of a silent sample: 0xFF in µ-law and 0xD5 in A-law stand for the smallest amplitude. */
const SILENT_BYTE = { "audio/pcmu": 0xff, "audio/pcma": 0xd5, "audio/pcm": 0 } as const;

/** Whether two formats are one: the same type at the same rate. */
export function sameFormat(first: AudioFormat, second: AudioFormat): boolean {
  return first.type === second.type && first.rate === second.rate;
}

/** How many bytes a sample takes: 2 in linear PCM, 1 in G.711. */
export function bytesPerSample(format: AudioFormat): 1 | 2 {
  return format.type === "audio/pcm" ? 2 : 1;
}

/** How long `bytes` bytes of a format last, in ms. */
export function durationMs(bytes: number, format: AudioFormat): number {
  return (bytes * 1000) / (format.rate * bytesPerSample(format));
}

/** How many bytes last `ms`, in whole samples. */
export function bytesForMs(ms: number, format: AudioFormat): number {
  return Math.round((ms * format.rate) / 1000) * bytesPerSample(format);
}

/** `ms` of silence. */
export function silence(format: AudioFormat, ms: number): Uint8Array {
  return new Uint8Array(bytesForMs(ms, format)).fill(SILENT_BYTE[format.type]);
}
