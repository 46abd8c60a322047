import { createRequire } from "node:module";
import { bytesOfSamples, convertAudio, createResampler, MULAW_8K, PCM_8K, silence } from "../../src/audio/index.js";
import { localSpeechToText } from "../../src/plugins/local/index.js";
import type { SpeechToTextStream, TranscriptResult } from "../../src/spec/index.js";
import { type Caller, callerAudio, callerPhrases, recordedCallers } from "../fixtures/phrases/callers.js";
import { machineLine, percentiles, printTable } from "./report.js";

/** The share that must be right, by what is spoken. */
const BARS = { en: 0.95, hi: 0.9, foreign: 0.8 } as const;
const NAMES = {
  en: "English phrases (flite)",
  hi: "Hindi phrases (espeak-ng hi)",
  foreign: "foreign speech rejected",
} as const;

interface Answer {
  readonly result: TranscriptResult | undefined;
  readonly tookMs: number;
}

let utterances = 0;

/** Says a sound into the stream as a session would, and waits for what was heard. */
async function say(
  stream: SpeechToTextStream,
  results: AsyncIterator<TranscriptResult>,
  audio: Uint8Array,
): Promise<Answer> {
  utterances += 1;
  const utteranceId = `u${utterances}`;
  stream.write(silence(MULAW_8K, 400));
  stream.speechStart(utteranceId);
  stream.write(audio);
  stream.write(silence(MULAW_8K, 300));
  const startedAt = performance.now();
  stream.speechEnd(utteranceId);
  const { value } = await results.next();
  return { result: value, tookMs: performance.now() - startedAt };
}

async function withStream<T>(
  phrases: Parameters<typeof localSpeechToText>[0]["phrases"],
  use: (say: (audio: Uint8Array) => Promise<Answer>) => Promise<T>,
): Promise<T> {
  const provider = localSpeechToText({ phrases });
  const stream = await provider.doListen({
    call: { callId: "bench", direction: "inbound", parameters: {} },
    format: MULAW_8K,
    language: "en",
    signal: new AbortController().signal,
  });
  const results = stream.results[Symbol.asyncIterator]();
  try {
    await say(stream, results, callerAudio(recordedCallers()[0] as Caller));
    return await use((audio) => say(stream, results, audio));
  } finally {
    await provider.close();
  }
}

function isRight({ kind, phrase }: Caller, result: TranscriptResult | undefined): boolean {
  return kind === "foreign"
    ? result?.type !== "transcript"
    : result?.type === "transcript" && result.text.toLowerCase() === phrase.toLowerCase();
}

const heard = (result: TranscriptResult | undefined) =>
  result?.type === "transcript" ? `"${result.text}"` : (result?.type ?? "nothing");

async function recorded(title: string, phrases: Parameters<typeof localSpeechToText>[0]["phrases"]): Promise<void> {
  await withStream(phrases, async (speak) => {
    const times: number[] = [];
    const rows: string[][] = [];
    for (const set of ["tuning", "held-out"] as const) {
      for (const kind of ["en", "hi", "foreign"] as const) {
        const callers = recordedCallers().filter((caller) => caller.set === set && caller.kind === kind);
        const wrong: string[] = [];
        for (const caller of callers) {
          const { result, tookMs } = await speak(callerAudio(caller));
          times.push(tookMs);
          if (!isRight(caller, result)) wrong.push(`${caller.phrase || caller.file} → ${heard(result)}`);
        }
        const share = 1 - wrong.length / callers.length;
        const verdict = share >= BARS[kind] ? "PASS" : "FAIL";
        const cells = [
          NAMES[kind],
          `${callers.length - wrong.length}/${callers.length}`,
          `${(100 * share).toFixed(1)} %`,
        ];
        rows.push([set, ...cells, `≥ ${100 * BARS[kind]} %`, verdict, wrong.join("; ")]);
      }
    }
    printTable(title, ["set", "speech", "right", "share", "bar", "", "wrong"], rows);
    const { p50, p95, p99 } = percentiles(times);
    const ms = (value: number) => value.toFixed(0);
    printTable("End of speech to transcript, ms", ["p50", "p95", "p99"], [[ms(p50), ms(p95), ms(p99)]]);
    console.log(`Resident memory of the process: ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB`);
  });
}

