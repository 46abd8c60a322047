import type { SampleRate } from "./audio-format.js";

/** A voice activity detector: tells speech from everything else. One object serves all calls. */
export interface VoiceActivityDetector {
  readonly specVersion: "v1";
  readonly name: string;
  /** The rate of the samples it wants. */
  readonly rate: SampleRate;
  /** The samples it wants at a time. The session cuts the caller's audio so. */
  readonly frameSamples: number;
  /** A detector for one call. */
  doDetect(): VoiceActivityStream;
}

/** One call's voice activity. Synchronous, and quick: it runs in the call's audio path. */
export interface VoiceActivityStream {
  /**
   * Takes the next `frameSamples` samples and says whether the caller is speaking now. Hysteresis is the detector's:
   * the answer turns true once speech is sure, and false once it has been over for a moment.
   */
  process(frame: Int16Array): boolean;
  /** How likely the last frame was speech, 0 to 1, before hysteresis. */
  readonly probability: number;
  /** Forgets the past: the stream is as new. */
  reset(): void;
}
