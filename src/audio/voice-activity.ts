import { BolchaalError } from "../errors.js";
import type { VoiceActivityDetector, VoiceActivityStream } from "../spec/index.js";
import { rmsDbfs } from "./levels.js";
import { BANDS, bandPowers, twoPeakShare } from "./voice-activity/bands.js";
import { createNoiseFloor } from "./voice-activity/noise-floor.js";
import { createPitchTracker } from "./voice-activity/pitch.js";
import { createSpectrum, WINDOW_SAMPLES } from "./voice-activity/spectrum.js";

/** The detector takes 20 ms at 8 kHz at a time. */
const FRAME_MS = 20;
const FRAME_SAMPLES = 160;

/** Speech is over when this much time, in ms, has passed without a voice in it. */
export const DEFAULT_VOICE_HANGOVER_MS = 200;
/** Nothing below this is speech, in dB of full scale. */
export const DEFAULT_VOICE_FLOOR_DBFS = -62;

/** Noise is this periodic once in thousands of frames; voices are on most of theirs. */
const VOICED = 0.42;
/** Once somebody speaks, less will do. */
const STILL_VOICED = 0.4;
/** Frames give points, and speech begins with so many in the last three: a voice counts double … */
const POINTS_TO_START = 3;
/** … unless one or two peaks have nearly all the power, as in a tone that has just begun. */
const PEAKED = 0.93;
/** A frame whose four loudest bands stand this far out of a known noise, in dB, gives a point as well. */
const LOUD_DB = 6.5;
/** Above this it is a tone: ring-back, dial tone, a key. What it leaves behind is no voice either, for a while. */
const TONE = 0.9985;
const AFTER_TONE_FRAMES = 4;
/** The noise is known once so many frames of it were heard. */
const FRAMES_TO_KNOW_NOISE = 25;
/** Speech stands this far out of the noise, in dB, on the average of the bands … */
const SPEECH_DB = 2.7;
/** … smoothed over a few frames … */
const SMOOTH = 0.35;
/** … and no speech is longer than this without a voice in it. */
const LONGEST_UNVOICED_FRAMES = 18;

export interface VoiceActivityOptions {
  /** How long after the last voice speech counts as over, in ms. @default DEFAULT_VOICE_HANGOVER_MS */
  readonly hangoverMs?: number;
  /** Nothing below this level is speech, in dB of full scale. @default DEFAULT_VOICE_FLOOR_DBFS */
  readonly floorDbfs?: number;
}

/**
 * The built-in voice activity detector, for telephone sound at 8 kHz; no model. Speech is what is periodic as voices are
 * once its spectrum's shape is taken away, or stands out of the noise beside such a voice. The noise floor is tracked
 * band by band. Pure tones are no speech; noise, however loud, is not periodic.
 * @throws BolchaalError `invalid-option`
 */
export function voiceActivityDetector(options: VoiceActivityOptions = {}): VoiceActivityDetector {
  const { hangoverMs = DEFAULT_VOICE_HANGOVER_MS, floorDbfs = DEFAULT_VOICE_FLOOR_DBFS } = options;
  if (!(hangoverMs >= 0 && hangoverMs <= 2000)) {
    throw new BolchaalError(`hangoverMs is ${hangoverMs}. Give 0 to 2000.`, {
      code: "invalid-option",
      component: "audio",
    });
  }
  return {
    specVersion: "v1",
    name: "built-in",
    rate: 8000,
    frameSamples: FRAME_SAMPLES,
    doDetect: () => new VoiceActivity(Math.ceil(hangoverMs / FRAME_MS), floorDbfs),
  };
}

