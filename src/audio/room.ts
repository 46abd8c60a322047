/** The first `length` bytes of `out`, or new ones if it is not given or too short: what is written is never lost. */
export function roomForBytes(length: number, out?: Uint8Array): Uint8Array {
  if (out === undefined || out.length < length) return new Uint8Array(length);
  return out.length === length ? out : out.subarray(0, length);
}

/** The first `length` samples of `out`, or new ones if it is not given or too short: what is written is never lost. */
export function roomForSamples(length: number, out?: Int16Array): Int16Array {
  if (out === undefined || out.length < length) return new Int16Array(length);
  return out.length === length ? out : out.subarray(0, length);
}
