import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createResampler } from "../../src/audio/index.js";
import type { SampleRate } from "../../src/spec/index.js";

const RATES = [8000, 16000, 24000, 48000] as const;
const PAIRS = RATES.flatMap((from) => RATES.filter((to) => to !== from).map((to) => ({ from, to })));
const LEVEL = 16_000;

function sine(hz: number, rate: number, length: number): Int16Array {
  return Int16Array.from({ length }, (_, at) => Math.round(LEVEL * Math.sin((2 * Math.PI * hz * at) / rate)));
}

function resampled(samples: Int16Array, from: SampleRate, to: SampleRate): Int16Array {
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

  it("lets no alias and no image through above −60 dB", () => {
    if (from > to) {
      for (let hz = to / 2 + 10; hz < from / 2; hz += from / 97) {
        expect(levelOf(middle(resampled(sine(hz, from, from / 4), from, to))), `${hz} Hz`).toBeLessThan(-60);
      }
    } else {
      for (const hz of [300, 1000, 2500, 3400]) {
        const samples = middle(resampled(sine(hz, from, from / 2), from, to));
        for (let image = from; image < to; image += from) {
          for (const at of [image - hz, image + hz].filter((place) => place < to / 2)) {
            expect(levelAt(samples, at, to), `${hz} Hz at ${at} Hz`).toBeLessThan(-60);
          }
        }
      }
    }
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
