/**
 * Deepgram: streaming speech-to-text in Hindi, English and the mix, µ-law straight through.
 *
 * @packageDocumentation
 */
export {
  DEFAULT_DEEPGRAM_ANSWER_TIMEOUT_MS,
  DEFAULT_DEEPGRAM_BASE_URL,
  DEFAULT_DEEPGRAM_ENDPOINTING_MS,
  DEFAULT_DEEPGRAM_LANGUAGE,
  DEFAULT_DEEPGRAM_MODEL,
  type DeepgramSpeechToTextOptions,
  deepgramSpeechToText,
} from "./speech-to-text.js";
