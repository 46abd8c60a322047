/**
 * Silero's model beside the built-in voice activity detector, on the same fixtures, labels and rules: voice-activity.bench.ts
 * says what counts. The thresholds of the plug-in were set on the tuning part; the rest is shown by itself.
 *
 * Three detectors: the built-in one alone; the model asked where that one is undecided; the model always asked, which decides
 * alone. A verdict is there at the frame after the one it was asked for (silero/driver.ts).
 */
import { performance } from "node:perf_hooks";
import { voiceActivityDetector } from "../../src/audio/index.js";
import { loadSileroModel, SILERO_CHUNK_SAMPLES, sileroVoiceActivityDetector } from "../../src/plugins/silero/index.js";
import type { VoiceActivityDetector } from "../../src/spec/index.js";
import { machineLine, percentiles, printTable } from "./report.js";
import { shareOfSpeech } from "./silero/context.js";
import { costOf, decisions, starts } from "./silero/driver.js";
import { scoreOf } from "./silero/score.js";
import { watched } from "./silero/watched-model.js";
import {
  callOf,
  FRAME_SAMPLES,
  type LabelledCall,
  load,
  throughTelephone,
  utterances,
} from "./voice-activity/labelled-calls.js";
import { burst, changes, cough, minute, over } from "./voice-activity/sounds.js";

const VARIANTS = [
  { levelDbfs: -30, shiftSamples: 0 },
  { levelDbfs: -18, shiftSamples: 80 },
];
const CONDITIONS = [
  { name: "clean" },
  { name: "pink", snrDb: 20 },
  { name: "pink", snrDb: 10 },
  { name: "brown", snrDb: 20 },
  { name: "brown", snrDb: 10 },
];
const TONES = ["ring-back-india", "ring-back-us", "dial-tone", "busy", "dtmf"];
const WARM_UPS = [1, 2, 3, 4, 6, 8, 12];

const model = watched(await loadSileroModel());
const settled = () => model.idle;
const detectors = {
  "built-in": voiceActivityDetector(),
  undecided: sileroVoiceActivityDetector({ model }),
  always: sileroVoiceActivityDetector({ model, ask: "always" }),
};
const named = Object.entries(detectors) as [keyof typeof detectors, VoiceActivityDetector][];
const noises = { white: load("noise/white.wav"), pink: load("noise/pink.wav"), brown: load("noise/brown.wav") };
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const ms = (time: number) => `${time} ms`;

console.log(machineLine());
console.log(`The model: ${model.file.foundIn ?? model.file.path}`);

function callsOf(sets: readonly string[], { name, snrDb }: (typeof CONDITIONS)[number]): LabelledCall[] {
  const noise = snrDb === undefined ? {} : { noise: load(`noise/${name}.wav`), snrDb };
  return sets.flatMap((set) =>
    VARIANTS.map(({ levelDbfs, shiftSamples }) => callOf(utterances(set, shiftSamples), { levelDbfs, ...noise })),
  );
}

async function speechRow(name: keyof typeof detectors, condition: string, calls: readonly LabelledCall[]) {
  const asking = detectors[name];
  const before = "counts" in asking ? asking.counts : undefined;
  const answered = [];
  for (const call of calls) answered.push({ call, answers: await decisions(asking, call.samples, settled) });
  const { found, wrong, onsetP50, onsetP95 } = scoreOf(answered);
  const frames = calls.reduce((sum, { speech }) => sum + speech.length, 0);
  const asked = "counts" in asking ? asking.counts.asked - (before?.asked ?? 0) : 0;
  return [condition, name, percent(found), percent(wrong), ms(onsetP50), ms(onsetP95), percent(asked / frames)];
}

for (const [title, sets] of [
  ["the tuning part", ["tuning"]],
  ["the held-out and the blind part", ["held-out", "blind"]],
] as const) {
  const rows: string[][] = [];
  for (const condition of CONDITIONS) {
    const { name, snrDb } = condition;
    const calls = callsOf(sets, condition);
    for (const [detector] of named) {
      rows.push(await speechRow(detector, snrDb === undefined ? name : `${name}, ${snrDb} dB`, calls));
    }
  }
  printTable(
    `Speech, ${title}`,
    ["noise, SNR", "detector", "found", "false", "onset p50", "onset p95", "frames the model is asked at"],
    rows,
  );
}

