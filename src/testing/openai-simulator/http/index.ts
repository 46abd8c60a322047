export type { OpenAiHttpFault } from "./faults.js";
export type { OpenAiReply, OpenAiReplyToolCall, OpenAiSimulatorRequest } from "./script.js";
export {
  createOpenAiSimulator,
  type ListeningOpenAiSimulator,
  type OpenAiSimulator,
  type OpenAiSimulatorOptions,
} from "./simulator.js";
