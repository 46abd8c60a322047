import { describe, expect, it } from "vitest";
import {
  ALAW_8K,
  applyGain,
  interleave,
  MULAW_8K,
  PCM_8K,
  PCM_16K,
  peakDbfs,
  readWav,
  rmsDbfs,
  writeWav,
} from "../../src/audio/index.js";

const DATA = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);

/** A WAV file with chunks of one's own. */
function riff(...chunks: readonly (readonly [name: string, bytes: readonly number[], length?: number])[]): Uint8Array {
  const word = (value: number) => [value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >>> 24) & 255];
  const letters = (text: string) => [...text].map((letter) => letter.charCodeAt(0));
  const body = chunks.flatMap(([name, bytes, length = bytes.length]) => [
    ...letters(name),
    ...word(length),
    ...bytes,
    ...(bytes.length % 2 ? [0] : []),
  ]);
  return Uint8Array.from([...letters("RIFF"), ...word(body.length + 4), ...letters("WAVE"), ...body]);
}

/** Of 16-bit PCM, mono, 8 kHz. */
const FORMAT = [1, 0, 1, 0, 0x40, 0x1f, 0, 0, 0x80, 0x3e, 0, 0, 2, 0, 16, 0];

describe("WAV", () => {
  it.each([
    { format: PCM_16K, channels: 1 },
    { format: MULAW_8K, channels: 2 },
    { format: ALAW_8K, channels: 1 },
  ])("is read as it was written: $format.type, $channels channel(s)", ({ format, channels }) => {
    expect(readWav(writeWav({ format, channels, data: DATA }))).toEqual({ format, channels, data: DATA });
  });

  it("of G.711 has the extension size and the number of samples, as formats other than PCM must", () => {
    const header = [7, 0, 1, 0, 0x40, 0x1f, 0, 0, 0x40, 0x1f, 0, 0, 1, 0, 8, 0, 0, 0];
    const file = riff(["fmt ", header], ["fact", [3, 0, 0, 0]], ["data", [1, 2, 3]]);
    expect(writeWav({ format: MULAW_8K, channels: 1, data: Uint8Array.of(1, 2, 3) })).toEqual(file);
    expect(writeWav({ format: PCM_8K, channels: 1, data: DATA })).toEqual(riff(["fmt ", FORMAT], ["data", [...DATA]]));
  });

  it("passes over other chunks, also odd ones", () => {
    const file = riff(["LIST", [1, 2, 3]], ["fmt ", FORMAT], ["fact", [0, 0, 0, 0]], ["data", [...DATA]]);
    expect(readWav(file).data).toEqual(DATA);
  });

  it.each([0, 0xffffffff, 100])("takes a data length of %i, as pipes write it, for the rest of the file", (length) => {
    expect(readWav(riff(["fmt ", FORMAT], ["data", [...DATA], length])).data).toEqual(DATA);
  });

  it("reads the extensible form", () => {
    const extensible = [
      0xfe,
      0xff,
      ...FORMAT.slice(2),
      22,
      0,
      16,
      0,
      4,
      0,
      0,
      0,
      1,
      0,
      ...new Array<number>(14).fill(0),
    ];
    expect(readWav(riff(["fmt ", extensible], ["data", [...DATA]])).format).toEqual({ type: "audio/pcm", rate: 8000 });
  });

  it("leaves out half a sample at the end", () => {
    expect(readWav(riff(["fmt ", FORMAT], ["data", [1, 2, 3]])).data).toEqual(Uint8Array.of(1, 2));
  });

  it.each([
    ["nothing", new Uint8Array(0)],
    ["another file", new TextEncoder().encode("ID3 this is an mp3 file")],
    ["no data", riff(["fmt ", FORMAT])],
    ["no format", riff(["data", [1, 2]])],
    ["8-bit PCM", riff(["fmt ", [...FORMAT.slice(0, 14), 8, 0]], ["data", [1, 2]])],
    ["44.1 kHz", riff(["fmt ", [1, 0, 1, 0, 0x44, 0xac, 0, 0, 0, 0, 0, 0, 2, 0, 16, 0]], ["data", [1, 2]])],
    ["no channels", riff(["fmt ", [1, 0, 0, 0, ...FORMAT.slice(4)]], ["data", [1, 2]])],
    ["a short format", riff(["fmt ", FORMAT.slice(0, 14)], ["\x10\0id", []], ["data", [1, 2]])],
    ["a cut format", riff(["fmt ", FORMAT.slice(0, 8)]).subarray(0, 28)],
  ])("refuses %s", (_, file) => {
    expect(() => readWav(file)).toThrow(expect.objectContaining({ code: "invalid-audio" }));
  });

  it("interleaves two sounds of unequal length", () => {
    expect(interleave(Int16Array.of(1, 2), Int16Array.of(-1))).toEqual(Uint8Array.of(1, 0, 255, 255, 2, 0, 0, 0));
  });
});

describe("levels", () => {
  it("are in dB of full scale", () => {
    expect(rmsDbfs(Int16Array.of(-32_768, -32_768))).toBe(0);
    expect(rmsDbfs(Int16Array.of(16_384, -16_384))).toBeCloseTo(-6.02, 2);
    expect(peakDbfs(Int16Array.of(0, 8192))).toBeCloseTo(-12.04, 2);
    expect(rmsDbfs(new Int16Array(4))).toBe(Number.NEGATIVE_INFINITY);
    expect(peakDbfs(new Int16Array(0))).toBe(Number.NEGATIVE_INFINITY);
  });

  it("change by a gain, clipped", () => {
    const samples = Int16Array.of(1000, -1000, 30_000, -30_000);
    const louder = Int16Array.of(2000, -2000, 32_767, -32_768);
    expect(applyGain(samples, 6.0206)).toEqual(louder);
    expect(applyGain(samples, 6.0206, new Int16Array(9))).toEqual(louder);
    expect(applyGain(samples, 6.0206, new Int16Array(1))).toEqual(louder);
    expect(applyGain(samples, 6.0206, samples)).toBe(samples);
    expect(samples).toEqual(louder);
  });

  it("a gain of -Infinity is silence", () => {
    expect(applyGain(Int16Array.of(5000), Number.NEGATIVE_INFINITY)).toEqual(Int16Array.of(0));
  });
});
