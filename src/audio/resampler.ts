import { BolchaalError } from "../errors.js";

/**
 * Changes the sample rate of a stream. Band-limited: nothing above half the lower rate gets through, so a 24 kHz voice
 * does not hiss at 8 kHz. Any cut of the input gives the same samples.
 */
export interface Resampler {
  /** Takes samples; gives those that are settled now. */
  process(samples: Int16Array): Int16Array;
  /** The stream is over: gives the last samples. The resampler is as new then. */
  flush(): Int16Array;
  /** Forgets the stream. */
  reset(): void;
  /** How far `process` lags behind its input, in ms. */
  readonly delayMs: number;
}

/** Input samples on each side of an output sample, at the lower of the two rates. */
const HALF_WIDTH = 32;
/** Kaiser window: about 70 dB of stop-band attenuation. */
const KAISER_BETA = 6.8;
/** Where the filter is at half, as a part of half the lower rate: the transition band ends at the alias limit. */
const CUTOFF = 0.928;

interface Filter {
  readonly up: number;
  readonly down: number;
  /** Input samples an output sample is made of. */
  readonly taps: number;
  /** By phase, `taps` coefficients each, oldest input first. */
  readonly phases: readonly Float64Array[];
}

const FILTERS = new Map<string, Filter>();

/**
 * @returns a resampler from `fromRate` to `toRate`, both whole numbers of Hz; the same rate passes through.
 * @throws BolchaalError `invalid-option`
 */
export function createResampler(fromRate: number, toRate: number): Resampler {
  for (const rate of [fromRate, toRate]) {
    if (!Number.isInteger(rate) || rate < 1) {
      throw new BolchaalError(`A sample rate of ${rate} Hz cannot be. Give a whole number of Hz.`, {
        code: "invalid-option",
        component: "audio",
      });
    }
  }
  if (fromRate === toRate) return passThrough();
  const { up, down, taps, phases } = filterFor(fromRate, toRate);
  const half = taps >> 1;
  // Past input, then new input; the first output is centred on the first sample, with silence before it.
  let buffer = new Float64Array(taps * 4);
  let filled = 0;
  /** The next output's place: whole input samples into the buffer, and the phase between two of them. */
  let position = 0;
  let phase = 0;
  let taken = 0;
  let given = 0;
  reset();

  function reset(): void {
    filled = half;
    buffer.fill(0, 0, half);
    position = half;
    phase = 0;
    taken = 0;
    given = 0;
  }

  function process(samples: Int16Array): Int16Array {
    taken += samples.length;
    return take(samples, samples.length);
  }

  function take(samples: Int16Array | undefined, count: number): Int16Array {
    append(samples, count);
    const available = filled - half - 1 - position;
    const size = available < 0 ? 0 : Math.floor((available * up + (up - 1 - phase)) / down) + 1;
    const out = new Int16Array(size);
    let written = 0;
    while (position + half < filled && written < size) {
      out[written++] = roundToSample(weightedSum(phases[phase] as Float64Array, buffer, position - half));
      phase += down;
      position += Math.floor(phase / up);
      phase %= up;
    }
    given += written;
    forget();
    return written === size ? out : out.subarray(0, written);
  }

  function append(samples: Int16Array | undefined, count: number): void {
    if (filled + count > buffer.length) {
      const larger = new Float64Array((filled + count) * 2);
      larger.set(buffer.subarray(0, filled));
      buffer = larger;
    }
    if (samples === undefined) buffer.fill(0, filled, filled + count);
    else buffer.set(samples, filled);
    filled += count;
  }

  /** Drops the input that no output needs any more. */
  function forget(): void {
    const unused = Math.min(position - half, filled);
    if (unused <= 0) return;
    buffer.copyWithin(0, unused, filled);
    filled -= unused;
    position -= unused;
  }

  return {
    process,
    flush() {
      const due = Math.round((taken * up) / down) - given;
      const last = take(undefined, half + 1 + Math.ceil(down / up)).slice(0, Math.max(0, due));
      reset();
      return last;
    },
    reset,
    delayMs: (half / fromRate) * 1000,
  };
}

/** In four sums that do not wait for each other: a single one takes nearly twice as long. */
function weightedSum(weights: Float64Array, values: Float64Array, from: number): number {
  let [first, second, third, fourth] = [0, 0, 0, 0];
  const whole = weights.length - (weights.length % 4);
  for (let at = 0; at < whole; at += 4) {
    first += (weights[at] as number) * (values[from + at] as number);
    second += (weights[at + 1] as number) * (values[from + at + 1] as number);
    third += (weights[at + 2] as number) * (values[from + at + 2] as number);
    fourth += (weights[at + 3] as number) * (values[from + at + 3] as number);
  }
  for (let at = whole; at < weights.length; at += 1) first += (weights[at] as number) * (values[from + at] as number);
  return first + second + (third + fourth);
}

function roundToSample(value: number): number {
  return Math.max(-32768, Math.min(32767, Math.round(value)));
}

function passThrough(): Resampler {
  return { process: (samples) => samples, flush: () => new Int16Array(0), reset() {}, delayMs: 0 };
}

function filterFor(fromRate: number, toRate: number): Filter {
  const key = `${fromRate}>${toRate}`;
  const known = FILTERS.get(key);
  if (known !== undefined) return known;
  const filter = designFilter(fromRate, toRate);
  FILTERS.set(key, filter);
  return filter;
}

/** A windowed sinc, cut into one set of coefficients for each phase an output can have between two inputs. */
function designFilter(fromRate: number, toRate: number): Filter {
  const common = greatestCommonDivisor(fromRate, toRate);
  const up = toRate / common;
  const down = fromRate / common;
  const lower = Math.min(fromRate, toRate);
  const half = Math.ceil((HALF_WIDTH * fromRate) / lower);
  const taps = 2 * half + 1;
  const cutoff = (CUTOFF * lower) / fromRate;
  const phases = Array.from({ length: up }, (_, phase) => {
    const coefficients = Float64Array.from({ length: taps }, (_, tap) => {
      const distance = half - tap + phase / up;
      return cutoff * sinc(cutoff * distance) * kaiser(distance / (half + 1));
    });
    const gain = coefficients.reduce((sum, value) => sum + value, 0);
    return coefficients.map((value) => value / gain);
  });
  return { up, down, taps, phases };
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** The Kaiser window at `x` from -1 to 1. */
function kaiser(x: number): number {
  return Math.abs(x) >= 1 ? 0 : besselI0(KAISER_BETA * Math.sqrt(1 - x * x)) / besselI0(KAISER_BETA);
}

/** The modified Bessel function of order 0, by its series. */
function besselI0(x: number): number {
  let [sum, term] = [1, 1];
  for (let k = 1; term > sum * 1e-12; k += 1) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
