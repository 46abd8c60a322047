import { Channel } from "../../async.js";
import {
  bytesOfSamples,
  convertAudio,
  createAudioConverter,
  createSampleReader,
  MULAW_8K,
  PCM_8K,
} from "../../audio/index.js";
import type {
  Clock,
  ConnectOptions,
  SpeechToSpeech,
  SpeechToSpeechEvent,
  SpeechToSpeechStream,
} from "../../spec/index.js";
import { systemClock } from "../../system-clock.js";
import { codedSpeech } from "./coded-speech.js";
import { textOf, wordsOf } from "./heard-words.js";
import { DEFAULT_WORD_MS } from "./text-to-speech.js";
import { createWordReader } from "./word-code.js";

/** What the scripted model says to what it heard: a text, calls of tools, a failure, or several of them. */
export type ScriptedSpeechStep =
  | string
  | { readonly call: string; readonly input?: unknown }
  | { readonly waitMs: number }
  | { readonly error: "response" | "connection" };

/** Of {@link scriptedSpeechToSpeech}. */
export interface ScriptedSpeechToSpeechOptions {
  /** Where the delays are taken from. @default the system's clock */
  readonly clock?: Clock;
  /** What it answers; `heard` is the last thing it was told or heard. */
  readonly reply: (heard: string, count: number) => string | readonly ScriptedSpeechStep[];
  /** From the end of an utterance to its transcript, in ms. @default 50 */
  readonly transcriptMs?: number;
  /** From a request to the first sound, in ms. @default 100 */
  readonly firstSoundMs?: number;
  /** From a word to the next one, in ms: less than the word takes to say. @default 50 */
  readonly wordEveryMs?: number;
  /** @default "scripted" */
  readonly name?: string;
}

/** A scripted model that hears and speaks, and what it was told. */
export interface ScriptedSpeechToSpeech extends SpeechToSpeech {
  /** The connections, the first one first: each what it was told, in order. */
  readonly connections: readonly (readonly string[])[];
}

/**
 * A model for tests that hears the scripted voice and speaks with it: `heardText` reads from a call's recording what it
 * said.
 */
export function scriptedSpeechToSpeech(options: ScriptedSpeechToSpeechOptions): ScriptedSpeechToSpeech {
  const connections: string[][] = [];
  let replies = 0;
  return {
    specVersion: "v1",
    name: options.name ?? "scripted",
    modelId: "scripted-voice-1",
    capabilities: { languages: ["hi", "en", "hi-en"] },
    formats: [MULAW_8K],
    connections,
    async doConnect(connect) {
      connect.signal.throwIfAborted();
      const told: string[] = [];
      connections.push(told);
      return openStream(options, connect, told, (heard) => {
        replies += 1;
        return options.reply(heard, replies);
      });
    },
  };
}

function openStream(
  { clock = systemClock, transcriptMs = 50, firstSoundMs = 100, wordEveryMs = 50 }: ScriptedSpeechToSpeechOptions,
  { format, signal }: ConnectOptions,
  told: string[],
  replyTo: (heard: string) => string | readonly ScriptedSpeechStep[],
): SpeechToSpeechStream {
  const events = new Channel<SpeechToSpeechEvent>();
  const timers = new Map<string, Set<() => void>>();
  const converter = createAudioConverter(format, PCM_8K);
  const samples = createSampleReader();
  let reader = createWordReader();
  let frames: ReturnType<typeof reader.read> = [];
  let heard = "";
  let spoken = 0;

  function after(id: string, delayMs: number, act: () => void): void {
    const undos = timers.get(id) ?? new Set();
    timers.set(id, undos);
    const undo = clock.setTimer(() => {
      undos.delete(undo);
      act();
    }, delayMs);
    undos.add(undo);
  }

  function stop(id: string): void {
    for (const undo of timers.get(id) ?? []) undo();
    timers.delete(id);
  }

  function close(error?: { readonly value: unknown }): void {
    signal.removeEventListener("abort", onAbort);
    for (const id of [...timers.keys()]) stop(id);
    events.close(error);
  }
  const onAbort = () => close({ value: signal.reason });
  signal.addEventListener("abort", onAbort, { once: true });

  /** Says words one after another, the text of each just before its sound. @returns when the last one is said. */
  function say(requestId: string, text: string, fromMs: number): number {
    spoken += 1;
    let atMs = fromMs;
    for (const word of codedSpeech(text, spoken & 0xff, DEFAULT_WORD_MS)) {
      const audio = convertAudio(bytesOfSamples(word.samples), PCM_8K, format);
      after(requestId, atMs, () => {
        events.push({ type: "text", requestId, text: text.slice(word.textStart, word.textEnd).concat(" ") });
        events.push({ type: "audio", requestId, audio });
      });
      atMs += wordEveryMs;
    }
    return atMs;
  }

  function perform(requestId: string, reply: string | readonly ScriptedSpeechStep[]): void {
    let atMs = firstSoundMs;
    let calls = 0;
    for (const step of typeof reply === "string" ? [reply] : reply) {
      if (typeof step === "string") atMs = say(requestId, step, atMs);
      else if ("waitMs" in step) atMs += step.waitMs;
      else if ("call" in step) {
        calls += 1;
        const toolCallId = `${requestId}-${calls}`;
        const call = { toolCallId, name: step.call, inputText: JSON.stringify(step.input ?? {}) };
        after(requestId, atMs, () => events.push({ type: "tool-call", requestId, ...call }));
      } else if (step.error === "connection") {
        after(requestId, atMs, () => close({ value: new Error("the connection broke") }));
        return;
      } else {
        after(requestId, atMs, () => events.push({ type: "response-end", requestId, outcome: "failed" }));
        return;
      }
    }
    after(requestId, atMs, () => {
      events.push({ type: "usage", requestId, inputTokens: 10, outputTokens: 20 });
      events.push({ type: "response-end", requestId, outcome: "completed" });
    });
  }

  return {
    write(audio) {
      frames.push(...reader.read(samples.read(converter.convert(audio))));
    },
    commit(utteranceId) {
      const text = textOf(wordsOf([...frames, ...reader.end()]));
      reader = createWordReader();
      frames = [];
      heard = text;
      told.push(`commit: ${text}`);
      after(utteranceId, transcriptMs, () =>
        events.push({ type: "caller-transcript", utteranceId, final: true, text }),
      );
    },
    discard() {
      reader = createWordReader();
      frames = [];
    },
    respond(requestId) {
      told.push("respond");
      perform(requestId, replyTo(heard));
    },
    say(requestId, text) {
      told.push(`say: ${text}`);
      perform(requestId, text);
    },
    cancel(requestId) {
      told.push(`cancel ${requestId}`);
      stop(requestId);
      events.push({ type: "response-end", requestId, outcome: "cancelled" });
    },
    truncate(requestId, playedMs) {
      told.push(`truncate ${requestId} at ${Math.round(playedMs)}`);
    },
    addText(text) {
      told.push(`text: ${text}`);
      heard = text;
    },
    toolResult(_toolCallId, text) {
      told.push(`result: ${text}`);
      heard = text;
    },
    events,
    close: async () => close(),
  };
}