const hardSounds: readonly (readonly [string, readonly Int16Array[]])[] = [
  ...[20, 40, 60, 100].map((length) => [`burst of white noise, ${length} ms`, burst(noises.white, length)] as const),
  ...[100, 200, 300].map((length) => [`fading burst of pink noise, ${length} ms`, cough(noises.pink, length)] as const),
  ...Object.entries(noises).flatMap(([name, noise]) => [
    [`${name} noise out of silence`, changes(noise, Number.NEGATIVE_INFINITY, 0)] as const,
    [`${name} noise, 10 dB louder at once`, changes(noise, -10, 0)] as const,
    [`${name} noise, 10 dB louder within 1 s`, changes(noise, -10, 1000)] as const,
  ]),
  ...TONES.map(
    (name) => [`${name} over pink noise, 20 dB`, [over(minute(load(`noise/${name}.wav`)), noises.pink, 20)]] as const,
  ),
  ...[...Object.keys(noises), ...TONES].map((name) => [`${name}, 60 s`, [minute(load(`noise/${name}.wav`))]] as const),
];
const hardRows: string[][] = [];
const sums = named.map(() => 0);
for (const [sound, calls] of hardSounds) {
  const cells: string[] = [];
  for (const [at, [, detector]] of named.entries()) {
    let started = 0;
    for (const samples of calls) if (starts(await decisions(detector, samples, settled)) > 0) started += 1;
    sums[at] = (sums[at] ?? 0) + started;
    cells.push(`${started} of ${calls.length}`);
  }
  hardRows.push([sound, ...cells]);
}
const hardCalls = hardSounds.reduce((sum, [, calls]) => sum + calls.length, 0);
printTable(
  "Hard sounds: calls with a speech start",
  ["sound", ...Object.keys(detectors)],
  [...hardRows, ["all of them", ...sums.map((sum) => `${sum} of ${hardCalls}`)]],
);

/** Speech in quiet noise, and noise as loud as the speech, or 10 dB louder, from its last frame on. */
function noiseAfterSpeech(): { readonly samples: Int16Array; readonly endFrame: number }[] {
  const level = 3_000;
  return Object.values(noises).flatMap((noise) => {
    const noiseGain = level / Math.sqrt(noise.reduce((sum, sample) => sum + sample ** 2, 0) / noise.length);
    return [0, 10].flatMap((louderDb) =>
      utterances("tuning").map(({ samples, speech, activePower }, utterance) => {
        const endFrame = 150 + speech.lastIndexOf(true) + 1;
        const end = endFrame * FRAME_SAMPLES;
        const mixed = Array.from({ length: end + 24_000 }, (_, at) => {
          const said = at < end ? (samples[at - 150 * FRAME_SAMPLES] ?? 0) * (level / Math.sqrt(activePower)) : 0;
          const gain = noiseGain * (at < end ? 0.1 : 10 ** (louderDb / 20));
          return said + gain * (noise[(at + utterance * 7_777) % noise.length] as number);
        });
        return { samples: throughTelephone(mixed), endFrame };
      }),
    );
  });
}

const endings = noiseAfterSpeech();
const endRows: string[][] = [];
for (const [name, detector] of named) {
  const delays: number[] = [];
  for (const { samples, endFrame } of endings) {
    const answers = await decisions(detector, samples, settled);
    const off = answers.indexOf(false, endFrame);
    delays.push(((off < 0 ? answers.length : off) - endFrame) * 20);
  }
  const { p50, p95, p99 } = percentiles(delays);
  endRows.push([name, ms(p50), ms(p95), ms(p99)]);
}
printTable(
  `Noise as loud as the speech or 10 dB louder, from its end on (${endings.length} calls): until speech is over`,
  ["detector", "p50", "p95", "p99"],
  endRows,
);

/** The model's probability of the last chunk before `end`, having heard only so many chunks; with all of the sound before by default. */
async function probabilityAt(samples: Int16Array, end: number, chunks = Math.floor(end / SILERO_CHUNK_SAMPLES)) {
  const stream = model.createStream();
  const from = end - chunks * SILERO_CHUNK_SAMPLES;
  stream.reset(samples.subarray(0, from));
  let probability = Number.NaN;
  for (let at = from; at < end; at += SILERO_CHUNK_SAMPLES) {
    probability = await stream.probability(samples.subarray(at, at + SILERO_CHUNK_SAMPLES));
  }
  return probability;
}

