import { throughTelephone } from "./labelled-calls.js";

const RATE = 8000;
const CALLS = 20;
/** Far enough apart that no two calls have the same stretch of noise, and not whole frames, so that sounds begin anywhere in one. */
const STRIDE_SAMPLES = 20_037;

/** A minute of it, repeated if it is shorter. */
export function minute(sound: Int16Array): Int16Array {
  return Int16Array.from({ length: 60 * RATE }, (_, at) => sound[at % sound.length] as number);
}

/** Calls with a second of line noise, 40 dB down, and a burst of noise in the middle. */
export function burst(noise: Int16Array, lengthMs: number): Int16Array[] {
  return inQuiet(noise, (at) => (at < (lengthMs * RATE) / 1000 ? 1 : 0));
}

/** As {@link burst}, but fading by 35 dB over its length, as a knock or a cough does. */
export function cough(noise: Int16Array, lengthMs: number): Int16Array[] {
  const length = (lengthMs * RATE) / 1000;
  return inQuiet(noise, (at) => (at < length ? Math.exp((-4 * at) / length) : 0));
}

/** Calls of six seconds whose noise, after two, goes from `fromDb` to its full level within `withinMs`. */
export function changes(noise: Int16Array, fromDb: number, withinMs: number): Int16Array[] {
  const start = 2 * RATE;
  const length = (withinMs * RATE) / 1000;
  const gainAt = (at: number) => {
    if (at < start) return 10 ** (fromDb / 20);
    return at >= start + length ? 1 : 10 ** ((fromDb * (1 - (at - start) / length)) / 20);
  };
  return calls((call) =>
    throughTelephone(Array.from({ length: 6 * RATE }, (_, at) => gainAt(at) * sampleOf(noise, call, at))),
  );
}

/** The sound in noise of the given ratio, the sound's pauses counted. */
export function over(sound: Int16Array, noise: Int16Array, snrDb: number): Int16Array {
  const gain = (rms(sound) / rms(noise)) * 10 ** (-snrDb / 20);
  return throughTelephone(Array.from(sound, (sample, at) => sample + gain * sampleOf(noise, 0, at)));
}

function inQuiet(noise: Int16Array, gainAt: (at: number) => number): Int16Array[] {
  return calls((call) => {
    const start = RATE + call * 37;
    return throughTelephone(
      Array.from({ length: 2 * RATE }, (_, at) => {
        const gain = at < start ? 0 : gainAt(at - start);
        return sampleOf(noise, call, at) * (0.01 + gain);
      }),
    );
  });
}

function calls(make: (call: number) => Int16Array): Int16Array[] {
  return Array.from({ length: CALLS }, (_, call) => make(call));
}

function sampleOf(noise: Int16Array, call: number, at: number): number {
  return noise[(call * STRIDE_SAMPLES + at) % noise.length] as number;
}

function rms(samples: Int16Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample ** 2;
  return Math.sqrt(sum / samples.length);
}
