/**
 * Any language model of the Vercel AI SDK as a brain.
 *
 * @packageDocumentation
 */
export {
  type AiSdkBrainOptions,
  type AiSdkLanguageModel,
  type AiSdkModelOptions,
  aiSdkBrain,
  aiSdkModel,
  DEFAULT_AI_SDK_FIRST_PART_TIMEOUT_MS,
  DEFAULT_AI_SDK_IDLE_TIMEOUT_MS,
} from "./model.js";
