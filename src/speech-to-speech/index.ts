/** Models that hear, think and speak, as agents. */
export { type SpeechToSpeechAgentOptions, speechToSpeechAgent } from "./agent.js";
