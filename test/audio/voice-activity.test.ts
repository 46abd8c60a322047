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
    "does not take %s noise for speech; if it rises from −20 dB in 10 s, once at most",
    (name) => {
      const noise = fixture(`noise/${name}.wav`).subarray(0, 10 * 8000);
      expect(turns(padded(0, noise)).starts).toEqual([]);
      const rising = Int16Array.from(noise, (sample, at) => sample * (0.1 + (0.9 * at) / noise.length));
      expect(turns(padded(0, rising)).starts.length).toBeLessThanOrEqual(1);
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

  it.each(["ring-back-india", "ring-back-us", "dial-tone", "busy", "dtmf"])(
    "does not take %s on a noisy line for speech",
    (name) => {
      const tone = fixture(`noise/${name}.wav`);
      const noise = fixture("noise/pink.wav");
      const both = Int16Array.from({ length: 80_000 }, (_, at) => {
        return (tone[at % tone.length] as number) + 0.1 * (noise[at] as number);
      });
      expect(turns(both).starts).toEqual([]);
    },
  );

  it.each([0, 5, 10, 15, 20, 25])(
    "takes noise that comes out of silence for speech once at most, and for no longer than 0.6 s (from %i s)",
    (seconds) => {
      const noise = fixture("noise/white.wav").subarray(seconds * 8000, (seconds + 5) * 8000);
      const { starts, ends } = turns(padded(1000, noise));
      expect(starts.length).toBeLessThanOrEqual(1);
      expect((ends[0] ?? 0) - (starts[0] ?? 0)).toBeLessThanOrEqual(600);
    },
  );

  it.each([0, 100, 200, 340])("ends a steady voice %i ms after the last frame that has some of it", (hangoverMs) => {
    // Half a second of pulses at 125 Hz, a frame's whole number of periods, and then nothing at all.
    const voice = Int16Array.from({ length: 4000 }, (_, at) => (at % 64 === 0 ? 16_000 : 0));
    const { starts, ends } = turns(padded(1000, voice), { hangoverMs });
    expect({ starts, ends }).toEqual({ starts: [1020], ends: [1500 + Math.max(20, Math.ceil(hangoverMs / 20) * 20)] });
  });

  it("hears speech again after noise has come up", () => {
    const speech = fixture("speech/tuning/13-flite-slt.wav");
    const noise = fixture("noise/brown.wav");
    const gainAt = (at: number) => 0.003 + (at < 3 * 8000 ? 0 : 0.2);
    const scene = padded(6000, speech).map((sample, at) => sample + gainAt(at) * (noise[at] as number));
    const { starts } = turns(scene);
    expect(starts.filter((start) => start > 4000)).toEqual([expect.closeTo(6240, -2)]);
  });

  it("does not take a click for speech", () => {
    const click = Int16Array.from({ length: 200 }, (_, at) => (at % 7 < 3 ? 9000 : -9000) * (1 - at / 200));
    expect(turns(padded(1000, click)).starts).toEqual([]);
  });

  it("ends speech its hangover after the last voice", () => {
    const speech = fixture("speech/tuning/19-flite-rms.wav");
    const short = turns(padded(1000, speech), { hangoverMs: 200 }).ends.at(-1) ?? 0;
    const long = turns(padded(1000, speech), { hangoverMs: 400 }).ends.at(-1) ?? 0;
    expect(long - short).toBe(200);
  });

  it("waits for more of it before speech begins, if told to", () => {
    const speech = padded(1000, fixture("speech/tuning/11-en-us-f3.wav"));
    const [early, usual, late] = [40, 60, 300].map((onsetMs) => turns(speech, { onsetMs }).starts[0] ?? 0);
    expect(early).toBeLessThanOrEqual(usual as number);
    expect(late).toBeGreaterThan(usual as number);
  });

  it("tells a likelihood of at least a half where it hears speech, and less in noise", () => {
    const stream = voiceActivityDetector().doDetect();
    const likelihoods = (samples: Int16Array) =>
      Array.from({ length: Math.floor(samples.length / FRAME) }, (_, at) => {
        stream.process(samples.subarray(at * FRAME, (at + 1) * FRAME));
        return stream.probability;
      });
    expect(Math.max(...likelihoods(fixture("noise/pink.wav").subarray(0, 80_000)))).toBeLessThan(0.5);
    const speech = likelihoods(fixture("speech/tuning/13-flite-slt.wav"));
    expect(speech.filter((likelihood) => likelihood >= 0.5).length / speech.length).toBeGreaterThan(0.6);
  });

  it("is as new when reset in the middle of speech", () => {
    const speech = padded(200, fixture("speech/tuning/03-hi.wav"));
    const stream = voiceActivityDetector().doDetect();
    const run = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, at) => [
        stream.process(speech.subarray((from + at) * FRAME, (from + at + 1) * FRAME)),
        stream.probability,
      ]);
    const first = run(0, 60);
    expect(first.at(-1)?.[0]).toBe(true);
    stream.reset();
    expect(stream.probability).toBe(0);
    expect(run(0, 60)).toEqual(first);
  });

  it("does not care what another call hears", () => {
    const detector = voiceActivityDetector();
    const speech = fixture("speech/tuning/03-hi.wav");
    const noise = fixture("noise/white.wav");
    const [alone, one, other] = [detector.doDetect(), detector.doDetect(), detector.doDetect()];
    for (let at = 0; at + FRAME <= speech.length; at += FRAME) {
      const frame = speech.subarray(at, at + FRAME);
      other.process(noise.subarray(at, at + FRAME));
      expect(one.process(frame)).toBe(alone.process(frame));
    }
  });

  it.each([
    { hangoverMs: -1 },
    { hangoverMs: 5000 },
    { hangoverMs: Number.NaN },
    { onsetMs: 0 },
    { onsetMs: 501 },
    { floorDbfs: 3 },
  ])("refuses %o", (options) => {
    expect(() => voiceActivityDetector(options)).toThrow(expect.objectContaining({ code: "invalid-option" }));
  });

  it.each([0, 159, 161])("refuses a frame of %i samples", (length) => {
    const stream = voiceActivityDetector().doDetect();
    expect(() => stream.process(new Int16Array(length))).toThrow(expect.objectContaining({ code: "invalid-audio" }));
  });
});
