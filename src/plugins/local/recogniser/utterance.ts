import { rmsDbfs } from "../../../audio/index.js";

/** The recogniser's rate. Its model hears up to 3.7 kHz, so that the telephone's 8 kHz need no resampling. */
export const RECOGNISER_RATE = 8000;
/** Kept from before the beginning of speech: detection comes late, and first consonants are soft. */
export const PRE_ROLL_MS = 350;
/** What an utterance has beyond this is not heard: no phrase is so long. */
export const LONGEST_UTTERANCE_MS = 10_000;
/** Less than this is a click. */
export const SHORTEST_SPEECH_MS = 60;
/** When its loudest 20 ms are below this, there was no speech. */
export const QUIETEST_SPEECH_DBFS = -50;

const FRAME_SAMPLES = 160;
/** Sound this far below the loudest is the line's noise: the model is thrown off by long stretches of it. */
const SPEECH_RANGE_DB = 35;
const MARGIN_SAMPLES = 800;
/** The model wants silence around speech; digital silence does not count in its averages. */
const SILENCE_BEFORE_SAMPLES = 2400;
const SILENCE_AFTER_SAMPLES = 4000;

/** The caller's last samples: a pre-roll while silent, an utterance while speaking. Its size is fixed. */
export interface UtteranceBuffer {
  write(samples: Int16Array): void;
  /** From here on nothing is forgotten. */
  start(): void;
  /** The samples since `PRE_ROLL_MS` before `start`. */
  end(): Int16Array;
}

/** @returns a buffer of `LONGEST_UTTERANCE_MS` and the pre-roll, whatever is written. */
export function createUtteranceBuffer(): UtteranceBuffer {
  const preRoll = (PRE_ROLL_MS * RECOGNISER_RATE) / 1000;
  const kept = new Int16Array(preRoll + (LONGEST_UTTERANCE_MS * RECOGNISER_RATE) / 1000);
  let filled = 0;
  let speaking = false;

  function keepLast(count: number): void {
    if (filled <= count) return;
    kept.copyWithin(0, filled - count, filled);
    filled = count;
  }

  return {
    write(samples) {
      if (!speaking) keepLast(Math.max(0, preRoll - samples.length));
      const fresh = speaking ? samples.subarray(0, kept.length - filled) : samples.subarray(-preRoll);
      kept.set(fresh, filled);
      filled += fresh.length;
    },
    start() {
      if (!speaking) keepLast(preRoll);
      speaking = true;
    },
    end() {
      const utterance = kept.slice(0, filled);
      speaking = false;
      keepLast(preRoll);
      return utterance;
    },
  };
}

/** The part of a sound that is speech, or nothing when it is too short or too quiet to be any. */
export function speechIn(samples: Int16Array): Int16Array | undefined {
  const levels = Array.from({ length: Math.ceil(samples.length / FRAME_SAMPLES) }, (_, frame) =>
    rmsDbfs(samples.subarray(frame * FRAME_SAMPLES, (frame + 1) * FRAME_SAMPLES)),
  );
  const loudest = levels.reduce((most, level) => Math.max(most, level), Number.NEGATIVE_INFINITY);
  if (loudest < QUIETEST_SPEECH_DBFS) return undefined;
  const isSpeech = (level: number) => level >= loudest - SPEECH_RANGE_DB && level >= QUIETEST_SPEECH_DBFS;
  const first = levels.findIndex(isSpeech) * FRAME_SAMPLES;
  const end = Math.min(samples.length, (levels.findLastIndex(isSpeech) + 1) * FRAME_SAMPLES);
  if (end - first < (SHORTEST_SPEECH_MS * RECOGNISER_RATE) / 1000) return undefined;
  return samples.subarray(Math.max(0, first - MARGIN_SAMPLES), Math.min(samples.length, end + MARGIN_SAMPLES));
}

/** Speech as the recogniser takes it: from -1 to 1, with silence around it. */
export function paddedSpeech(speech: Int16Array): Float32Array<ArrayBuffer> {
  const padded = new Float32Array(SILENCE_BEFORE_SAMPLES + speech.length + SILENCE_AFTER_SAMPLES);
  for (let at = 0; at < speech.length; at += 1) padded[SILENCE_BEFORE_SAMPLES + at] = (speech[at] as number) / 32768;
  return padded;
}
