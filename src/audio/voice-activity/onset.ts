/** Noise is never as periodic as this: a single frame of such a voice is enough. */
const CLEARLY_VOICED = 0.6;
/** A hiss that fades by more than this, in dB, is a click's end, not a consonant. */
const FADING_DB = 2.5;

/** Decides when speech begins. */
export interface Onset {
  /**
   * Takes the next frame in which nobody speaks yet.
   * @param periodicity 0 to 1, if the frame is voiced, else 0.
   * @param differs It is not the noise.
   * @param hissing What stands out of the noise is high.
   * @returns whether speech has begun.
   */
  next(periodicity: number, differs: boolean, hissing: boolean, levelDbfs: number): boolean;
  /** Begins anew: there is no speech now, or it has begun. */
  clear(): void;
}

/**
 * Frames give points: one for not being the noise, two for a voice, and all that are needed for a clear one. Speech begins with as
 * many points in the newest `frames` frames as there are frames. Without a voice each of them must differ from the noise, and hiss
 * without fading or become louder: consonants swell towards their vowel, knocks and coughs fade.
 */
export function createOnset(frames: number): Onset {
  const points = new Uint8Array(frames);
  let hissingFrames = 0;
  let before = Number.NEGATIVE_INFINITY;
  let beforeThat = Number.NEGATIVE_INFINITY;
  const clear = () => {
    points.fill(0);
    hissingFrames = 0;
  };
  return {
    clear,
    next(periodicity, differs, hissing, levelDbfs) {
      const loudestBefore = Math.max(before, beforeThat);
      beforeThat = before;
      before = levelDbfs;
      points.copyWithin(0, 1);
      points[frames - 1] = periodicity > 0 ? (periodicity > CLEARLY_VOICED && differs ? frames : 2) : differs ? 1 : 0;
      hissingFrames = differs && hissing ? hissingFrames + 1 : 0;
      if (total(points) < frames) return false;
      if (periodicity > 0) return true;
      if (hissingFrames >= frames) return levelDbfs >= loudestBefore - FADING_DB;
      return points.indexOf(0) < 0 && levelDbfs > loudestBefore;
    },
  };
}

function total(points: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < points.length; at += 1) sum += points[at] as number;
  return sum;
}
