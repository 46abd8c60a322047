import type { SileroModel } from "../../../src/plugins/silero/index.js";

/** A model that knows whether it is at work. */
export interface WatchedModel extends SileroModel {
  readonly idle: boolean;
}

/** Watches a model's work, so that a driver can wait for it. */
export function watched(model: SileroModel): WatchedModel {
  let atWork = 0;
  return {
    ...model,
    get idle() {
      return atWork === 0;
    },
    createStream() {
      const stream = model.createStream();
      return {
        reset: (before) => stream.reset(before),
        async probability(chunk) {
          atWork += 1;
          return stream.probability(chunk).finally(() => {
            atWork -= 1;
          });
        },
      };
    },
  };
}
