/**
 * bolchaal: phone agents that speak Hindi, English and the mix of both. One call is one `VoiceSession`, a typed
 * stream of events; speech-to-text, brain, voice and carrier plug in.
 *
 * @packageDocumentation
 */
export { type VoiceActivityOptions, voiceActivityDetector } from "./audio/index.js";
export * from "./brain/index.js";
export * from "./errors.js";
export {
  type Announcement,
  type AnnouncementKind,
  announcementOf,
  type Completeness,
  callIntent,
  completeness,
  DEFAULT_BACKCHANNELS,
  DEFAULT_STOP_PHRASES,
  followLanguage,
  guessLanguage,
  type HeardLanguage,
  identifyLanguage,
  isBackchannel,
  isStopRequest,
  type LanguageGuess,
  type LanguageMemory,
  type NumberOptions,
  numberInWords,
  type PhraseList,
  requestedLanguage,
  type SpokenOptions,
  type SpokenText,
  speakable,
  startLanguage,
  transliterateToDevanagari,
  transliterateToLatin,
} from "./language/index.js";
export * from "./net/index.js";
export * from "./session/index.js";
export type * from "./spec/index.js";
export * from "./speech-to-speech/index.js";
