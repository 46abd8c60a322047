import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  applyGain,
  bytesOfSamples,
  convertAudio,
  createSampleReader,
  decodeAlaw,
  decodeMulaw,
  encodeAlaw,
  encodeMulaw,
  PCM_8K,
  PCM_16K,
  PCM_24K,
} from "../../../src/audio/index.js";
import { codedSpeech } from "../../../src/testing/scripted/coded-speech.js";
import { decodeWords } from "../../../src/testing/scripted/heard-words.js";
import { createWordReader, encodeWord, shortestDurationMs } from "../../../src/testing/scripted/word-code.js";

const SENTENCE = "Namaste! मैं आपकी कैसे सहायता कर सकती हूँ? The price is ₹1,500 only.";

function samplesOf(text: string, wordMs = 200): Int16Array {
  const parts = codedSpeech(text, 7, wordMs).map(({ samples }) => samples);
  return Int16Array.from(parts.flatMap((part) => [...part]));
}

function readBack(samples: Int16Array) {
  return decodeWords(samples).map(({ text, index, heardMs }) => `${index} ${text} ${heardMs}`);
}

const whole = codedSpeech(SENTENCE, 7, 200).map(
  ({ textStart, textEnd, startMs, endMs }, index) =>
    `${index} ${SENTENCE.slice(textStart, textEnd)} ${endMs - startMs}`,
);

const mulaw = (samples: Int16Array) => decodeMulaw(encodeMulaw(samples));
const through = (rate: typeof PCM_16K) => (samples: Int16Array) =>
  createSampleReader().read(convertAudio(convertAudio(bytesOfSamples(samples), PCM_8K, rate), rate, PCM_8K));

describe("the code of the scripted voice's words", () => {
  it.each([
    ["as it is", (samples: Int16Array) => samples],
    ["through µ-law", mulaw],
    ["through A-law", (samples: Int16Array) => decodeAlaw(encodeAlaw(samples))],
    ["12 dB quieter, through µ-law twice", (samples: Int16Array) => mulaw(applyGain(mulaw(samples), -12))],
    ["20 dB quieter", (samples: Int16Array) => mulaw(applyGain(mulaw(samples), -20))],
    ["6 dB louder", (samples: Int16Array) => mulaw(applyGain(samples, 6))],
  ])("is read back %s", (_, change) => {
    expect(readBack(change(samplesOf(SENTENCE)))).toEqual(whole);
  });

  it.each([
    ["through 16 kHz and µ-law", (samples: Int16Array) => mulaw(through(PCM_16K)(samples))],
    ["through 24 kHz and µ-law", (samples: Int16Array) => mulaw(through(PCM_24K)(samples))],
  ])("is read back %s, all but a repetition", (_, change) => {
    for (const [index, word] of decodeWords(change(samplesOf(SENTENCE))).entries()) {
      expect(`${word.index} ${word.text} ${word.durationMs}`).toBe(whole[index]);
      expect(word.durationMs - word.heardMs).toBeLessThan(2 * shortestDurationMs(word.text));
    }
    expect(decodeWords(change(samplesOf(SENTENCE)))).toHaveLength(whole.length);
  });

  it("tells where each word begins, to the sample", () => {
    const silence = new Int16Array(1234);
    const words = decodeWords(Int16Array.from([...silence, ...samplesOf("one two")]));
    expect(words.map(({ text, startMs, durationMs }) => ({ text, startMs, durationMs }))).toEqual([
      { text: "one", startMs: 154.25, durationMs: 200 },
      { text: "two", startMs: 354.25, durationMs: 200 },
    ]);
  });

  it("tells how much of a cut word is there", () => {
    const [first, second, ...rest] = decodeWords(samplesOf("one two").subarray(0, 8 * 300));
    expect([first?.heardMs, rest]).toEqual([200, []]);
    const frameMs = shortestDurationMs("two");
    expect(second?.heardMs).toBeGreaterThan(100 - frameMs);
    expect(second?.heardMs).toBeLessThanOrEqual(100);
  });

  it("cuts a word that is too long at a whole character, and lengthens one whose code needs more time", () => {
    const [word] = decodeWords(samplesOf("अ".repeat(100), 10));
    expect(word?.text).toBe("अ".repeat(40));
    expect(word?.durationMs).toBe(shortestDurationMs("अ".repeat(100)));
  });

  it("finds no words in silence, noise or a broken code", () => {
    const random = fc.sample(fc.int16Array({ minLength: 20_000, maxLength: 20_000 }), { seed: 1, numRuns: 5 });
    for (const noise of random) expect(decodeWords(noise)).toEqual([]);
    expect(decodeWords(new Int16Array(8000))).toEqual([]);
    const broken = encodeWord({ text: "word", utterance: 0, index: 0, durationMs: 10 });
    broken[30] = -(broken[30] as number);
    expect(decodeWords(broken)).toEqual([]);
  });

  it("reads the same words however the sound is chunked", () => {
    const samples = mulaw(samplesOf("haan ji, batao"));
    const expected = createWordReader().read(samples);
    expect(expected.length).toBeGreaterThan(20);
    fc.assert(
      fc.property(fc.array(fc.nat(1500), { maxLength: 20 }), (cuts) => {
        const reader = createWordReader();
        const places = [0, ...cuts.toSorted((a, b) => a - b).map((cut) => cut * 3), samples.length];
        const frames = places.slice(1).flatMap((place, index) => reader.read(samples.slice(places[index], place)));
        expect(frames).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it("carries any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }), (text) => {
        const words = text.split(/\s+/u).filter((word) => word !== "");
        const bytes = (word: string) => new TextEncoder().encode(word).length;
        fc.pre(words.every((word) => bytes(word) <= 120));
        expect(decodeWords(mulaw(samplesOf(text, 50))).map((word) => word.text)).toEqual(words);
      }),
    );
  });
});
