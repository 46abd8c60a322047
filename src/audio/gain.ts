import type { AudioFormat } from "../spec/index.js";
import { bytesOfSamples, createSampleReader } from "./framing.js";
import { decodeAlaw, decodeMulaw, encodeAlaw, encodeMulaw } from "./g711.js";
import { applyGain } from "./levels.js";

/**
 * Makes sound of a format louder or softer, byte for byte. G.711 needs one look into a table a sample.
 * @param gainDb Negative is softer.
 * @returns a function that gives new bytes, as many as it was given, of whole samples.
 */
export function createGain(format: AudioFormat, gainDb: number): (bytes: Uint8Array) => Uint8Array {
  if (format.type === "audio/pcm")
    return (bytes) => bytesOfSamples(applyGain(createSampleReader().read(bytes), gainDb));
  const [decode, encode] = format.type === "audio/pcmu" ? [decodeMulaw, encodeMulaw] : [decodeAlaw, encodeAlaw];
  const codes = Uint8Array.from({ length: 256 }, (_, code) => code);
  const table = encode(applyGain(decode(codes), gainDb));
  return (bytes) => bytes.map((code) => table[code] as number);
}
