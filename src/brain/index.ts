/** A brain made of a language model: what it is told, what it remembers, what it can do. */
export {
  type Callback,
  endCallTool,
  type ScheduleCallbackToolOptions,
  type SendDigitsToolOptions,
  scheduleCallbackTool,
  sendDigitsTool,
  switchLanguageTool,
  type TransferToolOptions,
  transferTool,
} from "./built-in-tools.js";
export { defineTool, type ToolDefinition } from "./define-tool.js";
export type { MemoryLimits } from "./messages.js";
export {
  DEFAULT_MAX_TOOL_ROUNDS,
  DEFAULT_MEMORY_LIMITS,
  DEFAULT_SUMMARY,
  type ModelBrainOptions,
  modelBrain,
} from "./model-brain.js";
export { DEFAULT_TOOL_TIMEOUT_MS } from "./run-tool.js";
export type { SummaryRules } from "./summary.js";
