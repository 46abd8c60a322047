/**
 * What audio costs: microseconds per frame of 20 ms of one stream, frame by frame as a call has them. A measured value is
 * the mean over a batch of frames, as one frame is too short for the clock; the percentiles are over the batches.
 */
import {
  ALAW_8K,
  bytesForMs,
  createAudioConverter,
  decodeAlaw,
  decodeMulaw,
  encodeAlaw,
  encodeMulaw,
  MULAW_8K,
  PCM_8K,
  PCM_16K,
  PCM_24K,
} from "../../src/audio/index.js";
import type { AudioFormat } from "../../src/spec/index.js";
import { machineLine, percentiles, printTable } from "./report.js";

const FRAME_MS = 20;
const BATCH_FRAMES = 50;
const WARM_UP_BATCHES = 40;
const BATCHES = 300;
const PCM_48K: AudioFormat = { type: "audio/pcm", rate: 48_000 };

/** The last column: how many streams one core keeps up with. */
function row(what: string, frame: () => unknown): string[] {
  const micros: number[] = [];
  for (let batch = -WARM_UP_BATCHES; batch < BATCHES; batch += 1) {
    const start = process.hrtime.bigint();
    for (let at = 0; at < BATCH_FRAMES; at += 1) frame();
    if (batch >= 0) micros.push(Number(process.hrtime.bigint() - start) / 1000 / BATCH_FRAMES);
  }
  const { p50, p95, p99 } = percentiles(micros);
  return [what, ...[p50, p95, p99].map((value) => value.toFixed(2)), String(Math.floor((FRAME_MS * 1000) / p50))];
}

function noise(format: AudioFormat): Uint8Array {
  let seed = 1;
  return Uint8Array.from({ length: bytesForMs(FRAME_MS, format) }, (_, at) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return format.type === "audio/pcm" && at % 2 === 1 ? (seed % 26) - 13 : seed & 0xff;
  });
}

function conversion(from: AudioFormat, to: AudioFormat): string[] {
  const converter = createAudioConverter(from, to);
  const frame = noise(from);
  return row(`${nameOf(from)} → ${nameOf(to)}`, () => converter.convert(frame));
}

function nameOf({ type, rate }: AudioFormat): string {
  return `${type.slice("audio/".length)} ${rate / 1000}k`;
}

const samples = new Int16Array(noise(PCM_8K).buffer);
const codes = noise(MULAW_8K);
const roomForCodes = new Uint8Array(codes.length);
const roomForSamples = new Int16Array(codes.length);
const columns = ["per 20 ms", "p50 µs", "p95 µs", "p99 µs", "streams a core"];

console.log(machineLine());
printTable("G.711, into given room", columns, [
  row("µ-law encode", () => encodeMulaw(samples, roomForCodes)),
  row("µ-law decode", () => decodeMulaw(codes, roomForSamples)),
  row("A-law encode", () => encodeAlaw(samples, roomForCodes)),
  row("A-law decode", () => decodeAlaw(codes, roomForSamples)),
]);
const linear = [PCM_8K, PCM_16K, PCM_24K, PCM_48K];
printTable("Resampling, PCM bytes in and out", columns, [
  ...linear.flatMap((from) => linear.filter((to) => to !== from).map((to) => conversion(from, to))),
]);
printTable("Conversions a call has", columns, [
  conversion(MULAW_8K, MULAW_8K),
  conversion(MULAW_8K, PCM_8K),
  conversion(MULAW_8K, PCM_16K),
  conversion(MULAW_8K, PCM_24K),
  conversion(ALAW_8K, MULAW_8K),
  conversion(PCM_16K, MULAW_8K),
  conversion(PCM_24K, MULAW_8K),
  conversion(PCM_24K, ALAW_8K),
]);
