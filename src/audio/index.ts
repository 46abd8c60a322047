export { type AudioConverter, convertAudio, createAudioConverter } from "./convert.js";
export {
  ALAW_8K,
  bytesForMs,
  bytesPerSample,
  durationMs,
  MULAW_8K,
  PCM_8K,
  PCM_16K,
  PCM_24K,
  sameFormat,
  silence,
} from "./formats.js";
export {
  bytesOfSamples,
  concatBytes,
  createFramer,
  createSampleReader,
  type Framer,
  type SampleReader,
} from "./framing.js";
export { decodeAlaw, decodeMulaw, encodeAlaw, encodeMulaw } from "./g711.js";
export { createGain } from "./gain.js";
export { holdTone } from "./hold-tone.js";
export { applyGain, peakDbfs, rmsDbfs } from "./levels.js";
export { createPreRoll, type PreRoll } from "./pre-roll.js";
export { createResampler, type Resampler } from "./resampler.js";
export {
  DEFAULT_VOICE_FLOOR_DBFS,
  DEFAULT_VOICE_HANGOVER_MS,
  DEFAULT_VOICE_ONSET_MS,
  type VoiceActivityOptions,
  voiceActivityDetector,
} from "./voice-activity.js";
export { interleave, readWav, type WavAudio, wavHeader, writeWav } from "./wav.js";
