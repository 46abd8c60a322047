/**
 * How the bytes of a stream are to be read. The names are IANA's: `audio/pcmu` is G.711 µ-law, `audio/pcma` G.711
 * A-law, both one byte a sample; `audio/pcm` is linear, signed 16-bit, little-endian, two bytes a sample.
 * Audio in this library is always mono.
 */
export interface AudioFormat {
  readonly type: "audio/pcmu" | "audio/pcma" | "audio/pcm";
  /** Samples a second. G.711 is 8000. */
  readonly rate: SampleRate;
}

/** The sample rates the library converts between, in Hz. */
export type SampleRate = 8000 | 16000 | 24000 | 48000;
