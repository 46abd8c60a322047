/** Noise is never as periodic as this: a single frame of such a voice is enough. */
const CLEARLY_VOICED = 0.6;
/** A hiss that fades by more than this, in dB, is a click's end, not a consonant. */
const FADING_DB = 2.5;

/** Evidence worth one point, and the most points a frame gets for it: two frames that are plainly not the noise are enough. */
const EVIDENCE_PER_POINT = 20;
const MOST_EVIDENCE_POINTS = 2;
const VOICE_POINTS = 2;
/** Fewer hissing frames than this are a click. */
const HISSING_FRAMES = 2;

/** Decides when speech begins. */
export interface Onset {
  /**
   * Takes the next frame in which nobody speaks yet.
   * @param periodicity 0 to 1, if the frame is voiced, else 0.
   * @param evidence How much it differs from the noise, if it does, else 0.
   * @param hissing What stands out of the noise is high.
   * @returns whether speech has begun.
   */
  next(periodicity: number, evidence: number, hissing: boolean, levelDbfs: number): boolean;
  /** Begins anew: there is no speech now, or it has begun. */
  clear(): void;
}

/**
 * Frames give points: for how much they differ from the noise, for a voice, and all that are needed for a clear one. Speech begins
 * with as many points in the newest `frames` frames as there are frames. Without a voice the newest must differ from the noise, and
 * go on hissing without fading or become louder: consonants swell towards their vowel, knocks and coughs fade.
 */
export function createOnset(frames: number): Onset {
  const points = new Float64Array(frames);
  let hissingFrames = 0;
  let before = Number.NEGATIVE_INFINITY;
  let beforeThat = Number.NEGATIVE_INFINITY;
  const clear = () => {
    points.fill(0);
    hissingFrames = 0;
  };
  return {
    clear,
    next(periodicity, evidence, hissing, levelDbfs) {
      const loudestBefore = Math.max(before, beforeThat);
      beforeThat = before;
      before = levelDbfs;
      points.copyWithin(0, 1);
      const clearly = periodicity > CLEARLY_VOICED && evidence > 0;
      const voice = clearly ? frames : periodicity > 0 ? VOICE_POINTS : 0;
      points[frames - 1] = voice + Math.min(MOST_EVIDENCE_POINTS, evidence / EVIDENCE_PER_POINT);
      hissingFrames = evidence > 0 && hissing ? hissingFrames + 1 : 0;
      if (total(points) < frames) return false;
      if (periodicity > 0) return true;
      if (evidence === 0) return false;
      return levelDbfs > loudestBefore || (hissingFrames >= HISSING_FRAMES && levelDbfs >= loudestBefore - FADING_DB);
    },
  };
}

function total(points: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < points.length; at += 1) sum += points[at] as number;
  return sum;
}
