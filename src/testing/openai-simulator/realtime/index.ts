export type { RealtimeQuestion, RealtimeReply } from "./conversation.js";
export { createOpenAiRealtimeSimulator, type OpenAiRealtimeSimulatorOptions } from "./simulator.js";
