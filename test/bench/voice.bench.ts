/**
 * The embedded voice: how soon it begins to speak, how fast it speaks, and what a telephone line must not hear. Lines are
 * those of the demo's agent, one at a time and then four calls at once; the first start of the worker stands apart.
 */
import { createResampler, MULAW_8K, rmsDbfs } from "../../src/audio/index.js";
import { localTextToSpeech } from "../../src/plugins/local/index.js";
import { machineLine, percentiles, printTable } from "./report.js";

const ROUNDS = 40;
const LINES = {
  en: [
    "This is Asha from Suraj Solar. Would you like solar panels for your home?",
    "How much is your electricity bill each month?",
    "The panels have a warranty of twenty five years.",
  ],
  hi: ["बहुत अच्छा। आप किस शहर में रहते हैं?", "आपका बिजली का बिल हर महीने कितना आता है?", "पैनल पर पच्चीस साल की वारंटी है।"],
} as const;

const voice = localTextToSpeech();

interface Spoken {
  readonly firstMs: number;
  /** Time to make a second of speech, in ms. */
  readonly perSecondMs: number;
}

async function speak(text: string, language: "en" | "hi"): Promise<Spoken> {
  const started = performance.now();
  const { signal } = new AbortController();
  let firstMs = Number.NaN;
  let bytes = 0;
  for await (const { audio } of voice.doSpeak({ text, language, format: MULAW_8K, signal })) {
    if (bytes === 0 && audio.length > 0) firstMs = performance.now() - started;
    bytes += audio.length;
  }
  return { firstMs, perSecondMs: (performance.now() - started) / (bytes / MULAW_8K.rate) };
}

async function measured(language: "en" | "hi", calls: number): Promise<string[][]> {
  const spoken: Spoken[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const line of LINES[language]) {
      spoken.push(...(await Promise.all(Array.from({ length: calls }, () => speak(line, language)))));
    }
  }
  const row = (what: string, values: readonly number[]) => {
    const { p50, p95, p99 } = percentiles(values);
    return [`${language}, ${calls} at once: ${what}`, ...[p50, p95, p99].map((value) => value.toFixed(1))];
  };
  return [
    row(
      "first sound",
      spoken.map(({ firstMs }) => firstMs),
    ),
    row(
      "a second of speech",
      spoken.map(({ perSecondMs }) => perSecondMs),
    ),
  ];
}

/** What is left at 8 kHz of a tone at the voice's own rate, in dB of the tone. */
function leftOfTone(hertz: number): string[] {
  const rate = 22_050;
  const tone = Int16Array.from({ length: rate }, (_, at) => 20_000 * Math.sin((2 * Math.PI * hertz * at) / rate));
  const heard = createResampler(rate, MULAW_8K.rate).process(tone);
  return [`${hertz} Hz`, (rmsDbfs(heard.subarray(200)) - rmsDbfs(tone)).toFixed(1)];
}

console.log(machineLine());
const cold = await speak("Hello.", "en");
console.log(`First sound of the first line, the worker's start included: ${cold.firstMs.toFixed(0)} ms`);
printTable(
  "Embedded voice, µ-law at 8 kHz",
  ["what", "p50 ms", "p95 ms", "p99 ms"],
  [
    ...(await measured("en", 1)),
    ...(await measured("hi", 1)),
    ...(await measured("en", 4)),
    ...(await measured("hi", 4)),
  ],
);
printTable(
  "From the voice's 22.05 kHz to 8 kHz",
  ["tone", "left, dB"],
  [300, 1000, 3400, 4100, 4500, 5000, 6000, 8000, 10_000].map(leftOfTone),
);
await voice.close();
