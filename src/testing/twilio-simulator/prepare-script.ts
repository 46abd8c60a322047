import { readFile } from "node:fs/promises";
import { createAudioConverter, encodeMulaw, MULAW_8K, readWav, sameFormat } from "../../audio/index.js";
import type { AudioFormat, Language, TextToSpeech } from "../../spec/index.js";
import {
  badStep,
  type CallerScript,
  type CallerStep,
  checkScript,
  DEFAULT_CONFIDENCE,
  type SayStep,
} from "./caller-script.js";
import type { SaidWords } from "./mouth.js";
import { noise, seededRandom } from "./noise.js";

/** Who speaks for the simulated caller. */
export interface CallerVoices {
  /** @default `scriptedTextToSpeech()` */
  readonly voice?: TextToSpeech;
  /** Further voices, which a `say` step may name. */
  readonly voices?: Readonly<Record<string, TextToSpeech>>;
  /** The language of `say` steps that name none. @default "en" */
  readonly language?: Language;
}

/** A step with all that it lets be heard, as µ-law at 8 kHz. */
export interface PreparedStep {
  readonly step: CallerStep;
  readonly sound: Uint8Array;
  /** What a carrier that recognises makes of it. */
  readonly words?: SaidWords;
}

const NO_SOUND = new Uint8Array(0);

/**
 * Makes the sound of every step before the call, so that the time a voice takes does not show in it.
 * @throws BolchaalError `invalid-option` if the script is wrong, `invalid-audio` if a WAV cannot be read.
 */
export async function prepareScript(
  script: CallerScript,
  voices: CallerVoices & { readonly voice: TextToSpeech },
  seed: number,
): Promise<PreparedStep[]> {
  checkScript(script);
  const random = seededRandom(seed);
  const steps: PreparedStep[] = [];
  for (const [index, step] of script.entries()) {
    const words = wordsOf(step, voices.language ?? "en");
    const sound = await soundOf(step, index, voices, random);
    steps.push({ step, sound, ...(words === undefined ? {} : { words }) });
  }
  return steps;
}

async function soundOf(
  step: CallerStep,
  index: number,
  voices: CallerVoices & { readonly voice: TextToSpeech },
  random: () => number,
): Promise<Uint8Array> {
  if ("say" in step) return speech(step, voiceOf(step, index, voices), step.language ?? voices.language ?? "en");
  if ("sayWav" in step) return wav(step.sayWav);
  if ("noise" in step) return encodeMulaw(noise(step.noise, Math.round(step.ms * 8), step.levelDbfs, random));
  return NO_SOUND;
}

function wordsOf(step: CallerStep, language: Language): SaidWords | undefined {
  if ("say" in step) {
    const { misheard = step.say, confidence = DEFAULT_CONFIDENCE } = step;
    return { text: misheard, language: step.language ?? language, confidence };
  }
  if (!("sayWav" in step) || step.text === undefined) return undefined;
  return { text: step.text, language, confidence: DEFAULT_CONFIDENCE };
}

function voiceOf(step: SayStep, index: number, { voice, voices }: CallerVoices & { readonly voice: TextToSpeech }) {
  if (step.voice === undefined) return voice;
  const named = voices?.[step.voice];
  if (named === undefined) throw badStep(index, `asks for the voice "${step.voice}", which is not among \`voices\``);
  return named;
}

async function speech(step: SayStep, voice: TextToSpeech, language: Language): Promise<Uint8Array> {
  const format = voice.produces.find((produced) => sameFormat(produced, MULAW_8K)) ?? voice.produces[0] ?? MULAW_8K;
  const chunks: Uint8Array[] = [];
  const { signal } = new AbortController();
  for await (const { audio } of voice.doSpeak({ text: step.say, language, format, signal })) chunks.push(audio);
  return asMulaw(Buffer.concat(chunks), format);
}

async function wav(source: string | Uint8Array): Promise<Uint8Array> {
  return wavAsMulaw(typeof source === "string" ? await readFile(source) : source);
}

/** The first channel of a WAV file, as µ-law at 8 kHz. */
export function wavAsMulaw(file: Uint8Array): Uint8Array {
  const { format, channels, data } = readWav(file);
  return asMulaw(channels === 1 ? data : firstChannel(data, channels, format), format);
}

function asMulaw(audio: Uint8Array, format: AudioFormat): Uint8Array {
  const converter = createAudioConverter(format, MULAW_8K);
  return Buffer.concat([converter.convert(audio), converter.flush()]);
}

function firstChannel(data: Uint8Array, channels: number, format: AudioFormat): Uint8Array {
  const width = format.type === "audio/pcm" ? 2 : 1;
  const samples = Math.floor(data.length / (width * channels));
  const first = new Uint8Array(samples * width);
  for (let at = 0; at < samples; at += 1) {
    const from = at * width * channels;
    first.set(data.subarray(from, from + width), at * width);
  }
  return first;
}
