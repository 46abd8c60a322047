/**
 * bolchaal: phone agents that speak Hindi, English and the mix of both. One call is one `VoiceSession`, a typed
 * stream of events; speech-to-text, brain, voice and carrier plug in.
 *
 * @packageDocumentation
 */
export { type VoiceActivityOptions, voiceActivityDetector } from "./audio/index.js";
export * from "./errors.js";
export { DEFAULT_BACKCHANNELS, DEFAULT_STOP_PHRASES, type PhraseList } from "./language/index.js";
export * from "./session/index.js";
export type * from "./spec/index.js";
