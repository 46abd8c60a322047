import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BAND_BINS, BANDS, bandPowers, shareBesideTones } from "../../src/audio/voice-activity/bands.js";
import { createNoiseFloor } from "../../src/audio/voice-activity/noise-floor.js";
import { createOnset } from "../../src/audio/voice-activity/onset.js";
import { createPitchTracker } from "../../src/audio/voice-activity/pitch.js";
import { BINS, createSpectrum, WHITE_NOISE_GAIN, WINDOW_SAMPLES } from "../../src/audio/voice-activity/spectrum.js";

const RATE = 8000;
const FRAME = 160;

/** The power of one bin by the definition of the transform. */
function definedPower(window: readonly number[], bin: number): number {
  let [real, imaginary] = [0, 0];
  window.forEach((sample, at) => {
    const hann = 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / WINDOW_SAMPLES);
    real += hann * sample * Math.cos((2 * Math.PI * bin * at) / WINDOW_SAMPLES);
    imaginary -= hann * sample * Math.sin((2 * Math.PI * bin * at) / WINDOW_SAMPLES);
  });
  return real ** 2 + imaginary ** 2;
}

/** Cosines of the given frequencies and amplitudes. */
function tones(parts: readonly (readonly [hz: number, amplitude: number])[], length: number): number[] {
  return Array.from({ length }, (_, at) =>
    parts.reduce((sum, [hz, amplitude]) => sum + amplitude * Math.cos((2 * Math.PI * hz * at) / RATE + hz), 0),
  );
}

function besideTones(parts: Parameters<typeof tones>[0]): number {
  return shareBesideTones(createSpectrum()(Float64Array.from(tones(parts, WINDOW_SAMPLES))));
}

describe("the spectrum", () => {
  it("is what the transform's definition says", () => {
    const windows = fc.array(fc.integer({ min: -32768, max: 32767 }), {
      minLength: WINDOW_SAMPLES,
      maxLength: WINDOW_SAMPLES,
    });
    const spectrum = createSpectrum();
    fc.assert(
      fc.property(windows, fc.integer({ min: 0, max: BINS - 1 }), (window, bin) => {
        const loudest = WINDOW_SAMPLES * WHITE_NOISE_GAIN * 32768 ** 2;
        const power = spectrum(Float64Array.from(window))[bin] as number;
        expect(Math.abs(power - definedPower(window, bin)) / loudest).toBeLessThan(1e-12);
      }),
      { numRuns: 50 },
    );
  });

  it("is cut into bands without a gap: a flat one is as loud in each", () => {
    const powers = new Float64Array(BANDS);
    bandPowers(new Float64Array(BINS).fill(7), powers);
    expect([...powers]).toEqual(new Array(BANDS).fill(7));
    expect(BAND_BINS.reduce((sum, bins) => sum + bins, 0)).toBe(122 - 4);
  });
});

describe("shareBesideTones", () => {
  it.each<[string, (readonly [number, number])[]]>([
    ["Indian and European dial tones", [[425, 1]]],
    [
      "the US ring-back",
      [
        [440, 1],
        [480, 1],
      ],
    ],
    [
      "the US dial tone",
      [
        [350, 1],
        [440, 1],
      ],
    ],
    [
      "key 1",
      [
        [697, 1],
        [1209, 1.25],
      ],
    ],
    [
      "key #",
      [
        [941, 1.25],
        [1477, 1],
      ],
    ],
    ["a fax", [[2100, 1]]],
  ])("is next to nothing for %s", (_, parts) => {
    expect(besideTones(parts)).toBeLessThan(0.01);
  });

  it.each<[string, (readonly [number, number])[]]>([
    [
      "a low voice",
      [
        [120, 0.5],
        [240, 1],
        [360, 1],
        [480, 0.7],
        [600, 0.4],
      ],
    ],
    [
      "a nasal, which has little but its fundamental",
      [
        [210, 1],
        [420, 0.5],
      ],
    ],
    [
      "a high voice",
      [
        [260, 0.6],
        [520, 1],
        [780, 1],
        [1040, 0.5],
      ],
    ],
  ])("is more for %s", (_, parts) => {
    expect(besideTones(parts)).toBeGreaterThan(0.09);
  });

  it("is all of silence", () => {
    expect(shareBesideTones(new Float64Array(BINS))).toBe(1);
  });
});

