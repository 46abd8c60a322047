import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createResampler } from "../../src/audio/index.js";

const RATES = [8000, 16000, 24000, 48000] as const;
const PAIRS = RATES.flatMap((from) => RATES.filter((to) => to !== from).map((to) => ({ from, to })));
const LEVEL = 16_000;

function sine(hz: number, rate: number, length: number): Int16Array {
  return Int16Array.from({ length }, (_, at) => Math.round(LEVEL * Math.sin((2 * Math.PI * hz * at) / rate)));
}

function resampled(samples: Int16Array, from: number, to: number): Int16Array {
  const resampler = createResampler(from, to);
  return Int16Array.of(...resampler.process(samples), ...resampler.flush());
}

/** The level of one frequency, in dB of the sine that went in; a Hann window keeps its neighbours out. */
function levelAt(samples: Int16Array, hz: number, rate: number): number {
  let [cosine, sinus] = [0, 0];
  samples.forEach((sample, at) => {
    const windowed = sample * (0.5 - 0.5 * Math.cos((2 * Math.PI * at) / samples.length));
    cosine += windowed * Math.cos((2 * Math.PI * hz * at) / rate);
    sinus += windowed * Math.sin((2 * Math.PI * hz * at) / rate);
  });
  return 20 * Math.log10((4 * Math.hypot(cosine, sinus)) / samples.length / LEVEL + 1e-12);
}

/** What is left of samples once the sine of one frequency that fits best is taken away, in dB of the sine that went in. */
function residueAt(samples: Int16Array, hz: number, rate: number): number {
  const angle = (2 * Math.PI * hz) / rate;
  let [cc, ss, cs, xc, xs, xx] = [0, 0, 0, 0, 0, 0];
  samples.forEach((sample, at) => {
    const [cosine, sinus] = [Math.cos(angle * at), Math.sin(angle * at)];
    cc += cosine * cosine;
    ss += sinus * sinus;
    cs += cosine * sinus;
    xc += sample * cosine;
    xs += sample * sinus;
    xx += sample * sample;
  });
  const fitted = (xc * xc * ss - 2 * xc * xs * cs + xs * xs * cc) / (cc * ss - cs * cs);
  return 10 * Math.log10((xx - fitted) / samples.length / (LEVEL ** 2 / 2) + 1e-12);
}

function levelOf(samples: Int16Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  return 10 * Math.log10(power / (LEVEL ** 2 / 2) + 1e-12);
}

/** Without the beginning and the end, where the silence around the sound shows. */
function middle(samples: Int16Array): Int16Array {
  return samples.subarray(Math.floor(samples.length * 0.1), Math.floor(samples.length * 0.9));
}

describe.each(PAIRS)("from $from to $to Hz", ({ from, to }) => {
  const low = Math.min(from, to);

  it("passes what both rates can hold: ripple within 0.1 dB up to 3.4 kHz at 8 kHz", () => {
    for (const part of [0.02, 0.1, 0.25, 0.5, 0.75, 0.85]) {
      const hz = (part * low) / 2;
      expect(Math.abs(levelAt(middle(resampled(sine(hz, from, from / 2), from, to)), hz, to)), `${hz} Hz`).toBeLessThan(
        0.1,
      );
    }
  });

  it("adds nothing above −70 dB to a tone it lets through: neither image nor alias nor rounding", () => {
    for (let hz = 50; hz < low / 2; hz += low / 61) {
      const samples = middle(resampled(sine(hz, from, from / 4), from, to));
      expect(residueAt(samples, hz, to), `${hz} Hz`).toBeLessThan(-70);
    }
  });

  it.each([1, -1, 777, -12_345])("keeps a constant of %i, rounding to the nearest", (value) => {
    expect(new Set(middle(resampled(new Int16Array(from / 10).fill(value), from, to)))).toEqual(new Set([value]));
  });

  it("gives the same samples for any cut of the input, as many as the time takes", () => {
    const noise = Int16Array.from({ length: 1500 }, (_, at) => ((at * 7919 + (at % 13) * 104_729) % 65_536) - 32_768);
    const whole = resampled(noise, from, to);
    expect(whole).toHaveLength(Math.round((1500 * to) / from));
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 400 }), { maxLength: 12 }), (cuts) => {
        const resampler = createResampler(from, to);
        const parts: number[] = [];
        let at = 0;
        for (const cut of [...cuts, 1500]) {
          parts.push(...resampler.process(noise.subarray(at, at + cut)));
          at += cut;
        }
        parts.push(...resampler.flush());
        expect(Int16Array.from(parts)).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });

  it("is as new when flushed or reset", () => {
    const tone = sine(440, from, 600);
    const resampler = createResampler(from, to);
    const first = [...resampler.process(tone), ...resampler.flush()];
    resampler.process(tone);
    resampler.reset();
    expect([...resampler.process(tone), ...resampler.flush()]).toEqual(first);
  });
});

describe.each(PAIRS.filter(({ from, to }) => from > to))("from $from down to $to Hz", ({ from, to }) => {
  it("lets nothing through above −70 dB that the lower rate cannot hold", () => {
    for (let hz = to / 2 + 10; hz < from / 2; hz += from / 97) {
      expect(levelOf(middle(resampled(sine(hz, from, from / 4), from, to))), `${hz} Hz`).toBeLessThan(-70);
    }
  });
});

it("the same rate passes through untouched", () => {
  const samples = Int16Array.of(1, 2, 3);
  expect(createResampler(8000, 8000).process(samples)).toBe(samples);
});

it("clips instead of wrapping around", () => {
  const square = Int16Array.from({ length: 400 }, (_, at) => (at % 40 < 20 ? 32_767 : -32_768));
  const samples = resampled(square, 8000, 16_000);
  expect(Math.max(...samples)).toBe(32_767);
  expect(Math.min(...samples)).toBe(-32_768);
});

it("takes any whole rates, as voices have them", () => {
  const samples = resampled(sine(1000, 22_050, 22_050), 22_050, 8000);
  expect(samples).toHaveLength(8000);
  expect(residueAt(middle(samples), 1000, 8000)).toBeLessThan(-70);
});

it("lags by its filter's half, 32 samples of the lower rate", () => {
  expect(createResampler(24_000, 8000).delayMs).toBe(4);
  const resampler = createResampler(24_000, 8000);
  expect(resampler.process(new Int16Array(24_000))).toHaveLength(8000 - 32);
});

it.each([0, -8000, 8000.5, Number.NaN])("refuses a rate of %d Hz", (rate) => {
  expect(() => createResampler(rate, 8000)).toThrow(expect.objectContaining({ code: "invalid-option" }));
  expect(() => createResampler(8000, rate)).toThrow(expect.objectContaining({ code: "invalid-option" }));
});
