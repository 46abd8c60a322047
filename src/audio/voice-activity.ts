import { BolchaalError } from "../errors.js";
import type { VoiceActivityDetector, VoiceActivityStream } from "../spec/index.js";
import { BANDS, bandPowers } from "./voice-activity/bands.js";
import { createFrameFeatures } from "./voice-activity/frame-features.js";
import { createNoiseFloor } from "./voice-activity/noise-floor.js";
import { createOnset } from "./voice-activity/onset.js";

/** The detector takes 20 ms at 8 kHz at a time. */
const FRAME_MS = 20;
const FRAME_SAMPLES = 160;

/** Speech begins when it has been there for about this long, in ms. */
export const DEFAULT_VOICE_ONSET_MS = 60;
/** Speech is over when this much time, in ms, has passed without it. */
export const DEFAULT_VOICE_HANGOVER_MS = 200;
/** Nothing below this is speech, in dB of full scale. */
export const DEFAULT_VOICE_FLOOR_DBFS = -64;

/** Noise is this periodic once in thousands of frames; voices are on most of theirs. */
const VOICED = 0.5;
/** While somebody speaks, less will do … */
const STILL_VOICED = 0.4;
/** … and less still in a frame that is not the noise: speech needs another such frame to begin. */
const PERHAPS_VOICED = 0.36;
/** A frame of more than this is perhaps not the noise (see `NoiseFloor.evidence`); for speech to begin it takes more than one. */
const DIFFERS = 14;
/** While somebody speaks each frame counts alone, so it takes more. */
const STILL_DIFFERS = 22;
/** A frame that is perhaps the beginning of speech is not learnt as noise, but no more than so many in a row. */
const UNLEARNT_FRAMES = 2;
/** No speech is longer than this without a voice in it … */
const LONGEST_UNVOICED_FRAMES = 18;
/** … and where it begins without one, a voice comes before this. */
const LONGEST_UNVOICED_START_FRAMES = 12;

/** What the built-in detector can be told. */
export interface VoiceActivityOptions {
  /**
   * How long speech must have been there before it counts, in ms, 20 to 500, in steps of 20. A clear voice counts double,
   * so it is found in less.
   * @default DEFAULT_VOICE_ONSET_MS
   */
  readonly onsetMs?: number;
  /** How long after the last speech it counts as over, in ms, 0 to 2000, in steps of 20. @default DEFAULT_VOICE_HANGOVER_MS */
  readonly hangoverMs?: number;
  /** Nothing below this level is speech, in dB of full scale, −90 to 0. @default DEFAULT_VOICE_FLOOR_DBFS */
  readonly floorDbfs?: number;
}

interface Settings {
  readonly onsetFrames: number;
  readonly hangoverFrames: number;
  readonly floorDbfs: number;
}

/**
 * The built-in voice activity detector, for telephone sound at 8 kHz; no model. Speech is what is periodic as voices are
 * once its spectrum's shape is taken away, or differs from the noise beside such a voice, or hisses as consonants do. The noise
 * floor is tracked band by band. Tones are no speech, and noise, however loud, is not once it is known.
 * @throws BolchaalError `invalid-option`
 */
export function voiceActivityDetector(options: VoiceActivityOptions = {}): VoiceActivityDetector {
  const onsetMs = within("onsetMs", options.onsetMs ?? DEFAULT_VOICE_ONSET_MS, FRAME_MS, 500);
  const hangoverMs = within("hangoverMs", options.hangoverMs ?? DEFAULT_VOICE_HANGOVER_MS, 0, 2000);
  const floorDbfs = within("floorDbfs", options.floorDbfs ?? DEFAULT_VOICE_FLOOR_DBFS, -90, 0);
  const settings = {
    onsetFrames: Math.ceil(onsetMs / FRAME_MS),
    hangoverFrames: Math.ceil(hangoverMs / FRAME_MS),
    floorDbfs,
  };
  return {
    specVersion: "v1",
    name: "built-in",
    rate: 8000,
    frameSamples: FRAME_SAMPLES,
    doDetect: () => createStream(settings),
  };
}

function within(option: string, value: number, least: number, most: number): number {
  if (value >= least && value <= most) return value;
  throw new BolchaalError(`${option} is ${value}. Give ${least} to ${most}.`, {
    code: "invalid-option",
    component: "audio",
  });
}

/** A stream that is made anew when it is reset. */
function createStream(settings: Settings): VoiceActivityStream {
  let call = createCall(settings);
  return {
    process: (frame) => call.process(frame),
    get probability() {
      return call.probability;
    },
    reset() {
      call = createCall(settings);
    },
  };
}

function createCall({ onsetFrames, hangoverFrames, floorDbfs }: Settings): Omit<VoiceActivityStream, "reset"> {
  const featuresOf = createFrameFeatures(floorDbfs);
  const floor = createNoiseFloor(floorDbfs);
  const onset = createOnset(onsetFrames);
  const powers = new Float64Array(BANDS);
  let speaking = false;
  let probability = 0;
  let sinceVoiced = Number.POSITIVE_INFINITY;
  let sinceActive = 0;
  let differingFrames = 0;

  return {
    get probability() {
      return probability;
    },
    process(frame) {
      if (frame.length !== FRAME_SAMPLES) throw wrongLength(frame.length);
      const { levelDbfs, audible, tonal, periodicity, power } = featuresOf(frame);
      bandPowers(power, powers);
      floor.compare(powers);

      const differs = audible && floor.evidence > (speaking ? STILL_DIFFERS : DIFFERS);
      const begins = differs && floor.known;
      const voiced = audible && !tonal && periodicity > (speaking ? STILL_VOICED : begins ? PERHAPS_VOICED : VOICED);
      sinceVoiced = voiced ? 0 : sinceVoiced + 1;
      differingFrames = differs ? differingFrames + 1 : 0;
      const active = voiced || (differs && sinceVoiced < LONGEST_UNVOICED_FRAMES);
      sinceActive = active ? 0 : sinceActive + 1;

      if (speaking && differs && sinceVoiced >= LONGEST_UNVOICED_FRAMES) {
        // A false alarm, or the noise has changed under the speech: whatever this is, it is what there is to know.
        speaking = false;
        floor.forget();
      } else if (speaking) {
        speaking = active || sinceActive < hangoverFrames;
      } else if (tonal || !audible) {
        onset.clear();
      } else if (onset.next(voiced ? periodicity : 0, begins ? floor.evidence : 0, floor.hissing, levelDbfs)) {
        speaking = true;
        onset.clear();
        sinceActive = 0;
        if (!voiced) sinceVoiced = LONGEST_UNVOICED_FRAMES - LONGEST_UNVOICED_START_FRAMES;
      }
      if (!begins || differingFrames > UNLEARNT_FRAMES) floor.learn(powers, speaking || (active && !tonal));
      probability = active ? Math.max(0.5, periodicity) : Math.min(0.49, periodicity);
      return speaking;
    },
  };
}

function wrongLength(length: number): BolchaalError {
  return new BolchaalError(`A frame has ${length} samples. Give ${FRAME_SAMPLES} at a time: 20 ms at 8 kHz.`, {
    code: "invalid-audio",
    component: "audio",
  });
}