const speechInNoise = callOf(utterances("tuning").slice(0, 12), { levelDbfs: -20, noise: noises.pink, snrDb: 20 });
/** 60 ms after each onset, where a doubtful one is decided, and as far before it, where there is no speech yet. */
const places = speechInNoise.onsets.flatMap(({ audible }) => [audible - 480, audible + 480]);
const full = await Promise.all(places.map((end) => probabilityAt(speechInNoise.samples, end)));
const warmRows: string[][] = [];
for (const chunks of WARM_UPS) {
  const heard = await Promise.all(places.map((end) => probabilityAt(speechInNoise.samples, end, chunks)));
  const difference = heard.reduce((sum, each, at) => sum + Math.abs(each - (full[at] ?? Number.NaN)), 0) / heard.length;
  const mean = (rest: number) => {
    const those = heard.filter((_, at) => at % 2 === rest);
    return those.reduce((sum, each) => sum + each, 0) / those.length;
  };
  warmRows.push([String(chunks), `${chunks * 32} ms`, difference.toFixed(3), mean(1).toFixed(2), mean(0).toFixed(2)]);
}
printTable(
  "Warm-up: the model's probability 60 ms after an onset in pink noise, 20 dB, and 60 ms before it",
  ["chunks", "sound", "mean difference from all of the call", "mean after the onset", "mean before it"],
  warmRows,
);

const voices = ["tuning", "held-out", "blind"].flatMap((set) => utterances(set).map(({ samples }) => samples));
const contextRows: string[][] = [];
for (const before of ["samples", "zeros", "nothing"] as const) {
  contextRows.push([before, percent(await shareOfSpeech(model.file.path, voices, before))]);
}
printTable(
  `What comes before each chunk of 256 samples (${voices.length} utterances, pauses included)`,
  ["before it", "chunks taken for speech"],
  contextRows,
);

const speech = callOf(utterances("held-out"), { levelDbfs: -20, noise: noises.pink, snrDb: 20 });
const share = speech.speech.filter(Boolean).length / speech.speech.length;
const costRows: string[][] = [];
for (const calls of [1, 100]) {
  for (const [name, detector] of named) {
    const rounds = calls === 1 ? 6_000 : 500;
    const load = { detector, samples: speech.samples, calls };
    await costOf({ ...load, rounds: Math.ceil(rounds / 4) }, settled);
    const { frameMicroseconds, turnsMs } = await costOf({ ...load, rounds }, settled);
    const { p99 } = percentiles(turnsMs);
    const longest = turnsMs.reduce((most, each) => Math.max(most, each), 0);
    costRows.push([
      String(calls),
      name,
      `${frameMicroseconds.toFixed(1)} µs`,
      String(Math.floor(20_000 / frameMicroseconds)),
      turnsMs.length === 0 ? "–" : `${p99.toFixed(2)} ms`,
      turnsMs.length === 0 ? "–" : `${longest.toFixed(2)} ms`,
    ]);
  }
}
printTable(
  `Processor time, ${percent(share)} of the frames speech`,
  ["calls at once", "detector", "a 20 ms frame", "calls a core, computed", "turn of the event loop, p99", "longest"],
  costRows,
);

const [bang = new Int16Array(0)] = burst(noises.white, 100);
const bangRows: string[][] = [];
for (const calls of [16, 100, 250]) {
  const load = { detector: detectors.undecided, samples: bang, calls, rounds: 100, together: true };
  const { answersMs, turnsMs } = await costOf(load, settled);
  bangRows.push([String(calls), ...[answersMs, turnsMs].map((times) => `${Math.max(...times).toFixed(1)} ms`)]);
}
printTable(
  "The worst case: a burst in all calls at the same moment, all asking at the same frame",
  ["calls at once", "all are answered within", "longest turn of the event loop"],
  bangRows,
);

const chunk = speech.samples.subarray(0, SILERO_CHUNK_SAMPLES);
const runRows: string[][] = [];
for (const size of [1, 4, 16]) {
  const streams = Array.from({ length: size }, () => model.createStream());
  const times: number[] = [];
  for (let run = 0; run < 600; run += 1) {
    const from = performance.now();
    await Promise.all(streams.map((stream) => stream.probability(chunk)));
    if (run >= 100) times.push((performance.now() - from) * 1000);
  }
  const { p50, p95, p99 } = percentiles(times);
  runRows.push([String(size), ...[p50, p95, p99, p50 / size].map((time) => `${time.toFixed(0)} µs`)]);
}
printTable("A run of the model", ["chunks at once", "p50", "p95", "p99", "p50 a chunk"], runRows);
await model.close();
