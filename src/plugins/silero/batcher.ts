import { BolchaalError } from "../../errors.js";
import { INPUT_SAMPLES, type Inference, STATE_LAYERS, STATE_SIZE } from "./inference.js";

/** So many chunks are run at once at most: about 0.4 ms in which nothing else happens. */
const MOST_AT_ONCE = 16;

/** One stream's next chunk. */
export interface Order {
  /** The chunk with its context before it, from -1 to 1. */
  readonly input: Float32Array;
  /** The stream's state, layer by layer; written over with the next one. */
  readonly state: Float32Array;
}

/** Runs the chunks of many streams together. */
export interface Batcher {
  /**
   * How likely the chunk is speech, 0 to 1.
   * @throws BolchaalError `overloaded`, `provider-failed`, `session-ended`
   */
  run(order: Order): Promise<number>;
  close(): Promise<void>;
}

interface Waiting {
  readonly order: Order;
  readonly resolve: (probability: number) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * One batch a turn of the event loop. `onnxruntime-node` looks asynchronous, but computes on the thread that asks, in a
 * `setImmediate`: a hundred runs asked for at once would hold up everything else until the last of them is done.
 * @param mostWaiting More orders than this are refused.
 */
export function createBatcher(inference: Inference, mostWaiting: number): Batcher {
  let waiting: Waiting[] = [];
  let working = false;
  let closed = false;

  async function work(): Promise<void> {
    const batch = waiting.splice(0, MOST_AT_ONCE);
    try {
      await runBatch(inference, batch);
    } catch (cause) {
      for (const { reject } of batch) reject(closed ? ended() : failed(cause));
    }
    if (waiting.length > 0) setImmediate(work);
    else working = false;
  }

  return {
    run: (order) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(ended());
        if (waiting.length >= mostWaiting) return reject(overloaded(mostWaiting));
        waiting.push({ order, resolve, reject });
        if (working) return;
        working = true;
        setImmediate(work);
      }),
    async close() {
      if (closed) return;
      closed = true;
      for (const { reject } of waiting) reject(ended());
      waiting = [];
      await inference.close();
    },
  };
}

async function runBatch(inference: Inference, batch: readonly Waiting[]): Promise<void> {
  const size = batch.length;
  if (size === 0) return;
  const inputs = new Float32Array(size * INPUT_SAMPLES);
  const states = new Float32Array(STATE_LAYERS * size * STATE_SIZE);
  batch.forEach(({ order }, at) => {
    inputs.set(order.input, at * INPUT_SAMPLES);
    eachLayer(size, at, (own, all) => states.set(order.state.subarray(own, own + STATE_SIZE), all));
  });
  const inferred = await inference.run(inputs, states, size);
  batch.forEach(({ order, resolve, reject }, at) => {
    const probability = inferred.probabilities[at] ?? Number.NaN;
    if (probability >= 0 && probability <= 1) {
      eachLayer(size, at, (own, all) => order.state.set(inferred.states.subarray(all, all + STATE_SIZE), own));
      resolve(probability);
    } else {
      reject(failed(new Error(`it gave ${probability} as a probability`)));
    }
  });
}

/** Where a layer of a stream's state begins, in its own and among those of all `size` streams of a batch. */
function eachLayer(size: number, at: number, visit: (own: number, all: number) => void): void {
  for (let layer = 0; layer < STATE_LAYERS; layer += 1) visit(layer * STATE_SIZE, (layer * size + at) * STATE_SIZE);
}

function ended(): BolchaalError {
  return new BolchaalError("The Silero model was closed. Load it anew.", {
    code: "session-ended",
    component: "audio",
    provider: "silero",
  });
}

function overloaded(mostWaiting: number): BolchaalError {
  return new BolchaalError(
    `${mostWaiting} chunks are waiting for the Silero model. Take fewer calls, or raise mostWaiting if answers may come later.`,
    { code: "overloaded", component: "audio", provider: "silero", retryable: true },
  );
}

function failed(cause: unknown): BolchaalError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new BolchaalError(`The Silero model failed: ${reason}. If it happens again, use the built-in detector.`, {
    code: "provider-failed",
    component: "audio",
    provider: "silero",
    retryable: true,
    cause,
  });
}
