import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createUtteranceBuffer,
  LONGEST_UTTERANCE_MS,
  PRE_ROLL_MS,
  paddedSpeech,
  speechIn,
} from "../../../../src/plugins/local/recogniser/utterance.js";

const PRE_ROLL = PRE_ROLL_MS * 8;
const LONGEST = PRE_ROLL + LONGEST_UTTERANCE_MS * 8;
const counting = (from: number, count: number) => Int16Array.from({ length: count }, (_, at) => (from + at) % 30_000);

describe("the utterance buffer", () => {
  it("gives the pre-roll and the utterance, sample by sample, whatever the cuts", () => {
    const cuts = fc.array(fc.integer({ min: 0, max: 4000 }), { maxLength: 12 });
    fc.assert(
      fc.property(cuts, cuts, (before, during) => {
        const buffer = createUtteranceBuffer();
        let written = 0;
        const write = (count: number) => {
          buffer.write(counting(written, count));
          written += count;
        };
        before.forEach(write);
        const from = Math.max(0, written - PRE_ROLL);
        buffer.start();
        during.forEach(write);
        expect(buffer.end()).toEqual(counting(from, Math.min(LONGEST, written - from)));
      }),
      { numRuns: 30 },
    );
  });

  it("forgets what comes after the longest utterance, and nothing of the next one", () => {
    const buffer = createUtteranceBuffer();
    buffer.start();
    for (let second = 0; second < 60; second += 1) buffer.write(new Int16Array(8000).fill(1));
    expect(buffer.end().length).toBe(LONGEST);
    buffer.write(new Int16Array(10_000).fill(2));
    buffer.start();
    buffer.write(new Int16Array(100).fill(3));
    expect(buffer.end()).toEqual(Int16Array.from([...Array(PRE_ROLL).fill(2), ...Array(100).fill(3)]));
  });

  it("loses nothing when speech is told to start twice", () => {
    const buffer = createUtteranceBuffer();
    buffer.start();
    buffer.write(counting(0, 8000));
    buffer.start();
    buffer.write(counting(8000, 10));
    expect(buffer.end()).toEqual(counting(0, 8010));
  });
});

describe("speechIn", () => {
  const tone = (ms: number, peak: number) =>
    Int16Array.from({ length: ms * 8 }, (_, at) => peak * Math.sin((2 * Math.PI * 300 * at) / 8000));
  const joined = (...parts: Int16Array[]) => Int16Array.from(parts.flatMap((part) => [...part]));

  it("cuts the silence off but for a tenth of a second", () => {
    const speech = speechIn(joined(new Int16Array(4000), tone(500, 8000), new Int16Array(8000)));
    expect(speech?.length).toBe(800 + 4000 + 800);
  });

  it("takes the line's noise for silence", () => {
    expect(speechIn(joined(tone(1000, 20), tone(400, 8000), tone(1000, 20)))?.length).toBe(800 + 3200 + 800);
  });

  it.each([
    ["nothing", new Int16Array(0)],
    ["digital silence", new Int16Array(8000)],
    ["quiet noise", tone(1000, 100)],
    ["a click", joined(new Int16Array(1600), tone(40, 9000), new Int16Array(1600))],
  ])("finds no speech in %s", (_, samples) => {
    expect(speechIn(samples)).toBeUndefined();
  });

  it("puts 0.3 s and 0.5 s of silence around it for the model", () => {
    const padded = paddedSpeech(Int16Array.from([16384, -32768]));
    expect(padded.length).toBe(2400 + 2 + 4000);
    expect([...padded.subarray(2399, 2403)]).toEqual([0, 0.5, -1, 0]);
  });
});
