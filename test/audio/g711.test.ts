import alawmulaw from "alawmulaw";
import { describe, expect, it } from "vitest";
import { decodeAlaw, decodeMulaw, encodeAlaw, encodeMulaw } from "../../src/audio/index.js";

/**
 * The recommendation's tables, stated as data. µ-law (tables 2a, 2b): eight segments of 16 intervals each; a segment's
 * decision values begin at `from` and are `step` apart, in 14-bit units; the value is the middle of its interval. The very
 * first interval, 0 to 1, stands for 0. Code words count down from 0xFF as the magnitude rises, bit 1 (the highest) is
 * the sign.
 */
const MULAW_SEGMENTS = [
  { from: -1, step: 2 },
  { from: 31, step: 4 },
  { from: 95, step: 8 },
  { from: 223, step: 16 },
  { from: 479, step: 32 },
  { from: 991, step: 64 },
  { from: 2015, step: 128 },
  { from: 4063, step: 256 },
];
/** A-law (tables 1a, 1b): in 13-bit units; even bits of the code word are inverted. */
const ALAW_SEGMENTS = [
  { from: 0, step: 2 },
  { from: 32, step: 2 },
  { from: 64, step: 4 },
  { from: 128, step: 8 },
  { from: 256, step: 16 },
  { from: 512, step: 32 },
  { from: 1024, step: 64 },
  { from: 2048, step: 128 },
];

interface Interval {
  readonly code: number;
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

/** The positive intervals, smallest first, scaled to 16 bits. */
function intervals(
  segments: readonly { readonly from: number; readonly step: number }[],
  scale: number,
  code: (index: number) => number,
): Interval[] {
  return segments.flatMap(({ from, step }, segment) =>
    Array.from({ length: 16 }, (_, place) => {
      const low = from + place * step;
      return {
        code: code(segment * 16 + place),
        from: Math.max(0, low) * scale,
        to: (low + step) * scale,
        value: (low + step / 2) * scale,
      };
    }),
  );
}

const MULAW = intervals(MULAW_SEGMENTS, 4, (index) => 0xff - index);
const ALAW = intervals(ALAW_SEGMENTS, 8, (index) => (0x80 | index) ^ 0x55);
const every = Int16Array.from({ length: 65_536 }, (_, index) => index - 32_768);

describe.each([
  { law: "µ-law", table: MULAW, encode: encodeMulaw, decode: decodeMulaw },
  { law: "A-law", table: ALAW, encode: encodeAlaw, decode: decodeAlaw },
])("G.711 $law", ({ table, encode, decode }) => {
  it("decodes all 256 codes to the recommendation's values", () => {
    for (const { code, value } of table) {
      expect(decode(Uint8Array.of(code, code ^ 0x80))).toEqual(Int16Array.of(value, -value));
    }
    expect(new Set(table.flatMap(({ code }) => [code, code ^ 0x80])).size).toBe(256);
  });

  it("encodes all 65,536 samples to the interval they lie in", () => {
    const codes = encode(every);
    const expected = new Uint8Array(65_536);
    table.forEach(({ code, from, to }, at) => {
      const end = at === table.length - 1 ? 32_768 : to;
      // A magnitude on a decision value belongs to the outer interval; of a negative sample, to the inner one.
      for (let magnitude = from; magnitude < end; magnitude += 1) {
        expected[32_768 + magnitude] = code;
        expected[32_768 - magnitude - 1] = code ^ 0x80;
      }
    });
    expect(Buffer.compare(codes, expected)).toBe(0);
  });

  it("gives each code back, but for µ-law's second zero", () => {
    const codes = Uint8Array.from({ length: 256 }, (_, code) => code).filter((code) => code !== 0x7f || table === ALAW);
    expect(encode(decode(codes))).toEqual(codes);
  });

  it("allocates nothing when given room", () => {
    const samples = new Int16Array(160);
    const bytes = new Uint8Array(160);
    expect(encode(samples, bytes)).toBe(bytes);
    expect(decode(bytes, samples)).toBe(samples);
    expect(decode(bytes.subarray(0, 80), samples)).toHaveLength(80);
  });

  it("loses nothing when given too little room", () => {
    const samples = Int16Array.of(1000, -1000, 8000);
    expect(encode(samples, new Uint8Array(2))).toEqual(encode(samples));
    expect(decode(encode(samples), new Int16Array(2))).toEqual(decode(encode(samples)));
  });
});

describe("beside another implementation", () => {
  it("decodes alike", () => {
    const codes = Uint8Array.from({ length: 256 }, (_, code) => code);
    expect(decodeMulaw(codes)).toEqual(alawmulaw.mulaw.decode(codes));
    expect(decodeAlaw(codes)).toEqual(alawmulaw.alaw.decode(codes));
  });

  // The recommendation leaves open to which side a sample on a decision value goes. Ours, like the ITU's own G.191
  // library, takes the one's complement of a negative sample, so it goes inwards; theirs negates it: outwards.
  it.each([
    { law: "µ-law", table: MULAW, encode: encodeMulaw, theirs: alawmulaw.mulaw },
    { law: "A-law", table: ALAW, encode: encodeAlaw, theirs: alawmulaw.alaw },
  ])("encodes $law alike, but for the negative samples on the 127 decision values", ({ table, encode, theirs }) => {
    const [ourCodes, theirCodes] = [encode(every), theirs.encode(every)];
    const differing = every.filter((_, at) => ourCodes[at] !== theirCodes[at]);
    const decisions = table.slice(1).map(({ from }) => -from);
    expect(differing).toEqual(Int16Array.from(decisions).sort());
  });
});
