import {
  type AudioConverter,
  bytesPerSample,
  createAudioConverter,
  MULAW_8K,
  PCM_8K,
  silence,
} from "../audio/index.js";
import type { AudioFormat } from "../spec/index.js";
import { Lane } from "./lane.js";

/** How sound is kept in the file: µ-law is a byte a sample, linear two. */
export type RecordingEncoding = "mulaw" | "pcm16";

/** Both at 8 kHz: a telephone has no more. */
export const RECORDING_FORMATS: Readonly<Record<RecordingEncoding, AudioFormat>> = Object.freeze({
  mulaw: MULAW_8K,
  pcm16: PCM_8K,
});

/**
 * Sound is written so long after it was heard, in ms: as long as it may turn out that the caller did not hear it, since
 * the agent stood still while they spoke, and then stopped.
 */
export const SETTLED_AFTER_MS = 3_000;

/** The caller's sound may come so much late, in ms, without a gap. */
const LATE_SOUND_MS = 60;

/** A stretch of time. */
interface Span {
  readonly from: number;
  to: number;
}

/**
 * The two voices of a call on one line of time: what comes when and what of it was heard goes in; stereo sound comes out,
 * the caller on the left. Pure of clock and I/O: times are ms of the session.
 */
export class Timeline {
  readonly #format: AudioFormat;
  readonly #width: number;
  readonly #startMs: number;
  readonly #caller: Lane;
  readonly #agent: Lane;
  readonly #hear: AudioConverter;
  readonly #speak: AudioConverter;
  #generation = 0;
  #takenTo = 0;
  #pauses: Span[] = [];

  /** @param line What the sound comes as. */
  constructor(startMs: number, line: AudioFormat, format: AudioFormat) {
    const silentByte = silence(format, 1)[0] ?? 0;
    this.#startMs = startMs;
    this.#format = format;
    this.#width = bytesPerSample(format);
    this.#caller = new Lane(this.#width, silentByte);
    this.#agent = new Lane(this.#width, silentByte);
    this.#hear = createAudioConverter(line, format);
    this.#speak = createAudioConverter(line, format);
  }

  /** Sound of the caller's has come: it ends about now. */
  heard(audio: Uint8Array, atMs: number): void {
    const sound = this.#hear.convert(audio);
    const from = this.#sampleAt(atMs) - sound.length / this.#width;
    const { end } = this.#caller;
    const skipped = Math.max(0, end === 0 ? -from : 0);
    const late = (LATE_SOUND_MS * this.#format.rate) / 1000;
    const begin = end > 0 && from - end <= late ? end : Math.max(0, from);
    this.#caller.put(sound.subarray(skipped * this.#width), begin);
  }

  /** Sound of a reply went to the line, which plays it behind what it has. */
  said(audio: Uint8Array, generation: number, atMs: number): void {
    if (generation !== this.#generation) this.#speak.flush();
    this.#generation = generation;
    this.#agent.put(this.#speak.convert(audio), this.#sampleAt(atMs), generation);
  }

  /** Of a reply the caller heard no more than its first `playedMs`. */
  stopped(generation: number, playedMs: number): void {
    this.#agent.cutLabel(generation, Math.round((playedMs * this.#format.rate) / 1000));
  }

  /** The agent is not heard from now on. */
  silenced(atMs: number): void {
    this.#agent.cut(this.#sampleAt(atMs));
  }

  /** From here on, both are kept as silence. */
  pause(atMs: number): void {
    if (this.#pauses.at(-1)?.to === Number.POSITIVE_INFINITY) return;
    this.#pauses.push({ from: this.#sampleAt(atMs), to: Number.POSITIVE_INFINITY });
  }

  resume(atMs: number): void {
    const last = this.#pauses.at(-1);
    if (last !== undefined) last.to = Math.min(last.to, this.#sampleAt(atMs));
  }

  /** What is settled at a time, from where the last one ended. */
  settledAt(atMs: number): Uint8Array {
    return this.#take(this.#sampleAt(atMs - SETTLED_AFTER_MS));
  }

  /** All there is up to the call's end. */
  endAt(atMs: number): Uint8Array {
    this.silenced(atMs);
    return this.#take(this.#sampleAt(atMs));
  }

  get takenMs(): number {
    return (this.#takenTo * 1000) / this.#format.rate;
  }

  #take(to: number): Uint8Array {
    if (to <= this.#takenTo) return new Uint8Array(0);
    const stereo = interleaved(this.#caller.take(to), this.#agent.take(to), this.#width);
    for (const { from, to: end } of this.#pauses) {
      const first = Math.max(0, from - this.#takenTo) * this.#width * 2;
      const last = Math.min(to, end) - this.#takenTo;
      if (last > 0) stereo.fill(silence(this.#format, 1)[0] ?? 0, first, last * this.#width * 2);
    }
    this.#takenTo = to;
    this.#pauses = this.#pauses.filter((pause) => pause.to > to);
    return stereo;
  }

  #sampleAt(atMs: number): number {
    return Math.round(((atMs - this.#startMs) * this.#format.rate) / 1000);
  }
}

/** Samples of two sounds of one length, in turn. */
function interleaved(left: Uint8Array, right: Uint8Array, width: number): Uint8Array {
  const both = new Uint8Array(left.length * 2);
  for (let at = 0; at < left.length; at += width) {
    for (let byte = 0; byte < width; byte += 1) {
      both[2 * at + byte] = left[at + byte] as number;
      both[2 * at + width + byte] = right[at + byte] as number;
    }
  }
  return both;
}
