import { peakDbfs } from "../../audio/index.js";
import type { SampleRate, VoiceActivityDetector, VoiceActivityStream } from "../../spec/index.js";

/** Sound whose peak is above this is speech to the scripted detector, in dBFS. */
export const DEFAULT_VOICE_THRESHOLD_DBFS = -40;

/** Of {@link scriptedVoiceActivityDetector}. */
export interface ScriptedVoiceActivityDetectorOptions {
  /** @default DEFAULT_VOICE_THRESHOLD_DBFS */
  readonly thresholdDbfs?: number;
  /** Speech is sure after so many loud frames. @default 1 */
  readonly onsetFrames?: number;
  /** Speech is over after so many frames that are not loud. @default 10, which is 200 ms */
  readonly hangoverFrames?: number;
  /** @default 8000 */
  readonly rate?: SampleRate;
  /** Samples of a frame. @default 20 ms of them */
  readonly frameSamples?: number;
  /** @default "scripted" */
  readonly name?: string;
}

/** A voice activity detector for tests: what is loud is speech, to the frame. */
export function scriptedVoiceActivityDetector(
  options: ScriptedVoiceActivityDetectorOptions = {},
): VoiceActivityDetector {
  const { thresholdDbfs = DEFAULT_VOICE_THRESHOLD_DBFS, onsetFrames = 1, hangoverFrames = 10, rate = 8000 } = options;

  function doDetect(): VoiceActivityStream {
    let speaking = false;
    let against = 0;
    let probability = 0;
    return {
      process(frame) {
        const loud = peakDbfs(frame) > thresholdDbfs;
        probability = loud ? 1 : 0;
        against = loud === speaking ? 0 : against + 1;
        if (against < (speaking ? hangoverFrames : onsetFrames)) return speaking;
        if (loud !== speaking) against = 0;
        speaking = loud;
        return speaking;
      },
      get probability() {
        return probability;
      },
      reset() {
        speaking = false;
        against = 0;
        probability = 0;
      },
    };
  }

  return {
    specVersion: "v1",
    name: options.name ?? "scripted",
    rate,
    frameSamples: options.frameSamples ?? rate / 50,
    doDetect,
  };
}
