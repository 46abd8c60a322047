import type { SileroModel } from "./silero-model.js";

/** The one model of a detector: loaded once, when it is first wanted, and closed once. */
export interface SharedModel {
  /** The model, once it is loaded and until it is closed. */
  readonly ready: SileroModel | undefined;
  /** Loads it, if nobody has. */
  load(): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param source A loaded model, which stays its owner's to close, or what loads one.
 * @param loaded Told of it once.
 */
export function createSharedModel(
  source: SileroModel | (() => Promise<SileroModel>),
  loaded: (model: SileroModel) => void,
): SharedModel {
  let ready = typeof source === "function" ? undefined : source;
  let loading: Promise<void> | undefined;
  let closed = false;

  async function load(loadModel: () => Promise<SileroModel>): Promise<void> {
    const model = await loadModel();
    if (closed) return model.close();
    ready = model;
    loaded(model);
  }

  return {
    get ready() {
      return ready;
    },
    async load() {
      if (closed || typeof source !== "function") return;
      loading ??= load(source);
      await loading;
    },
    async close() {
      if (closed) return;
      closed = true;
      const model = ready;
      ready = undefined;
      if (typeof source === "function") await model?.close();
    },
  };
}