interface Espeak {
  readonly samplerate: number;
  set_voice(name: string): number;
  set_rate(wordsPerMinute: number): void;
  synthesize(text: string, take: (audio: ArrayBufferView | ArrayBuffer | null) => boolean): void;
}

/** The voice the demo's simulated caller uses. */
async function loadEspeak(): Promise<Espeak> {
  const name = "@echogarden/espeak-ng-emscripten";
  createRequire(import.meta.url).resolve(name);
  const { default: load } = await import(name);
  return new (await load()).eSpeakNGWorker();
}

function spoken(espeak: Espeak, voice: string, rate: number, text: string): Uint8Array {
  const parts: number[] = [];
  if (espeak.set_voice(voice) !== 0) throw new Error(`eSpeak NG has no voice "${voice}".`);
  espeak.set_rate(rate);
  espeak.synthesize(text, (audio) => {
    if (audio === null) return false;
    const view = ArrayBuffer.isView(audio) ? audio : new Uint8Array(audio);
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength).slice();
    parts.push(...new Int16Array(bytes.buffer, 0, bytes.length >> 1));
    return false;
  });
  const resampler = createResampler(espeak.samplerate, 8000);
  const samples = [...resampler.process(Int16Array.from(parts)), ...resampler.flush()];
  return convertAudio(bytesOfSamples(Int16Array.from(samples)), PCM_8K, MULAW_8K);
}

/** Callers of the npm package, as in the demo: which phrases come through, voice by voice. */
async function synthetic(): Promise<void> {
  const espeak = await loadEspeak();
  const { en, hi, devanagari } = callerPhrases();
  const voices = [
    ...["en-us", "en-us+m3", "en-us+f3", "en", "en+m3"].flatMap((voice) =>
      [130, 150].map((rate) => ["en", voice, rate] as const),
    ),
    ...["hi", "hi+m3", "hi+f2", "hi+f3"].flatMap((voice) => [130, 150].map((rate) => ["hi", voice, rate] as const)),
  ];
  await withStream({ en, hi }, async (speak) => {
    const rows: string[][] = [];
    const right = new Map<string, string[]>();
    for (const [language, voice, rate] of voices) {
      const wrong: string[] = [];
      for (const [at, phrase] of (language === "en" ? en : hi).entries()) {
        const text = language === "en" ? phrase : (devanagari[at] as string);
        const { result } = await speak(spoken(espeak, voice, rate, text));
        if (result?.type === "transcript" && result.text === phrase)
          right.set(phrase, [...(right.get(phrase) ?? []), `${voice}@${rate}`]);
        else wrong.push(`${phrase} → ${heard(result)}`);
      }
      const all = language === "en" ? en.length : hi.length;
      rows.push([voice, String(rate), `${all - wrong.length}/${all}`, wrong.join("; ")]);
    }
    printTable("Callers of @echogarden/espeak-ng-emscripten", ["voice", "words/min", "right", "wrong"], rows);
    for (const [language, phrases] of [
      ["en", en],
      ["hi", hi],
    ] as const) {
      const settings = voices.filter(([other]) => other === language).length;
      const safe = phrases.filter((phrase) => right.get(phrase)?.length === settings);
      console.log(`\nRight in all ${settings} settings (${language}): ${safe.join(", ")}`);
    }
  });
}

const { en, hi, devanagari } = callerPhrases();
console.log(machineLine());
await recorded("Hindi phrases given romanised", { en, hi });
await recorded("Hindi phrases given in Devanagari", {
  en,
  hi: hi.map((text, at) => ({ text, spoken: [devanagari[at] as string] })),
});
await synthetic();