class VoiceActivity implements VoiceActivityStream {
  readonly #hangoverFrames: number;
  readonly #floorDbfs: number;
  readonly #window = new Float64Array(WINDOW_SAMPLES);
  readonly #powers = new Float64Array(BANDS);
  readonly #spectrum = createSpectrum();
  #pitch = createPitchTracker();
  #floor = createNoiseFloor();
  /** Of the newest three frames. */
  readonly #points = new Uint8Array(3);
  #sinceVoiced = Number.POSITIVE_INFINITY;
  #sinceTone = Number.POSITIVE_INFINITY;
  #sinceActive = 0;
  /** How far the sound stands out of the noise, in dB, smoothed. */
  #rise = 0;
  #speaking = false;
  #probability = 0;

  constructor(hangoverFrames: number, floorDbfs: number) {
    this.#hangoverFrames = hangoverFrames;
    this.#floorDbfs = floorDbfs;
  }

  get probability(): number {
    return this.#probability;
  }

  process(frame: Int16Array): boolean {
    this.#window.copyWithin(0, FRAME_SAMPLES);
    this.#window.set(frame, WINDOW_SAMPLES - FRAME_SAMPLES);
    const audible = rmsDbfs(frame) > this.#floorDbfs;
    const periodicity = this.#pitch(frame);
    const power = this.#spectrum(this.#window);
    bandPowers(power, this.#powers);
    const excess = this.#floor.excess(this.#powers);
    const peaks = audible ? twoPeakShare(power) : 0;

    this.#sinceTone = peaks > TONE && periodicity > 0 ? 0 : this.#sinceTone + 1;
    const tonal = this.#sinceTone < AFTER_TONE_FRAMES;
    const voiced = audible && !tonal && periodicity > (this.#speaking ? STILL_VOICED : VOICED);
    this.#sinceVoiced = voiced ? 0 : this.#sinceVoiced + 1;
    this.#rise += SMOOTH * (mean(excess) - this.#rise);

    const standsOut = loudest(excess) > LOUD_DB;
    const active =
      voiced || (audible && this.#sinceVoiced < LONGEST_UNVOICED_FRAMES && (standsOut || this.#rise > SPEECH_DB));
    this.#sinceActive = active ? 0 : this.#sinceActive + 1;
    if (this.#speaking) this.#speaking = this.#sinceActive < this.#hangoverFrames;
    else if (tonal || !audible) this.#points.fill(0);
    else this.#speaking = this.#begins(voiced && peaks < PEAKED, voiced, standsOut);
    this.#floor.learn(this.#powers, this.#speaking || (active && !tonal));
    this.#probability = active ? Math.max(0.5, Math.min(1, periodicity)) : Math.min(0.49, periodicity);
    return this.#speaking;
  }

  reset(): void {
    this.#window.fill(0);
    this.#pitch = createPitchTracker();
    this.#floor = createNoiseFloor();
    this.#points.fill(0);
    this.#sinceVoiced = Number.POSITIVE_INFINITY;
    this.#sinceTone = Number.POSITIVE_INFINITY;
    this.#sinceActive = 0;
    this.#rise = 0;
    this.#speaking = false;
    this.#probability = 0;
  }

  #begins(clearlyVoiced: boolean, voiced: boolean, standsOut: boolean): boolean {
    const known = this.#floor.framesLearnt >= FRAMES_TO_KNOW_NOISE;
    const points = (clearlyVoiced ? 2 : voiced ? 1 : 0) + (standsOut && known ? 1 : 0);
    this.#points.copyWithin(0, 1);
    this.#points[2] = points;
    const enough = (this.#points[0] as number) + (this.#points[1] as number) + points >= POINTS_TO_START;
    if (enough && points > 0) {
      this.#points.fill(0);
      this.#sinceVoiced = Math.min(this.#sinceVoiced, 0);
      this.#sinceActive = 0;
      return true;
    }
    return false;
  }
}

/** The mean of the four bands that stand out most. */
function loudest(excess: Float64Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (const value of excess) {
    if (value > a) [a, b, c, d] = [value, a, b, c];
    else if (value > b) [b, c, d] = [value, b, c];
    else if (value > c) [c, d] = [value, c];
    else if (value > d) d = value;
  }
  return (a + b + c + d) / 4;
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