describe("the pitch tracker", () => {
  const frames = (samples: readonly number[]) => {
    const tracker = createPitchTracker();
    const answers: number[] = [];
    for (let at = 0; at + FRAME <= samples.length; at += FRAME) {
      answers.push(tracker(Int16Array.from(samples.slice(at, at + FRAME))));
    }
    return answers;
  };

  it.each([80, 120, 200, 320])("finds a voice of %i Hz periodic", (hz) => {
    const pulses = Array.from({ length: 10 * FRAME }, (_, at) => (at % Math.round(RATE / hz) === 0 ? 12_000 : 0));
    expect(Math.min(...frames(pulses).slice(3))).toBeGreaterThan(0.6);
  });

  it.each([100, 250])("finds a steady voice of %i Hz wholly periodic once it fills the window", (hz) => {
    const pulses = Array.from({ length: 10 * FRAME }, (_, at) => (at % (RATE / hz) === 0 ? 12_000 : 0));
    // The predictor of a steady voice is steady, so the residual's periods are alike but for the window's edges.
    for (const periodicity of frames(pulses).slice(4)) expect(periodicity).toBeCloseTo(1, 1);
  });

  it("finds low, smooth noise as little periodic as white noise", () => {
    const noise = (smoothing: number) => {
      let [seed, value] = [1, 0];
      return Array.from({ length: 200 * FRAME }, () => {
        seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
        value = smoothing * value + (seed / 2 ** 32 - 0.5) * 6000;
        return value;
      });
    };
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(frames(noise(0.97)))).toBeCloseTo(mean(frames(noise(0))), 1);
    expect(Math.max(...frames(noise(0.97)))).toBeLessThan(0.5);
  });

  it("finds nothing in silence, and stays within 0 and 1 whatever it hears", () => {
    expect(frames(new Array(5 * FRAME).fill(0))).toEqual([0, 0, 0, 0, 0]);
    const sounds = fc.array(fc.integer({ min: -32768, max: 32767 }), { minLength: 3 * FRAME, maxLength: 3 * FRAME });
    fc.assert(
      fc.property(sounds, (samples) => {
        for (const periodicity of frames(samples)) {
          expect(periodicity).toBeGreaterThanOrEqual(0);
          expect(periodicity).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe("the noise floor", () => {
  const flat = (power: number) => new Float64Array(BANDS).fill(power);
  const known = () => {
    const floor = createNoiseFloor(-64);
    for (let frame = 0; frame < 20; frame += 1) floor.learn(flat(1e6), false);
    return floor;
  };

  it("is known after 0.4 s", () => {
    const floor = createNoiseFloor(-64);
    for (let frame = 0; frame < 19; frame += 1) floor.learn(flat(1e6), false);
    expect(floor.known).toBe(false);
    floor.learn(flat(1e6), false);
    expect(floor.known).toBe(true);
  });

  it.each([
    ["the same noise", 1],
    ["less of it", 0.1],
    ["1 dB more of it", 1.3],
  ])("has no evidence against %s", (_, gain) => {
    const floor = known();
    floor.compare(flat(1e6 * gain));
    expect(floor.evidence).toBeCloseTo(0, 6);
  });

  it("has no evidence against 9 dB more of it that came little by little, but against 9 dB more at once", () => {
    const floor = known();
    floor.compare(flat(8e6));
    expect(floor.evidence).toBeGreaterThan(100);
    const slowly = known();
    for (let gain = 1; gain <= 8; gain *= 1.3) slowly.compare(flat(1e6 * gain));
    slowly.compare(flat(8e6));
    expect(slowly.evidence).toBeCloseTo(0, 6);
  });

  it.each([
    ["low", 1, false],
    ["high", 8, true],
  ])("has evidence against noise with something %s in it, by the likelihood ratio", (_, band, hissing) => {
    const floor = known();
    const powers = flat(1e6);
    powers[band] = 5e6;
    floor.compare(powers);
    expect(floor.evidence).toBeCloseTo((BAND_BINS[band] as number) * (5 - Math.log(5) - 1), 6);
    expect(floor.hissing).toBe(hissing);
  });

  it("hardly learns from speech, and all at once when told to forget", () => {
    const floor = known();
    for (let frame = 0; frame < 50; frame += 1) floor.learn(flat(1e9), true);
    floor.compare(flat(1e9));
    expect(floor.evidence).toBeGreaterThan(1000);
    floor.forget();
    expect(floor.known).toBe(false);
    floor.learn(flat(1e9), false);
    floor.compare(flat(1e9));
    expect(floor.evidence).toBeCloseTo(0, 6);
  });
});

describe("the onset of speech", () => {
  type Frame = readonly [periodicity: number, evidence: number, hissing: boolean, levelDbfs: number];
  /** The number of the frame in which speech begins, from 1; 0 for never. */
  const begin = (frames: readonly Frame[], needed = 3) => {
    const onset = createOnset(needed);
    return frames.findIndex((frame) => onset.next(...frame)) + 1;
  };

  it.each<[string, number, Frame[]]>([
    ["a clear voice: at once", 1, [[0.8, 20, false, -20]]],
    [
      "a clear voice that may be the noise's: not by itself",
      0,
      [
        [0.8, 0, false, -20],
        [0, 0, false, -40],
      ],
    ],
    [
      "a voice: two frames",
      2,
      [
        [0.5, 15, false, -20],
        [0.5, 15, false, -20],
      ],
    ],
    [
      "a breath, then a voice",
      2,
      [
        [0, 20, false, -30],
        [0.5, 20, false, -20],
      ],
    ],
    [
      "a faint s: three frames",
      3,
      [
        [0, 20, true, -30],
        [0, 20, true, -31],
        [0, 20, true, -30],
      ],
    ],
    [
      "a faint h that swells: three frames",
      3,
      [
        [0, 20, false, -30],
        [0, 20, false, -29],
        [0, 20, false, -27],
      ],
    ],
    [
      "a plain s: two frames",
      2,
      [
        [0, 60, true, -30],
        [0, 30, true, -32],
      ],
    ],
    [
      "a plain h that swells: two frames",
      2,
      [
        [0, 30, false, -30],
        [0, 30, false, -29],
      ],
    ],
    ["a voice in plain sight: at once", 1, [[0.5, 60, false, -20]]],
    [
      "one frame, however loud",
      0,
      [
        [0, 9000, true, -5],
        [0, 0, false, -50],
        [0, 0, false, -50],
      ],
    ],
    [
      "a knock that fades",
      0,
      [
        [0, 20, false, -20],
        [0, 20, false, -25],
        [0, 20, false, -30],
        [0, 20, false, -35],
      ],
    ],
    [
      "a click that fades",
      0,
      [
        [0, 20, true, -20],
        [0, 20, true, -25],
        [0, 20, true, -30],
      ],
    ],
    [
      "two frames of a faint click",
      0,
      [
        [0, 20, true, -20],
        [0, 20, true, -20],
        [0, 0, false, -50],
      ],
    ],
    [
      "a voice once in a while",
      0,
      [
        [0.5, 0, false, -40],
        [0, 0, false, -40],
        [0, 0, false, -40],
        [0.5, 0, false, -40],
      ],
    ],
  ])("%s", (_, frame, frames) => {
    expect(begin(frames)).toBe(frame);
  });

  it("takes as many frames without a voice as it is told", () => {
    const swelling = Array.from({ length: 20 }, (_, at): Frame => [0, 20, false, -40 + at]);
    for (const needed of [1, 2, 5, 10]) expect(begin(swelling, needed)).toBe(needed);
  });
});
