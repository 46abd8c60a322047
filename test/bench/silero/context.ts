import { loadOnnxRuntime, type OnnxTensor } from "../../../src/plugins/silero/onnx-runtime.js";

const CHUNK = 256;
const CONTEXT = 32;

/** What comes before each chunk: the 32 samples that do, as many zeros, or nothing, as in wrappers that forget them. */
export type Before = "samples" | "zeros" | "nothing";

/** The share of chunks the model takes for speech, over some sounds, when it is given this before each. */
export async function shareOfSpeech(file: string, sounds: readonly Int16Array[], before: Before): Promise<number> {
  const { InferenceSession, Tensor } = await loadOnnxRuntime();
  const session = await InferenceSession.create(file, { intraOpNumThreads: 1 });
  const sr = new Tensor("int64", BigInt64Array.of(8000n), []);
  let chunks = 0;
  let speech = 0;
  for (const sound of sounds) {
    let state: OnnxTensor = new Tensor("float32", new Float32Array(256), [2, 1, 128]);
    for (let at = 0; at + CHUNK <= sound.length; at += CHUNK) {
      const input = inputAt(sound, at, before);
      const { output, stateN } = await session.run({
        input: new Tensor("float32", input, [1, input.length]),
        state,
        sr,
      });
      state = stateN as OnnxTensor;
      const [probability = 0] = (output as { readonly data: Float32Array }).data;
      chunks += 1;
      if (probability >= 0.5) speech += 1;
    }
  }
  await session.release();
  return speech / chunks;
}

function inputAt(sound: Int16Array, at: number, before: Before): Float32Array {
  const context = before === "nothing" ? 0 : CONTEXT;
  return Float32Array.from({ length: context + CHUNK }, (_, place) => {
    const from = at - context + place;
    return place < context && before === "zeros" ? 0 : (sound[from] ?? 0) / 32_768;
  });
}
