/** The window: the newest 256 samples (32 ms at 8 kHz), so that a 20 ms frame overlaps the one before. */
export const WINDOW_SAMPLES = 256;
/** Bins from 0 to 4 kHz, 31.25 Hz apart. */
export const BINS = WINDOW_SAMPLES / 2;
/** White noise has this many times its variance in each bin: the sum of the Hann window's squares. */
export const WHITE_NOISE_GAIN = (3 / 8) * WINDOW_SAMPLES;

/** The power spectrum of real windows, into the same array each time. */
export function createSpectrum(): (window: Float64Array) => Float64Array {
  const half = WINDOW_SAMPLES / 2;
  const hann = Float64Array.from(
    { length: WINDOW_SAMPLES },
    (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / WINDOW_SAMPLES),
  );
  const cosine = Float64Array.from({ length: WINDOW_SAMPLES }, (_, at) =>
    Math.cos((2 * Math.PI * at) / WINDOW_SAMPLES),
  );
  const sine = Float64Array.from({ length: WINDOW_SAMPLES }, (_, at) => Math.sin((2 * Math.PI * at) / WINDOW_SAMPLES));
  const reversed = bitReversal(half);
  const real = new Float64Array(half);
  const imaginary = new Float64Array(half);
  const power = new Float64Array(BINS);

  return (window) => {
    // Two real samples make one complex: a transform of half the length, taken apart at the end.
    for (let at = 0; at < half; at += 1) {
      const to = reversed[at] as number;
      real[to] = (window[2 * at] as number) * (hann[2 * at] as number);
      imaginary[to] = (window[2 * at + 1] as number) * (hann[2 * at + 1] as number);
    }
    for (let size = 2; size <= half; size *= 2) {
      const step = WINDOW_SAMPLES / size;
      for (let from = 0; from < half; from += size) {
        for (let place = 0; place < size / 2; place += 1) {
          const low = from + place;
          const high = low + size / 2;
          const c = cosine[place * step] as number;
          const s = -(sine[place * step] as number);
          const re = (real[high] as number) * c - (imaginary[high] as number) * s;
          const im = (real[high] as number) * s + (imaginary[high] as number) * c;
          real[high] = (real[low] as number) - re;
          imaginary[high] = (imaginary[low] as number) - im;
          real[low] = (real[low] as number) + re;
          imaginary[low] = (imaginary[low] as number) + im;
        }
      }
    }
    power[0] = ((real[0] as number) + (imaginary[0] as number)) ** 2;
    for (let bin = 1; bin < half; bin += 1) {
      const mirror = half - bin;
      const evenRe = ((real[bin] as number) + (real[mirror] as number)) / 2;
      const evenIm = ((imaginary[bin] as number) - (imaginary[mirror] as number)) / 2;
      const oddRe = ((imaginary[bin] as number) + (imaginary[mirror] as number)) / 2;
      const oddIm = ((real[mirror] as number) - (real[bin] as number)) / 2;
      const c = cosine[bin] as number;
      const s = -(sine[bin] as number);
      power[bin] = (evenRe + oddRe * c - oddIm * s) ** 2 + (evenIm + oddRe * s + oddIm * c) ** 2;
    }
    return power;
  };
}

function bitReversal(length: number): Uint16Array {
  const bits = Math.log2(length);
  return Uint16Array.from({ length }, (_, index) => {
    let reversed = 0;
    for (let bit = 0; bit < bits; bit += 1) reversed |= ((index >> bit) & 1) << (bits - 1 - bit);
    return reversed;
  });
}
