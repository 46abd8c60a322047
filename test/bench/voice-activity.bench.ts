/**
 * The built-in voice activity detector against its bars, on the committed fixtures (test/fixtures/make-speech.sh).
 *
 * What counts. A 20 ms frame of an utterance is speech if its level, in the clean recording, is within 30 dB of the
 * utterance's active level (the mean power of its frames within 30 dB of the loudest); gaps under 200 ms belong to the
 * speech around them. A frame found is one for which the detector says "speaking". A false frame is one for which it says
 * so before the speech, or later than its hangover and two frames after it. The onset delay is from the beginning of the
 * first speech frame that is no weaker than the noise to the end of the frame in which the detector turns on. Noise is mixed at the stated ratio to the active
 * level, −22 dBFS; without noise, levels vary from −30 to −14 dBFS. Everything passes through µ-law, as on the telephone. One detector hears a
 * whole set, as in a long call: three seconds of noise, then the utterances with 1.5 s between them.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { decodeMulaw, encodeMulaw, readWav } from "../../src/audio/index.js";
import { DEFAULT_VOICE_HANGOVER_MS, voiceActivityDetector } from "../../src/audio/voice-activity.js";
import { machineLine, percentiles, printTable } from "./report.js";

const FRAME = 160;
const FIXTURES = join(import.meta.dirname, "../fixtures");
const HANGOVER_FRAMES = DEFAULT_VOICE_HANGOVER_MS / 20 + 2;

interface Utterance {
  readonly name: string;
  readonly samples: Int16Array;
  readonly speech: readonly boolean[];
  readonly activePower: number;
}

function load(path: string): Int16Array {
  return decodeMulaw(readWav(readFileSync(join(FIXTURES, path))).data);
}

function powers(samples: Int16Array): number[] {
  return Array.from({ length: Math.floor(samples.length / FRAME) }, (_, frame) => {
    let sum = 0;
    for (let at = frame * FRAME; at < (frame + 1) * FRAME; at += 1) sum += (samples[at] as number) ** 2;
    return sum / FRAME;
  });
}

function utterance(set: string, name: string): Utterance {
  const samples = load(`speech/${set}/${name}`);
  const levels = powers(samples);
  const loud = levels.filter((level) => level > Math.max(...levels) / 1000);
  const activePower = loud.reduce((sum, level) => sum + level, 0) / loud.length;
  const speech = levels.map((level) => level > activePower / 1000);
  for (let from = speech.indexOf(true); from >= 0 && from < speech.length; ) {
    const gap = speech.indexOf(false, from);
    const next = gap < 0 ? -1 : speech.indexOf(true, gap);
    if (next < 0) break;
    if (next - gap < 10) speech.fill(true, gap, next);
    from = next;
  }
  return { name, samples, speech, activePower };
}

interface Stream {
  readonly samples: Int16Array;
  /** By frame: 0 silence, else the number of the utterance. */
  readonly labels: Uint8Array;
  /** By frame: the speech in it is at least as strong as the noise. */
  readonly audible: readonly boolean[];
}

/** A whole set as one call, in noise of the given ratio; `undefined` is no noise at all. */
function callOf(set: readonly Utterance[], noise: Int16Array | undefined, snrDb: number): Stream {
  const lead = 150;
  const gap = 75;
  const frames = lead + set.reduce((sum, { speech }) => sum + speech.length + gap, 0);
  const samples = new Float64Array(frames * FRAME);
  const labels = new Uint8Array(frames);
  const audible = new Array<boolean>(frames).fill(false);
  const noisePower = noise === undefined ? 1 : noise.reduce((sum, sample) => sum + sample ** 2, 0) / noise.length;
  const addNoise = (from: number, to: number, speechPower: number) => {
    if (noise === undefined) return;
    const gain = Math.sqrt(speechPower / 10 ** (snrDb / 10) / noisePower);
    for (let at = from * FRAME; at < to * FRAME; at += 1)
      samples[at] = (samples[at] as number) + gain * (noise[at % noise.length] as number);
  };
  const level = (index: number) => 10 ** ((-30 + ((index * 7) % 17)) / 10) * 32_768 ** 2;
  const noiseReference = noise === undefined ? 1 : 10 ** (-22 / 10) * 32_768 ** 2;
  let at = lead;
  set.forEach((each, index) => {
    const target = noise === undefined ? level(index) : noiseReference;
    const gain = Math.sqrt(target / each.activePower);
    const noiseInIt = noise === undefined ? 0 : noiseReference / 10 ** (snrDb / 10);
    const levels = powers(each.samples);
    each.speech.forEach((speech, frame) => {
      if (speech) labels[at + frame] = index + 1;
      audible[at + frame] = speech && (levels[frame] as number) * gain * gain >= noiseInIt;
      for (let sample = 0; sample < FRAME; sample += 1) {
        samples[(at + frame) * FRAME + sample] = gain * (each.samples[frame * FRAME + sample] as number);
      }
    });
    at += each.speech.length + gap;
  });
  addNoise(0, frames, noiseReference);
  return { samples: telephone(samples), labels, audible };
}

