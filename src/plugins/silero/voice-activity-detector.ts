import { voiceActivityDetector } from "../../audio/index.js";
import { silentLogger } from "../../session/silent-logger.js";
import type { VoiceActivityDetector } from "../../spec/index.js";
import { createCounter, type SileroCounts } from "./counts.js";
import type { SileroModelFile } from "./model-file.js";
import { resolveSettings, type SileroVoiceActivityOptions } from "./options.js";
import { createSharedModel, type SharedModel } from "./shared-model.js";
import { loadSileroModel } from "./silero-model.js";
import { createStream, type StreamEvents } from "./voice-activity-stream.js";

/** A {@link VoiceActivityDetector} with a neural model for a second opinion. */
export interface SileroVoiceActivityDetector extends VoiceActivityDetector {
  /** The model's file and the package it was found in, once it is loaded. */
  readonly file: SileroModelFile | undefined;
  /** What became of its frames so far. */
  readonly counts: SileroCounts;
  /**
   * Loads the model, so that it is there from the first call on. The first call does so as well, and has the built-in detector
   * alone meanwhile.
   * @throws BolchaalError `missing-dependency`, `invalid-option`
   */
  warmUp(): Promise<void>;
  /** Lets go of the model. Calls that go on have the built-in detector alone. */
  close(): Promise<void>;
}

/**
 * Voice activity by the built-in detector, and by Silero's neural model where that one is undecided; or by the model
 * always. Frames of 20 ms at 8 kHz. Whenever the model is not there, too slow or failing, the built-in detector's verdict stands.
 * @throws BolchaalError `invalid-option`
 */
export function sileroVoiceActivityDetector(options: SileroVoiceActivityOptions = {}): SileroVoiceActivityDetector {
  const settings = resolveSettings(options);
  const builtIn = voiceActivityDetector(options);
  const counter = createCounter(options.logger ?? silentLogger);
  const model = sharedModel(options);
  const events: StreamEvents = {
    frame: () => counter.count("frames"),
    vetoed: () => counter.count("vetoed"),
    asked(chunks) {
      counter.count("asked");
      counter.count("chunks", chunks);
    },
    late: () => counter.warn("late", "Silero answers late: the built-in voice activity detector decides meanwhile"),
    failed(error) {
      // What was at work when the model was closed is no fault.
      if (model.ready === undefined) return;
      counter.warn("failed", "Silero failed: the built-in voice activity detector decides meanwhile", error);
    },
  };
  return {
    specVersion: "v1",
    name: "silero",
    rate: builtIn.rate,
    frameSamples: builtIn.frameSamples,
    doDetect() {
      model
        .load()
        .catch((error) => counter.warn("failed", "Silero cannot be loaded: the built-in detector decides", error));
      return createStream(builtIn.doDetect(), () => model.ready, settings, events);
    },
    get file() {
      return model.ready?.file;
    },
    get counts() {
      return counter.counts;
    },
    warmUp: () => model.load(),
    close: () => model.close(),
  };
}

function sharedModel({ model, mostWaiting, logger = silentLogger }: SileroVoiceActivityOptions): SharedModel {
  if (typeof model === "object") return createSharedModel(model, () => {});
  const load = () =>
    loadSileroModel({
      ...(model === undefined ? {} : { model }),
      ...(mostWaiting === undefined ? {} : { mostWaiting }),
    });
  return createSharedModel(load, ({ file }) =>
    logger.info({ component: "audio", provider: "silero", ...file }, "Silero's model is loaded"),
  );
}
