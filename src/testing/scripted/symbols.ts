/**
 * Symbols are eight levels, −7 to 7 in steps of 2, three bits each: the spacing outlives G.711 twice over and a change
 * of volume.
 */
export const TOP_LEVEL = 7;

/** The size of level 1, in sample units: the loudest level is −13 dBFS. */
export const UNIT = 1000;

/** Every second sample carries a symbol, so that the sound stays below 3 kHz and passes through resamplers. */
export const SAMPLES_PER_SYMBOL = 2;

/** The bytes as levels, three bits each, the last one filled up with zeros. */
export function symbolsOf(bytes: Uint8Array): number[] {
  const levels: number[] = [];
  const bits = bytes.length * 8;
  for (let at = 0; at < bits; at += 3) {
    let symbol = 0;
    for (let bit = at; bit < at + 3; bit += 1) {
      const value = bit < bits ? ((bytes[bit >> 3] as number) >> (7 - (bit & 7))) & 1 : 0;
      symbol = (symbol << 1) | value;
    }
    levels.push((2 * symbol - TOP_LEVEL) * UNIT);
  }
  return levels;
}

/** Half-way interpolation: a windowed sinc, the nearest symbol on each side first. */
const TAPS = [0.5, 1.5, 2.5, 3.5].map(
  (at) => (Math.sin(Math.PI * at) / (Math.PI * at)) * Math.cos((Math.PI * at) / 8) ** 2,
);

/** `symbols` over and over as `length` samples: each symbol a sample, and a smooth one between two. */
export function interpolated(symbols: readonly number[], length: number): Int16Array {
  const level = (at: number) => (at < 0 ? 0 : (symbols[at % symbols.length] as number));
  const samples = new Int16Array(length);
  for (let at = 0; at < length; at += 1) {
    const symbol = at >> 1;
    samples[at] = at % 2 === 0 ? level(symbol) : between(level, symbol);
  }
  return samples;
}

function between(level: (at: number) => number, symbol: number): number {
  return Math.round(TAPS.reduce((sum, tap, step) => sum + tap * (level(symbol - step) + level(symbol + 1 + step)), 0));
}
