import { roomForBytes, roomForSamples } from "./room.js";

/**
 * G.711, as in ITU-T Recommendation G.711 (11/88), tables 1 and 2: 8-bit logarithmic samples for 14-bit (µ-law) and
 * 13-bit (A-law) linear ones. Linear samples here are 16 bits wide, the standard's values at the top of them.
 */

/** µ-law segments begin at these 14-bit magnitudes once the bias of 33 is added. */
const MULAW_BIAS = 33;
/** The largest 14-bit magnitude that has a code of its own; all beyond share it. */
const MULAW_CLIP = 8158;

const MULAW_TO_LINEAR = Int16Array.from({ length: 256 }, (_, code) => mulawToLinear(code));
const ALAW_TO_LINEAR = Int16Array.from({ length: 256 }, (_, code) => alawToLinear(code));
/** By 14-bit value, two's complement. */
const LINEAR_TO_MULAW = Uint8Array.from({ length: 1 << 14 }, (_, index) => linearToMulaw((index << 18) >> 18));
/** By 13-bit value, two's complement. */
const LINEAR_TO_ALAW = Uint8Array.from({ length: 1 << 13 }, (_, index) => linearToAlaw((index << 19) >> 19));

/**
 * µ-law bytes as 16-bit samples.
 * @param out Filled if large enough; nothing is allocated when it fits exactly.
 * @returns as many samples as there are bytes.
 */
export function decodeMulaw(bytes: Uint8Array, out?: Int16Array): Int16Array {
  return decode(MULAW_TO_LINEAR, bytes, roomForSamples(bytes.length, out));
}

/**
 * A-law bytes as 16-bit samples.
 * @param out Filled if large enough; nothing is allocated when it fits exactly.
 * @returns as many samples as there are bytes.
 */
export function decodeAlaw(bytes: Uint8Array, out?: Int16Array): Int16Array {
  return decode(ALAW_TO_LINEAR, bytes, roomForSamples(bytes.length, out));
}

/**
 * 16-bit samples as µ-law bytes.
 * @param out Filled if large enough; nothing is allocated when it fits exactly.
 * @returns as many bytes as there are samples.
 */
export function encodeMulaw(samples: Int16Array, out?: Uint8Array): Uint8Array {
  const room = roomForBytes(samples.length, out);
  for (let at = 0; at < samples.length; at += 1) {
    room[at] = LINEAR_TO_MULAW[((samples[at] as number) >> 2) & 0x3fff] as number;
  }
  return room;
}

/**
 * 16-bit samples as A-law bytes.
 * @param out Filled if large enough; nothing is allocated when it fits exactly.
 * @returns as many bytes as there are samples.
 */
export function encodeAlaw(samples: Int16Array, out?: Uint8Array): Uint8Array {
  const room = roomForBytes(samples.length, out);
  for (let at = 0; at < samples.length; at += 1) {
    room[at] = LINEAR_TO_ALAW[((samples[at] as number) >> 3) & 0x1fff] as number;
  }
  return room;
}

function decode(table: Int16Array, bytes: Uint8Array, room: Int16Array): Int16Array {
  for (let at = 0; at < bytes.length; at += 1) room[at] = table[bytes[at] as number] as number;
  return room;
}

/** Table 2a/2b: the bits are sent inverted; segment and step give the middle of the interval. */
function mulawToLinear(code: number): number {
  const bits = ~code & 0xff;
  const segment = (bits >> 4) & 7;
  const magnitude = (((bits & 0x0f) * 2 + MULAW_BIAS) << segment) - MULAW_BIAS;
  return (bits & 0x80 ? -magnitude : magnitude) * 4;
}

/** The interval of a 14-bit value. */
function linearToMulaw(value: number): number {
  // A negative value between two integers of the standard's is rounded away from zero by `>> 2`: it is taken back.
  const magnitude = Math.min(value < 0 ? -value - 1 : value, MULAW_CLIP) + MULAW_BIAS;
  const segment = Math.max(0, 31 - Math.clz32(magnitude) - 5);
  const bits = (value < 0 ? 0x80 : 0) | (segment << 4) | ((magnitude >> (segment + 1)) & 0x0f);
  return ~bits & 0xff;
}

/** Table 1a/1b: even bits are sent inverted (0x55); segment 0 and 1 share a step. */
function alawToLinear(code: number): number {
  const bits = code ^ 0x55;
  const segment = (bits >> 4) & 7;
  const step = (bits & 0x0f) * 2 + 1;
  const magnitude = segment === 0 ? step : (step + 32) << (segment - 1);
  return (bits & 0x80 ? magnitude : -magnitude) * 8;
}

/** The interval of a 13-bit value. */
function linearToAlaw(value: number): number {
  const magnitude = value < 0 ? -value - 1 : value;
  const segment = Math.max(0, 31 - Math.clz32(magnitude) - 4);
  const step = segment === 0 ? magnitude >> 1 : (magnitude >> segment) & 0x0f;
  return ((value < 0 ? 0 : 0x80) | (segment << 4) | step) ^ 0x55;
}
