import { BolchaalError } from "../../errors.js";

/** What is used of an `onnxruntime-node` tensor. */
export interface OnnxTensor {
  readonly data: unknown;
}

/** What is used of an `onnxruntime-node` session. */
export interface OnnxSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(feeds: Readonly<Record<string, OnnxTensor>>): Promise<Readonly<Record<string, OnnxTensor>>>;
  release(): Promise<void>;
}

/** What is used of the `onnxruntime-node` package. */
export interface OnnxRuntime {
  readonly InferenceSession: {
    create(file: string, options: Readonly<Record<string, unknown>>): Promise<OnnxSession>;
  };
  readonly Tensor: new (
    type: "float32" | "int64",
    data: Float32Array | BigInt64Array,
    dims: readonly number[],
  ) => OnnxTensor;
}

/**
 * Loads the optional peer.
 * @param load Another way to import it, for tests.
 * @throws BolchaalError `missing-dependency`; `provider-failed` when it is there and does not load.
 */
export async function loadOnnxRuntime(
  load: () => Promise<unknown> = () => import("onnxruntime-node"),
): Promise<OnnxRuntime> {
  try {
    const loaded = (await load()) as OnnxRuntime & { readonly default?: OnnxRuntime };
    return loaded.default ?? loaded;
  } catch (cause) {
    throw (cause as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND" ? missing(cause) : broken(cause);
  }
}

function missing(cause: unknown): BolchaalError {
  return new BolchaalError(
    "The package onnxruntime-node is not installed. Run `ONNXRUNTIME_NODE_INSTALL=skip npm install onnxruntime-node`, or use the built-in voice activity detector.",
    { code: "missing-dependency", component: "audio", provider: "silero", cause },
  );
}

function broken(cause: unknown): BolchaalError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new BolchaalError(
    `onnxruntime-node does not load: ${reason}. Install it anew, or use the built-in voice activity detector.`,
    { code: "provider-failed", component: "audio", provider: "silero", cause },
  );
}
