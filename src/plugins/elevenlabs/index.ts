/**
 * ElevenLabs: voices in Hindi, English and the mix, streamed as µ-law with the places of the words.
 *
 * @packageDocumentation
 */
export {
  DEFAULT_ELEVENLABS_BASE_URL,
  DEFAULT_ELEVENLABS_IDLE_TIMEOUT_MS,
  DEFAULT_ELEVENLABS_MODEL,
  type ElevenLabsTextToSpeechOptions,
  type ElevenLabsVoiceSettings,
  elevenLabsTextToSpeech,
} from "./text-to-speech.js";
