import { describe, expect, it } from "vitest";
import { echoLikeness } from "../../src/audio/echo.js";
import {
  ALAW_8K,
  applyGain,
  bytesOfSamples,
  createGain,
  createSampleReader,
  decodeMulaw,
  encodeMulaw,
  MULAW_8K,
  PCM_8K,
} from "../../src/audio/index.js";

/** A sound with no period of its own: noise through a resonance, its loudness rising and falling. */
function babble(seed: number, samples: number): Int16Array {
  let state = seed;
  let [last, before] = [0, 0];
  return Int16Array.from({ length: samples }, (_, at) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    const next = (state / 2 ** 32 - 0.5) * 4000 + 1.5 * last - 0.8 * before;
    [last, before] = [next, last];
    return Math.round(next * (1 + Math.sin(at / 700)));
  });
}

const played = babble(7, 6560);
const echoAt = (delay: number, gainDb: number) =>
  applyGain(played.slice(played.length - 960 - delay, played.length - delay), gainDb);

describe("echoLikeness", () => {
  it.each([0, 160, 801, 3000, 5600])("finds an echo %i samples late, and how soft it is", (delay) => {
    const { correlation, gainDb, lagSamples } = echoLikeness(echoAt(delay, -18), played);
    expect(Math.abs(lagSamples - delay)).toBeLessThanOrEqual(8);
    expect(correlation).toBeGreaterThan(delay % 2 === 0 ? 0.99 : 0.7);
    expect(gainDb).toBeCloseTo(-18, delay % 2 === 0 ? 1 : -1);
  });

  it("finds it through µ-law", () => {
    const heard = decodeMulaw(encodeMulaw(echoAt(1600, -18)));
    expect(echoLikeness(heard, played).correlation).toBeGreaterThan(0.98);
  });

  it("finds none in another sound", () => {
    expect(echoLikeness(babble(99, 960), played).correlation).toBeLessThan(0.4);
  });

  it.each([
    ["silence heard", new Int16Array(960), played],
    ["silence played", babble(1, 960), new Int16Array(6560)],
    ["nothing", new Int16Array(0), new Int16Array(0)],
    ["less played than heard", babble(1, 960), played.slice(0, 100)],
  ])("has no opinion on %s", (_, heard, before) => {
    expect(echoLikeness(heard, before).correlation).toBe(0);
  });
});

describe("createGain", () => {
  const sound = babble(3, 800);

  it.each([
    ["µ-law", MULAW_8K, encodeMulaw(sound), decodeMulaw],
    ["PCM", PCM_8K, bytesOfSamples(sound), (bytes: Uint8Array) => createSampleReader().read(bytes)],
  ])("makes %s softer by what it says", (_, format, bytes, decode) => {
    const soft = decode(createGain(format, -12)(bytes));
    const loud = decode(bytes);
    const power = (samples: Int16Array) => samples.reduce((sum, sample) => sum + sample * sample, 0);
    expect(10 * Math.log10(power(soft) / power(loud))).toBeCloseTo(-12, 0);
    expect(soft).toHaveLength(loud.length);
  });

  it("leaves silence silent", () => {
    expect([...createGain(MULAW_8K, -12)(Uint8Array.of(0xff, 0xff))]).toEqual([0xff, 0xff]);
    expect([...createGain(ALAW_8K, -12)(Uint8Array.of(0xd5))]).toEqual([0xd5]);
  });
});
