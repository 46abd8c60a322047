import type { BolchaalError } from "../../errors.js";
import type { OnnxRuntime, OnnxSession } from "./onnx-runtime.js";
import { invalidOption } from "./within.js";

/** The model takes 256 new samples at a time: 32 ms at 8 kHz. */
export const SILERO_CHUNK_SAMPLES = 256;
/**
 * Before them it wants the last 32 of the chunk before (snakers4/silero-vad #771). It takes 256 samples alone as well, but then
 * hears a quarter of the speech; zeros in their place cost next to nothing.
 */
export const CONTEXT_SAMPLES = 32;
/** A chunk with its context. */
export const INPUT_SAMPLES = CONTEXT_SAMPLES + SILERO_CHUNK_SAMPLES;
/** Two layers … */
export const STATE_LAYERS = 2;
/** … of so many numbers each are what the model remembers of a stream. */
export const STATE_SIZE = 128;

/** What the model made of some streams' chunks. */
export interface Inferred {
  /** By stream. */
  readonly probabilities: Float32Array;
  /** By layer, then by stream. */
  readonly states: Float32Array;
}

/** The model by itself: one chunk of each of `size` streams at once. */
export interface Inference {
  /**
   * @param inputs `size` × 288 samples, from -1 to 1.
   * @param states 2 layers × `size` × 128.
   */
  run(inputs: Float32Array, states: Float32Array, size: number): Promise<Inferred>;
  close(): Promise<void>;
}

/** One thread: the model is too small for more, and a spinning pool would take the cores from the calls. */
const SESSION_OPTIONS = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: "sequential",
  logSeverityLevel: 3,
} as const;
const RATE = BigInt64Array.of(8000n);

/**
 * The model in ONNX Runtime.
 * @throws BolchaalError `invalid-option` when the file is no Silero model of version 5 or 6.
 */
export async function createInference({ InferenceSession, Tensor }: OnnxRuntime, file: string): Promise<Inference> {
  const session = await open(InferenceSession, file);
  const sr = new Tensor("int64", RATE, []);
  return {
    async run(inputs, states, size) {
      const { output, stateN } = await session.run({
        input: new Tensor("float32", inputs, [size, INPUT_SAMPLES]),
        state: new Tensor("float32", states, [STATE_LAYERS, size, STATE_SIZE]),
        sr,
      });
      return { probabilities: floats(output?.data), states: floats(stateN?.data) };
    },
    close: () => session.release(),
  };
}

async function open(sessions: OnnxRuntime["InferenceSession"], file: string): Promise<OnnxSession> {
  const session = await sessions.create(file, SESSION_OPTIONS).catch((cause: unknown) => {
    throw notSilero(file, cause);
  });
  const { inputNames, outputNames } = session;
  const fits =
    ["input", "state", "sr"].every((name) => inputNames.includes(name)) &&
    ["output", "stateN"].every((name) => outputNames.includes(name));
  if (fits) return session;
  await session.release();
  throw notSilero(file, new Error(`inputs ${inputNames.join(", ")}; outputs ${outputNames.join(", ")}`));
}

function notSilero(file: string, cause: unknown): BolchaalError {
  const message = `${file} is no Silero model of version 5 or 6. Give the path of such a file as \`model\`.`;
  return invalidOption(message, cause);
}

function floats(data: unknown): Float32Array {
  if (data instanceof Float32Array) return data;
  throw new TypeError("The model did not answer with 32-bit floats");
}
