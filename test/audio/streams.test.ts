import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ALAW_8K,
  bytesForMs,
  bytesOfSamples,
  concatBytes,
  convertAudio,
  createAudioConverter,
  createFramer,
  createSampleReader,
  durationMs,
  MULAW_8K,
  PCM_8K,
  PCM_16K,
  PCM_24K,
  silence,
} from "../../src/audio/index.js";

const bytes = fc.uint8Array({ maxLength: 700 });
const cuts = fc.array(fc.nat({ max: 150 }), { maxLength: 10 });

function cut(all: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const length of lengths) {
    parts.push(all.subarray(at, at + length));
    at += length;
  }
  return [...parts, all.subarray(at)];
}

describe("formats", () => {
  it.each([
    [MULAW_8K, 20, 160],
    [PCM_8K, 20, 320],
    [PCM_16K, 20, 640],
    [PCM_24K, 100, 4800],
  ])("%o: %i ms are %i bytes", (format, ms, length) => {
    expect(bytesForMs(ms, format)).toBe(length);
    expect(durationMs(length, format)).toBe(ms);
  });

  it.each([
    [MULAW_8K, 0xff],
    [ALAW_8K, 0xd5],
    [PCM_8K, 0],
  ])("%o: silence is %i", (format, byte) => {
    expect(new Set(silence(format, 20))).toEqual(new Set([byte]));
  });
});

describe("createFramer", () => {
  it("gives frames of one length, and all bytes in order, for any cut", () => {
    fc.assert(
      fc.property(bytes, cuts, fc.integer({ min: 1, max: 200 }), (all, lengths, frameBytes) => {
        const framer = createFramer(frameBytes);
        const frames = cut(all, lengths).flatMap((part) => framer.push(part));
        expect(frames.every((frame) => frame.length === frameBytes)).toBe(true);
        const rest = framer.flush();
        expect(rest.length).toBeLessThan(frameBytes);
        expect(concatBytes(...frames, rest)).toEqual(new Uint8Array(all));
        expect(framer.flush()).toHaveLength(0);
      }),
    );
  });
});

it.each([0, -1, 2.5, Number.NaN])("createFramer refuses frames of %d bytes", (frameBytes) => {
  expect(() => createFramer(frameBytes)).toThrow(expect.objectContaining({ code: "invalid-option" }));
});

describe("createSampleReader", () => {
  it("forgets half a sample when reset", () => {
    const reader = createSampleReader();
    reader.read(Uint8Array.of(7));
    reader.reset();
    expect(reader.read(Uint8Array.of(1, 2))).toEqual(Int16Array.of(0x0201));
  });

  it("reads little-endian samples, a sample cut in two included, at any alignment", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -32_768, max: 32_767 }), { maxLength: 300 }), cuts, (values, lengths) => {
        const samples = Int16Array.from(values);
        const reader = createSampleReader();
        const read = cut(bytesOfSamples(samples), lengths).flatMap((part) => [...reader.read(part)]);
        expect(read).toEqual(values);
      }),
    );
  });
});

describe("createAudioConverter", () => {
  it("lets the same format through untouched", () => {
    const chunk = Uint8Array.of(1, 2, 3);
    const converter = createAudioConverter(MULAW_8K, { type: "audio/pcmu", rate: 8000 });
    expect(converter.passThrough).toBe(true);
    expect(converter.convert(chunk)).toBe(chunk);
  });

  it.each([
    [MULAW_8K, PCM_16K],
    [PCM_24K, MULAW_8K],
    [ALAW_8K, MULAW_8K],
    [PCM_16K, PCM_24K],
  ])("from %o to %o: any cut gives the same bytes", (from, to) => {
    fc.assert(
      fc.property(bytes, cuts, (all, lengths) => {
        const converter = createAudioConverter(from, to);
        expect(converter.passThrough).toBe(false);
        const parts = cut(all, lengths).map((part) => converter.convert(part));
        expect(concatBytes(...parts, converter.flush())).toEqual(convertAudio(all, from, to));
      }),
      { numRuns: 40 },
    );
  });

  it("is as new when flushed, also after half a sample", () => {
    const sound = bytesOfSamples(Int16Array.from({ length: 240 }, (_, at) => at * 100));
    const converter = createAudioConverter(PCM_24K, MULAW_8K);
    const first = concatBytes(converter.convert(sound), converter.convert(Uint8Array.of(1)), converter.flush());
    expect(concatBytes(converter.convert(sound), converter.flush())).toEqual(first);
  });

  it("keeps a sound's length", () => {
    expect(convertAudio(new Uint8Array(4800), PCM_24K, MULAW_8K)).toHaveLength(800);
    expect(convertAudio(new Uint8Array(160), MULAW_8K, PCM_16K)).toHaveLength(640);
  });
});
