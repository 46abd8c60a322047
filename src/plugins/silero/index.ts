/**
 * Neural voice activity as an option: Silero's model through the optional peer `onnxruntime-node`, asked where the built-in
 * detector is undecided.
 *
 * @packageDocumentation
 */
export type { SileroCounts } from "./counts.js";
export { SILERO_CHUNK_SAMPLES } from "./inference.js";
export { SILERO_WARM_UP_CHUNKS } from "./listener.js";
export type { SileroModelFile } from "./model-file.js";
export { DEFAULT_SILERO_PATIENCE_MS, DEFAULT_SILERO_WAIT_MS, type SileroVoiceActivityOptions } from "./options.js";
export {
  DEFAULT_SILERO_MOST_WAITING,
  loadSileroModel,
  type SileroModel,
  type SileroModelOptions,
  type SileroStream,
} from "./silero-model.js";
export { type SileroVoiceActivityDetector, sileroVoiceActivityDetector } from "./voice-activity-detector.js";
