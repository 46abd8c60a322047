import { type ModelBrainOptions, modelBrain } from "../../brain/index.js";
import type { Brain } from "../../spec/index.js";
import { type OpenAiModelOptions, openAiModel } from "./model.js";

/** Of {@link openAiBrain}. */
export interface OpenAiBrainOptions extends OpenAiModelOptions, ModelBrainOptions {}

/**
 * A brain made of a model of OpenAI: instructions, tools and memory.
 *
 * @example
 * const brain = openAiBrain({ instructions: "You are Asha of Sharma Sweets in Pune. Take orders for the next day." });
 */
export function openAiBrain(options: OpenAiBrainOptions): Brain {
  return modelBrain(openAiModel(options), options);
}
