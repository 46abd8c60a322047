/**
 * Sarvam: Indian speech, both ways. Speech-to-text that writes Hinglish as it is spoken, voices in 8 kHz µ-law.
 *
 * @packageDocumentation
 */
export { DEFAULT_SARVAM_BASE_URL } from "./service.js";
export {
  DEFAULT_SARVAM_ANSWER_TIMEOUT_MS,
  DEFAULT_SARVAM_LANGUAGE,
  DEFAULT_SARVAM_MODE,
  DEFAULT_SARVAM_PRE_ROLL_MS,
  DEFAULT_SARVAM_SPEECH_TO_TEXT_MODEL,
  type SarvamSpeechToTextOptions,
  type SarvamTranscriptMode,
  sarvamSpeechToText,
} from "./speech-to-text.js";
export {
  DEFAULT_SARVAM_IDLE_TIMEOUT_MS,
  DEFAULT_SARVAM_SPEAKER,
  DEFAULT_SARVAM_TEXT_TO_SPEECH_MODEL,
  type SarvamTextToSpeechOptions,
  sarvamTextToSpeech,
} from "./text-to-speech.js";
