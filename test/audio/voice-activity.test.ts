import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  applyGain,
  decodeMulaw,
  readWav,
  type VoiceActivityOptions,
  voiceActivityDetector,
} from "../../src/audio/index.js";

const FRAME = 160;

function fixture(path: string): Int16Array {
  return decodeMulaw(readWav(readFileSync(join(import.meta.dirname, "../fixtures", path))).data);
}

function padded(silentMs: number, samples: Int16Array, endMs = 1000): Int16Array {
  const all = new Int16Array(silentMs * 8 + samples.length + endMs * 8);
  all.set(samples, silentMs * 8);
  return all;
}

/** Where speech begins and ends, in ms from the start. */
function turns(
  samples: Int16Array,
  options?: VoiceActivityOptions,
): { readonly starts: number[]; readonly ends: number[] } {
  const stream = voiceActivityDetector(options).doDetect();
  const starts: number[] = [];
  const ends: number[] = [];
  let speaking = false;
  for (let at = 0; at + FRAME <= samples.length; at += FRAME) {
    const now = stream.process(samples.subarray(at, at + FRAME));
    if (now !== speaking) (now ? starts : ends).push((at + FRAME) / 8);
    speaking = now;
  }
  return { starts, ends };
}

describe("voiceActivityDetector", () => {
  it.each(["19-flite-rms", "01-flite-rms", "03-hi", "11-en-us-f3", "13-flite-slt", "27-hi-m3"])("hears %s", (name) => {
    const speech = fixture(`speech/tuning/${name}.wav`);
    const { starts, ends } = turns(padded(1000, speech));
    expect(starts[0]).toBeGreaterThan(1000);
    expect(starts[0]).toBeLessThan(1300);
    expect(ends.at(-1)).toBeLessThan(1000 + speech.length / 8 + 260);
    expect(ends).toHaveLength(starts.length);
  });

  it.each([-30, -18, 0])("hears the same speech %i dB softer", (gainDb) => {
    const speech = applyGain(fixture("speech/tuning/11-en-us-f3.wav"), gainDb);
    expect(turns(padded(1000, speech)).starts[0]).toBeLessThan(1300);
  });

  it("hears speech that begins with the call", () => {
    expect(turns(fixture("speech/tuning/11-en-us-f3.wav")).starts[0]).toBeLessThan(200);
  });

  it.each(["white", "pink", "brown"])(
    "does not take %s noise for speech, also when it comes out of silence and rises",
    (name) => {
      const noise = fixture(`noise/${name}.wav`).subarray(0, 10 * 8000);
      expect(turns(padded(0, noise)).starts).toEqual([]);
      const rising = Int16Array.from(noise, (sample, at) => sample * (0.1 + (0.9 * at) / noise.length));
      expect(turns(padded(0, rising)).starts).toEqual([]);
    },
  );

  it.each(["ring-back-india", "ring-back-us", "dial-tone", "busy", "dtmf"])(
    "does not take %s for speech, loud or soft",
    (name) => {
      const tone = fixture(`noise/${name}.wav`);
      for (const gainDb of [0, -12])
        expect(turns(padded(500, applyGain(tone, gainDb))).starts, `${gainDb} dB`).toEqual([]);
    },
  );

  it("does not take a click for speech", () => {
    const click = Int16Array.from({ length: 200 }, (_, at) => (at % 7 < 3 ? 9000 : -9000) * (1 - at / 200));
    expect(turns(padded(1000, click)).starts).toEqual([]);
  });

  it("ends speech its hangover after the last voice", () => {
    const speech = fixture("speech/tuning/19-flite-rms.wav");
    const short = turns(padded(1000, speech), { hangoverMs: 100 }).ends[0] ?? 0;
    const long = turns(padded(1000, speech), { hangoverMs: 300 }).ends[0] ?? 0;
    expect(long - short).toBe(200);
  });

  it("is as new when reset, and the same each time", () => {
    const speech = padded(200, fixture("speech/tuning/03-hi.wav"));
    const stream = voiceActivityDetector().doDetect();
    const run = () =>
      Array.from({ length: Math.floor(speech.length / FRAME) }, (_, at) =>
        stream.process(speech.subarray(at * FRAME, (at + 1) * FRAME)),
      );
    const first = run();
    stream.reset();
    expect(run()).toEqual(first);
  });

  it.each([-1, 5000, Number.NaN])("refuses a hangover of %d ms", (hangoverMs) => {
    expect(() => voiceActivityDetector({ hangoverMs })).toThrow(expect.objectContaining({ code: "invalid-option" }));
  });
});
