import { setImmediate } from "node:timers/promises";
import type { Inference } from "../../../src/plugins/silero/inference.js";
import type { SileroModel } from "../../../src/plugins/silero/silero-model.js";

/** One chunk a scripted model was given, and how to answer. */
export interface Asked {
  readonly chunk: Int16Array;
  /** The stream it came from: 0 for the first that was made. */
  readonly stream: number;
  answer(probability: number): void;
  fail(error: Error): void;
}

/** A model that a test answers for. */
export interface ScriptedModel extends SileroModel {
  /** All chunks so far, answered or not. */
  readonly asked: readonly Asked[];
  /** How often a stream was begun anew, and the samples it was given for its past. */
  readonly resets: readonly Int16Array[];
  readonly closed: boolean;
}

/** @param answer What a chunk is answered at once; where that is `undefined`, a test answers by hand. */
export function scriptedModel(answer: (chunk: Int16Array) => number | undefined = () => undefined): ScriptedModel {
  const asked: Asked[] = [];
  const resets: Int16Array[] = [];
  let streams = 0;
  let closed = false;
  return {
    file: { path: "/scripted.onnx", foundIn: undefined },
    asked,
    resets,
    get closed() {
      return closed;
    },
    createStream() {
      const stream = streams;
      streams += 1;
      return {
        reset: (before = new Int16Array(0)) => void resets.push(before.slice()),
        probability: (chunk) =>
          new Promise((resolve, reject) => {
            const copy = chunk.slice();
            asked.push({ chunk: copy, stream, answer: resolve, fail: reject });
            const probability = answer(copy);
            if (probability !== undefined) resolve(probability);
          }),
      };
    },
    async close() {
      closed = true;
    },
  };
}

/** One run of a scripted inference. */
export interface Run {
  readonly inputs: Float32Array;
  readonly states: Float32Array;
  readonly size: number;
}

/** An inference whose state counts the chunks it was fed, and whose probability is the last sample of the chunk. */
export function scriptedInference(
  fault?: (run: Run) => unknown,
): Inference & { readonly runs: Run[]; closed: boolean } {
  const runs: Run[] = [];
  return {
    runs,
    closed: false,
    async run(inputs, states, size) {
      const run = { inputs: inputs.slice(), states: states.slice(), size };
      runs.push(run);
      const error = fault?.(run);
      if (error !== undefined) throw error;
      const probabilities = Float32Array.from({ length: size }, (_, at) => inputs[at * 288 + 287] as number);
      return { probabilities, states: states.map((value, at) => value + (at % 128) + 1) };
    },
    async close() {
      this.closed = true;
    },
  };
}

/** Lets everything that waits go on, as far as it can. */
export async function settle(turns = 12): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await setImmediate();
}
