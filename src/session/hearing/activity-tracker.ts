import { createAudioConverter, createSampleReader, PCM_8K } from "../../audio/index.js";
import type { AudioFormat, Clock, VoiceActivityDetector, VoiceActivityStream } from "../../spec/index.js";
import type { OverlapJudge } from "./overlap.js";

/** A frame this likely to be speech counts as voice, when the end of an utterance is looked for. */
const VOICED = 0.5;

/** So much more voice is told of. */
const TELL_EVERY_MS = 40;

export interface ActivityListener {
  speechStart(): void;
  /** There was a voice for `voicedMs` since the speech began. Told every 40 ms of it. */
  speech(voicedMs: number): void;
  /** `endedAtMs`: the end of the last frame with a voice in it. */
  speechEnd(endedAtMs: number, speechMs: number): void;
}

/** Cuts the caller's audio into the detector's frames, and tells where the caller's speech begins and ends. */
export class ActivityTracker {
  readonly #listener: ActivityListener;
  readonly #clock: Clock;
  readonly #judge: OverlapJudge;
  readonly #stream: VoiceActivityStream;
  readonly #toSamples: (audio: Uint8Array) => Int16Array;
  readonly #frame: Int16Array;
  readonly #frameMs: number;
  #filled = 0;
  /** Somebody speaks; the caller does. */
  #voices = false;
  #speaking = false;
  #startedAtMs = 0;
  #voicedAtMs = 0;
  #voicedMs = 0;
  #toldMs = 0;

  constructor(
    format: AudioFormat,
    detector: VoiceActivityDetector,
    clock: Clock,
    judge: OverlapJudge,
    listener: ActivityListener,
  ) {
    this.#listener = listener;
    this.#clock = clock;
    this.#judge = judge;
    this.#stream = detector.doDetect();
    this.#frame = new Int16Array(detector.frameSamples);
    this.#frameMs = (detector.frameSamples / detector.rate) * 1000;
    const converter = createAudioConverter(format, { ...PCM_8K, rate: detector.rate });
    const reader = createSampleReader();
    this.#toSamples = (audio) => reader.read(converter.convert(audio));
  }

  audio(audio: Uint8Array): void {
    const samples = this.#toSamples(audio);
    for (let from = 0; from < samples.length; ) {
      const taken = Math.min(samples.length - from, this.#frame.length - this.#filled);
      this.#frame.set(samples.subarray(from, from + taken), this.#filled);
      this.#filled += taken;
      from += taken;
      if (this.#filled < this.#frame.length) return;
      this.#filled = 0;
      this.#weigh();
    }
  }

  #weigh(): void {
    const voices = this.#stream.process(this.#frame);
    const speaking = voices && (this.#speaking || this.#judge.isCaller(!this.#voices));
    this.#voices = voices;
    const nowMs = this.#clock.now();
    const voiced = this.#stream.probability >= VOICED;
    if (voiced) this.#voicedAtMs = nowMs;
    if (speaking && this.#speaking && voiced) this.#tellVoice();
    if (speaking && voiced && !this.#judge.agentHeard) this.#judge.learn(this.#frame);
    if (speaking === this.#speaking) return;
    this.#speaking = speaking;
    if (speaking) {
      this.#startedAtMs = nowMs - this.#frameMs;
      this.#voicedAtMs = nowMs;
      this.#voicedMs = this.#frameMs;
      this.#toldMs = 0;
      this.#listener.speechStart();
    } else {
      this.#listener.speechEnd(this.#voicedAtMs, Math.max(0, this.#voicedAtMs - this.#startedAtMs));
    }
  }

  #tellVoice(): void {
    this.#voicedMs += this.#frameMs;
    if (this.#voicedMs - this.#toldMs < TELL_EVERY_MS) return;
    this.#toldMs = this.#voicedMs;
    this.#listener.speech(this.#voicedMs);
  }
}
