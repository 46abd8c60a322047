import { bytesForMs, createAudioConverter, createSampleReader, PCM_8K, peakDbfs } from "../../audio/index.js";
import type { AudioFormat } from "../../spec/index.js";
import { textOf, wordsOf } from "../scripted/heard-words.js";
import { createWordReader } from "../scripted/word-code.js";

/** Sound below this is silence. */
const VOICE_DBFS = -40;
const FRAME_MS = 10;

/** Tells speech from silence in a stream of sound, by its loudness: enough for a simulated recogniser. */
export interface SimulatedEar {
  /** Takes any number of bytes; calls `frame` for each 10 ms. */
  hear(bytes: Uint8Array, frame: (voiced: boolean) => void): void;
  /** The words of the scripted voice since they were taken last. */
  words(): string;
  /** Begins anew. */
  forget(): void;
}

/** An ear for sound of `format`. */
export function createSimulatedEar(format: AudioFormat): SimulatedEar {
  const converter = createAudioConverter(format, PCM_8K);
  const frameBytes = bytesForMs(FRAME_MS, PCM_8K);
  let rest = Buffer.alloc(0);
  let reader = createWordReader();
  let heard: ReturnType<typeof reader.read> = [];
  return {
    hear(bytes, frame) {
      rest = Buffer.concat([rest, converter.convert(bytes)]);
      for (; rest.length >= frameBytes; rest = rest.subarray(frameBytes)) {
        const samples = createSampleReader().read(rest.subarray(0, frameBytes));
        heard.push(...reader.read(samples));
        frame(peakDbfs(samples) > VOICE_DBFS);
      }
    },
    words: () => textOf(wordsOf(heard)),
    forget() {
      reader = createWordReader();
      heard = [];
    },
  };
}

/** Milliseconds of a frame. */
export const EAR_FRAME_MS: number = FRAME_MS;
