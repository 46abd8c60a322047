import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeMulaw, encodeMulaw, readWav } from "../../../src/audio/index.js";

export const FRAME_SAMPLES = 160;
const FIXTURES = join(import.meta.dirname, "../../fixtures");
/** Frames are speech down to this far below the utterance's active level: below are the flite voices' own hiss and breath. */
const SPEECH_RANGE_DB = 30;
/** What is quiet for less than this is speech as well, if there is speech before and after. */
const BRIDGED_FRAMES = 10;
const ONSET_STEP_SAMPLES = 40;
const LEAD_FRAMES = 150;
const GAP_FRAMES = 75;

/** Recorded speech and which of its frames are speech. */
export interface Utterance {
  readonly samples: Int16Array;
  /** By frame. */
  readonly speech: readonly boolean[];
  /** The mean power of what is within the range of the loudest frame. */
  readonly activePower: number;
}

/** One side of a call as the detector hears it, and what is in it. */
export interface LabelledCall {
  readonly samples: Int16Array;
  /** By frame: whether it is speech. */
  readonly speech: readonly boolean[];
  /** By utterance: where it begins, and where a listener could first know, in samples. */
  readonly onsets: readonly Onset[];
}

/** The beginning of an utterance. */
export interface Onset {
  /** The first sample of the first frame that is speech. */
  readonly firstFrame: number;
  /** The first sample of the first 5 ms in it, or after it, that are speech and no weaker than the noise. */
  readonly audible: number;
}

/** How a call is mixed. */
export interface Mix {
  /** The speech's active level, in dB of full scale. */
  readonly levelDbfs: number;
  readonly noise?: Int16Array;
  /** Active speech over noise. */
  readonly snrDb?: number;
  /** How far the speech is moved against the frames: 0 to 159 samples. */
  readonly shiftSamples?: number;
}

/** Reads a fixture. */
export function load(path: string): Int16Array {
  return decodeMulaw(readWav(readFileSync(join(FIXTURES, path))).data);
}

/** All utterances of a set, each moved by `shiftSamples` against the frames. */
export function utterances(set: string, shiftSamples = 0, rangeDb = SPEECH_RANGE_DB): Utterance[] {
  const names = readdirSync(join(FIXTURES, "speech", set)).sort();
  return names.map((name) => label(shifted(load(`speech/${set}/${name}`), shiftSamples), rangeDb));
}

/** A whole set as one call: three seconds without speech, then the utterances with 1.5 s between them. */
export function callOf(set: readonly Utterance[], { levelDbfs, noise, snrDb = 0 }: Mix): LabelledCall {
  const frames = LEAD_FRAMES + set.reduce((sum, { speech }) => sum + speech.length + GAP_FRAMES, 0);
  const mixed = new Float64Array(frames * FRAME_SAMPLES);
  const speech = new Array<boolean>(frames).fill(false);
  const onsets: Onset[] = [];
  const speechPower = 32_768 ** 2 * 10 ** (levelDbfs / 10);
  const noisePower = speechPower / 10 ** (snrDb / 10);
  if (noise !== undefined) {
    const gain = Math.sqrt(noisePower / power(noise, 0, noise.length));
    for (let at = 0; at < mixed.length; at += 1) mixed[at] = gain * (noise[at % noise.length] as number);
  }
  let start = LEAD_FRAMES;
  for (const utterance of set) {
    const gain = Math.sqrt(speechPower / utterance.activePower);
    for (let at = 0; at < utterance.speech.length * FRAME_SAMPLES; at += 1) {
      const to = start * FRAME_SAMPLES + at;
      mixed[to] = (mixed[to] as number) + gain * (utterance.samples[at] as number);
    }
    utterance.speech.forEach((is, frame) => {
      speech[start + frame] = is;
    });
    const offset = start * FRAME_SAMPLES;
    const firstFrame = offset + utterance.speech.indexOf(true) * FRAME_SAMPLES;
    const least =
      Math.max(speechPower / 10 ** (SPEECH_RANGE_DB / 10), noise === undefined ? 0 : noisePower) / gain ** 2;
    onsets.push({ firstFrame, audible: offset + firstAtLeast(utterance.samples, firstFrame - offset, least) });
    start += utterance.speech.length + GAP_FRAMES;
  }
  return { samples: throughTelephone(mixed), speech, onsets };
}

/** What µ-law leaves of it. */
export function throughTelephone(samples: ArrayLike<number>): Int16Array {
  const clip = (sample: number) => Math.max(-32_768, Math.min(32_767, Math.round(sample)));
  return decodeMulaw(encodeMulaw(Int16Array.from(samples, clip)));
}

function label(samples: Int16Array, rangeDb: number): Utterance {
  const range = 10 ** (rangeDb / 10);
  const powers = Array.from({ length: Math.floor(samples.length / FRAME_SAMPLES) }, (_, frame) =>
    power(samples, frame * FRAME_SAMPLES, (frame + 1) * FRAME_SAMPLES),
  );
  const loudest = Math.max(...powers);
  const loud = powers.filter((each) => each > loudest / range);
  const activePower = loud.reduce((sum, each) => sum + each, 0) / loud.length;
  const speech = powers.map((each) => each > activePower / range);
  let last = -1;
  for (let frame = 0; frame < speech.length; frame += 1) {
    if (!speech[frame]) continue;
    if (last >= 0 && frame - last - 1 < BRIDGED_FRAMES) speech.fill(true, last, frame);
    last = frame;
  }
  return { samples, speech, activePower };
}

function firstAtLeast(samples: Int16Array, from: number, least: number): number {
  let at = from;
  while (at < samples.length && power(samples, at, at + ONSET_STEP_SAMPLES) < least) at += ONSET_STEP_SAMPLES;
  return at;
}

function power(samples: Int16Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at += 1) sum += (samples[at] as number) ** 2;
  return sum / (to - from);
}

function shifted(samples: Int16Array, by: number): Int16Array {
  const all = new Int16Array(samples.length + by);
  all.set(samples, by);
  return all;
}
