/**
 * Embedded providers: speech-to-text, text-to-speech and a brain that need no key, no server and no download.
 *
 * @packageDocumentation
 */
export { demoLeadFlow } from "./flow/demo-lead-flow.js";
export {
  type Flow,
  type FlowAnswer,
  type FlowLine,
  type FlowPhrases,
  type FlowSlot,
  type FlowStep,
  type FlowText,
  flowPhrases,
} from "./flow/flow.js";
export { flowBrain, flowMemoryOf } from "./flow/flow-brain.js";
export { type FlowMemory, type FlowReply, stepFlow } from "./flow/step-flow.js";
export { DEFAULT_LEAST_FIT } from "./recogniser/decision.js";
export type { LocalPhrase, LocalPhrases } from "./recogniser/phrases.js";
export {
  DEFAULT_RECOGNISER_WORKERS,
  type LocalSpeechToText,
  type LocalSpeechToTextOptions,
  localSpeechToText,
} from "./speech-to-text.js";
export {
  DEFAULT_LOCAL_VOICE_PITCH,
  DEFAULT_LOCAL_VOICE_RATE,
  DEFAULT_LOCAL_VOICES,
  type LocalTextToSpeech,
  type LocalTextToSpeechOptions,
  localTextToSpeech,
} from "./text-to-speech.js";
