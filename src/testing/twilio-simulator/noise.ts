/** Numbers that look random, the same for the same seed, from 0 up to 1. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    // Tommy Ettinger's mulberry32, in the public domain.
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Noise of a colour, at a level (root mean square, dBFS). */
export function noise(
  colour: "white" | "pink" | "brown",
  samples: number,
  levelDbfs: number,
  random: () => number,
): Int16Array {
  const shape = { white: (value: number) => value, pink: pinkFilter(), brown: brownFilter() }[colour];
  const values = Float64Array.from({ length: samples }, () => shape(random() * 2 - 1));
  const power = values.reduce((sum, value) => sum + value * value, 0) / Math.max(1, samples);
  const gain = power === 0 ? 0 : (32_768 * 10 ** (levelDbfs / 20)) / Math.sqrt(power);
  return Int16Array.from(values, (value) => Math.max(-32_768, Math.min(32_767, Math.round(value * gain))));
}

/** Paul Kellet's three-pole filter: white to pink within half a decibel above 10 Hz. */
function pinkFilter(): (white: number) => number {
  let slow = 0;
  let middle = 0;
  let fast = 0;
  return (white) => {
    slow = 0.99765 * slow + white * 0.099046;
    middle = 0.963 * middle + white * 0.2965164;
    fast = 0.57 * fast + white * 1.0526913;
    return slow + middle + fast + white * 0.1848;
  };
}

/** A leaky sum: 6 dB less an octave above 25 Hz. */
function brownFilter(): (white: number) => number {
  let sum = 0;
  return (white) => {
    sum = 0.98 * sum + white;
    return sum;
  };
}
