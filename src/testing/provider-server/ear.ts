import { bytesForMs, createAudioConverter, createSampleReader, PCM_8K, peakDbfs } from "../../audio/index.js";
import type { AudioFormat } from "../../spec/index.js";

/** Sound below this is silence. */
const VOICE_DBFS = -40;
const FRAME_MS = 10;

/** Tells speech from silence in a stream of sound, by its loudness: enough for a simulated recogniser. */
export interface SimulatedEar {
  /** Takes any number of bytes; calls `frame` for each 10 ms. */
  hear(bytes: Uint8Array, frame: (voiced: boolean) => void): void;
}

/** An ear for sound of `format`. */
export function createSimulatedEar(format: AudioFormat): SimulatedEar {
  const converter = createAudioConverter(format, PCM_8K);
  const frameBytes = bytesForMs(FRAME_MS, PCM_8K);
  let rest = Buffer.alloc(0);
  return {
    hear(bytes, frame) {
      rest = Buffer.concat([rest, converter.convert(bytes)]);
      for (; rest.length >= frameBytes; rest = rest.subarray(frameBytes))
        frame(peakDbfs(createSampleReader().read(rest.subarray(0, frameBytes))) > VOICE_DBFS);
    },
  };
}

/** Milliseconds of a frame. */
export const EAR_FRAME_MS: number = FRAME_MS;
