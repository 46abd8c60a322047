import { Channel } from "../../async.js";
import { createAudioConverter, createSampleReader, decodeMulaw, MULAW_8K, PCM_8K, PCM_16K } from "../../audio/index.js";
import type {
  AudioFormat,
  Clock,
  Language,
  ListenOptions,
  SpeechToText,
  SpeechToTextStream,
  TranscriptResult,
} from "../../spec/index.js";
import { systemClock } from "../../system-clock.js";
import { textOf, wordsOf } from "./heard-words.js";
import { type CodedFrame, createWordReader } from "./word-code.js";

/** Of {@link scriptedSpeechToText}. */
export interface ScriptedSpeechToTextOptions {
  /** Where the delays are taken from. @default the system's clock */
  readonly clock?: Clock;
  /**
   * What becomes of each utterance of a call, by order. A string is what it "was".
   * @default what the caller said with the scripted voice, read from the sound
   */
  readonly utterances?: readonly (string | ScriptedUtterance)[];
  /** From the end of an utterance to its final, in ms of the clock, where the utterance does not say. @default 0 */
  readonly delayMs?: number;
  /** Sends the words so far with each word heard. @default false */
  readonly interim?: boolean;
  /** Says which utterance a result belongs to. @default true */
  readonly tellsUtterance?: boolean;
  /** @default µ-law at 8 kHz, then PCM at 8 and 16 kHz */
  readonly accepts?: readonly AudioFormat[];
  /** Opening a stream fails with this. */
  readonly openError?: unknown;
  /** @default "scripted" */
  readonly name?: string;
}

/** What the scripted recogniser makes of one utterance. */
export interface ScriptedUtterance {
  /** What it was; several texts come as several finals. @default the words in the sound; none in it is `no-speech` */
  readonly text?: string | readonly string[];
  /** `none`: no answer ever comes. @default "transcript" */
  readonly outcome?: "transcript" | "not-understood" | "no-speech" | "none";
  readonly language?: Language;
  readonly confidence?: number;
  /** From its end to its final, in ms. @default the plug-in's `delayMs` */
  readonly delayMs?: number;
  /** How often each final is sent. @default 1 */
  readonly copies?: number;
  /** Texts that may still change, each so long after the utterance's start. @default none */
  readonly interims?: readonly { readonly afterMs: number; readonly text: string }[];
  /** Instead of an answer the stream fails with this. */
  readonly error?: unknown;
}

/**
 * A recogniser for tests. It reads the words of the scripted voice from the caller's sound, or says what it is told
 * each utterance was; early, late, twice or not at all.
 */
export function scriptedSpeechToText(options: ScriptedSpeechToTextOptions = {}): SpeechToText {
  return {
    specVersion: "v1",
    name: options.name ?? "scripted",
    capabilities: { interim: true, languages: ["hi", "en", "hi-en"] },
    accepts: options.accepts ?? [MULAW_8K, PCM_8K, PCM_16K],
    async doListen(listen) {
      listen.signal.throwIfAborted();
      if (options.openError !== undefined) throw options.openError;
      return openStream(options, listen);
    },
  };
}

function openStream(options: ScriptedSpeechToTextOptions, { format, signal }: ListenOptions): SpeechToTextStream {
  const { clock = systemClock, tellsUtterance = true } = options;
  const results = new Channel<TranscriptResult>();
  const timers = new Set<() => void>();
  const words = wordsIn(format);
  let current: string | undefined;
  let lastInterim = "";
  let count = 0;

  const onAbort = () => close({ value: signal.reason });
  signal.addEventListener("abort", onAbort, { once: true });

  function close(error?: { readonly value: unknown }): void {
    signal.removeEventListener("abort", onAbort);
    for (const undo of timers) undo();
    timers.clear();
    results.drain();
    results.close(error);
  }

  function after(delayMs: number, act: () => void): void {
    if (delayMs <= 0) return act();
    const undo = clock.setTimer(() => {
      timers.delete(undo);
      act();
    }, delayMs);
    timers.add(undo);
  }

  function scriptOf(place: number): ScriptedUtterance {
    const script = options.utterances?.[place] ?? {};
    return typeof script === "string" ? { text: script } : script;
  }

  function send(utteranceId: string, result: TranscriptResult): void {
    results.push(tellsUtterance ? { ...result, utteranceId } : result);
  }

  function interim(utteranceId: string, text: string): void {
    send(utteranceId, { type: "transcript", final: false, text });
  }

  function wordsSoFar(): void {
    const text = words.text();
    if (current === undefined || text === lastInterim) return;
    lastInterim = text;
    interim(current, text);
  }

  function answer(utteranceId: string, script: ScriptedUtterance, heard: string): void {
    if (script.error !== undefined) return results.close({ value: script.error });
    for (const result of finalsOf(script, heard)) {
      for (let copy = 0; copy < (script.copies ?? 1); copy += 1) send(utteranceId, result);
    }
  }

  return {
    write(audio) {
      if (signal.aborted) return;
      words.hear(audio);
      if (options.interim === true) wordsSoFar();
    },
    speechStart(utteranceId) {
      current = utteranceId;
      lastInterim = "";
      for (const { afterMs, text } of scriptOf(count).interims ?? []) after(afterMs, () => interim(utteranceId, text));
      if (options.interim === true) wordsSoFar();
    },
    speechEnd(utteranceId) {
      current = undefined;
      const script = scriptOf(count);
      const heard = words.take();
      count += 1;
      after(script.delayMs ?? options.delayMs ?? 0, () => answer(utteranceId, script, heard));
    },
    results,
    close: async () => close(),
  };
}

function finalsOf(script: ScriptedUtterance, heard: string): TranscriptResult[] {
  const { text = heard, outcome = text === "" ? "no-speech" : "transcript" } = script;
  if (outcome === "none") return [];
  if (outcome !== "transcript") return [{ type: outcome }];
  const { language, confidence } = script;
  return (typeof text === "string" ? [text] : text).map((final) => ({
    type: "transcript",
    final: true,
    text: final,
    ...(language === undefined ? {} : { language }),
    ...(confidence === undefined ? {} : { confidence }),
  }));
}

/** Of an utterance that never ends, only the first so many repetitions of word codes are kept: minutes of speech. */
const MOST_FRAMES = 20_000;

/** The words of the scripted voice in a stream of sound. */
function wordsIn(format: AudioFormat) {
  const samplesOf = samplesIn(format);
  const reader = createWordReader();
  let frames: CodedFrame[] = [];
  return {
    hear(audio: Uint8Array): void {
      const found = reader.read(samplesOf(audio));
      if (frames.length < MOST_FRAMES) frames.push(...found);
    },
    text: () => textOf(wordsOf(frames)),
    take(): string {
      const text = textOf(wordsOf(frames));
      frames = [];
      return text;
    },
  };
}

/** Samples at 8 kHz. µ-law, which is what most calls come in, takes the short way. */
function samplesIn(format: AudioFormat): (audio: Uint8Array) => Int16Array {
  if (format.type === "audio/pcmu") return (audio) => decodeMulaw(audio);
  const converter = createAudioConverter(format, PCM_8K);
  const samples = createSampleReader();
  return (audio) => samples.read(converter.convert(audio));
}