function telephone(samples: Float64Array): Int16Array {
  return decodeMulaw(
    encodeMulaw(Int16Array.from(samples, (sample) => Math.max(-32_768, Math.min(32_767, Math.round(sample))))),
  );
}

function decisions(samples: Int16Array): boolean[] {
  const stream = voiceActivityDetector().doDetect();
  const answers: boolean[] = [];
  for (let at = 0; at + FRAME <= samples.length; at += FRAME)
    answers.push(stream.process(samples.subarray(at, at + FRAME)));
  return answers;
}

function score({ samples, labels, audible }: Stream) {
  const answers = decisions(samples);
  let [speech, found, quiet, wrong] = [0, 0, 0, 0];
  const delays: number[] = [];
  let sinceSpeech = Number.POSITIVE_INFINITY;
  labels.forEach((label, frame) => {
    if (label > 0) {
      speech += 1;
      if (answers[frame]) found += 1;
      if ((labels[frame - 1] ?? 0) === 0 && sinceSpeech > HANGOVER_FRAMES) {
        const begin = audible.indexOf(true, frame);
        let on = frame;
        while (on < answers.length && !answers[on]) on += 1;
        delays.push(Math.max(0, on - begin + 1) * 20);
      }
      sinceSpeech = 0;
      return;
    }
    sinceSpeech += 1;
    if (sinceSpeech <= HANGOVER_FRAMES) return;
    quiet += 1;
    if (answers[frame]) wrong += 1;
  });
  return { found: found / speech, wrong: wrong / quiet, delays };
}

function starts(samples: Int16Array): number {
  const answers = decisions(samples);
  return answers.filter((on, frame) => on && !answers[frame - 1]).length;
}

const verdict = (holds: boolean) => (holds ? "PASS" : "FAIL");
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const noise = (name: string) => load(`noise/${name}.wav`);
const minute = (name: string) => {
  const cadence = noise(name);
  return Int16Array.from({ length: 480_000 }, (_, at) => cadence[at % cadence.length] as number);
};

console.log(machineLine());
for (const set of ["tuning", "held-out"]) {
  const utterances = readdirSync(join(FIXTURES, "speech", set))
    .sort()
    .map((name) => utterance(set, name));
  const rows = [
    ["clean", undefined, 0],
    ["pink", noise("pink"), 20],
    ["pink", noise("pink"), 10],
    ["brown", noise("brown"), 20],
    ["brown", noise("brown"), 10],
  ] as const;
  printTable(
    `Speech, ${set} set (${utterances.length} utterances)`,
    ["noise", "SNR", "speech found", "false", "onset p50", "onset p95", "≥ 95 % / ≤ 5 % / ≤ 60 ms"],
    rows.map(([name, samples, snrDb]) => {
      const { found, wrong, delays } = score(callOf(utterances, samples, snrDb));
      const { p50, p95 } = percentiles(delays);
      const holds = found >= 0.95 && wrong <= 0.05 && p95 <= 60;
      return [
        name,
        samples === undefined ? "–" : `${snrDb} dB`,
        percent(found),
        percent(wrong),
        `${p50} ms`,
        `${p95} ms`,
        verdict(holds),
      ];
    }),
  );
}

printTable(
  "60 s without speech",
  ["sound", "speech starts", "= 0"],
  ["white", "pink", "brown", "ring-back-india", "ring-back-us", "dial-tone", "busy", "dtmf"].map((name) => {
    const count = starts(minute(name));
    return [name, String(count), verdict(count === 0)];
  }),
);

const speech = callOf(
  readdirSync(join(FIXTURES, "speech/held-out")).map((name) => utterance("held-out", name)),
  noise("pink"),
  20,
).samples;
const stream = voiceActivityDetector().doDetect();
const times: number[] = [];
for (let round = 0; round < 3; round += 1) {
  for (let at = 0; at + FRAME <= speech.length; at += FRAME) {
    const frame = speech.subarray(at, at + FRAME);
    const from = performance.now();
    stream.process(frame);
    if (round > 0) times.push((performance.now() - from) * 1000);
  }
}
const { p50, p95, p99 } = percentiles(times);
const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
printTable(
  "Time for a 20 ms frame",
  ["mean", "p50", "p95", "p99", "mean ≤ 15 µs"],
  [[...[mean, p50, p95, p99].map((time) => `${time.toFixed(1)} µs`), verdict(mean <= 15)]],
);
