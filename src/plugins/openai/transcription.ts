import { z } from "zod";
import { Channel, untilAborted } from "../../async.js";
import { ALAW_8K, convertAudio, MULAW_8K, PCM_8K, PCM_16K, PCM_24K, writeWav } from "../../audio/index.js";
import { BolchaalError } from "../../errors.js";
import { systemNetwork } from "../../net/network.js";
import type {
  AudioFormat,
  Language,
  ListenOptions,
  Logger,
  SpeechToText,
  SpeechToTextStream,
  TranscriptResult,
} from "../../spec/index.js";
import { type OpenAiConnection, openAiClient } from "./client.js";
import { brokenAnswer, type Party } from "./errors.js";
import { eventsOf, inOurTime, type OpenAiTimeouts } from "./progress.js";
import { warnOfShutdown } from "./shutdowns.js";
import { createUtteranceBuffer, type UtteranceSound } from "./utterance-buffer.js";

/** The model that hears where none is named. */
export const DEFAULT_OPENAI_TRANSCRIPTION_MODEL = "gpt-transcribe";
/** What callers are expected to speak, in ISO-639-1. */
export const DEFAULT_OPENAI_TRANSCRIPTION_LANGUAGES: readonly string[] = ["hi", "en"];
/** So much of the sound before the session heard speech belongs to it, in ms. */
export const DEFAULT_OPENAI_PRE_ROLL_MS = 500;
/** More of one utterance than this is not kept, in ms. */
export const DEFAULT_OPENAI_MAX_UTTERANCE_MS = 60_000;
/** So many utterances may wait for their words at a time: more would be answered too late to be of use. */
const MOST_AT_ONCE = 8;

/** Of {@link openAiTranscription}. */
export interface OpenAiTranscriptionOptions extends OpenAiConnection, OpenAiTimeouts {
  /** Any id that the server knows and that streams; whisper-1 does not. @default DEFAULT_OPENAI_TRANSCRIPTION_MODEL */
  readonly model?: string;
  /** gpt-transcribe only: what may be spoken, in ISO-639-1. @default DEFAULT_OPENAI_TRANSCRIPTION_LANGUAGES */
  readonly languages?: readonly string[];
  /** gpt-transcribe only: names and words that may come, single lines without `<` and `>`. @default none */
  readonly keywords?: readonly string[];
  /** What the call is about, in words. @default none */
  readonly prompt?: string;
  /** @default DEFAULT_OPENAI_PRE_ROLL_MS */
  readonly preRollMs?: number;
  /** @default DEFAULT_OPENAI_MAX_UTTERANCE_MS */
  readonly maxUtteranceMs?: number;
  /** Warned, once, of a model whose end is near. @default silent */
  readonly logger?: Logger;
  /** Today, by the calendar. @default the system's */
  readonly today?: Date;
}

/**
 * OpenAI hears utterance by utterance, as files (`/v1/audio/transcriptions`): each is sent when the session heard its end,
 * and its words stream back as interim transcripts. Slower than a live recogniser: a fallback, and for servers that have
 * no other. Needs the package `openai`, version 6 or 7, unless `client` is given.
 * @throws BolchaalError `invalid-option` without a key; the results: `missing-dependency`, `not-authorised`,
 * `overloaded`, `invalid-request`, `provider-failed`, `provider-timeout`.
 */
export function openAiTranscription(options: OpenAiTranscriptionOptions = {}): SpeechToText {
  const { model = DEFAULT_OPENAI_TRANSCRIPTION_MODEL, network = systemNetwork } = options;
  const party = { provider: "openai", component: "speech-to-text" } as const;
  const client = openAiClient(options, "speech-to-text");
  warnOfShutdown(model, options);

  async function* words(
    audio: Uint8Array,
    format: AudioFormat,
    language: Language,
    signal: AbortSignal,
  ): AsyncGenerator<TranscriptionEvent, void, void> {
    const endpoint = (await client()).audio.transcriptions;
    const file = new File([wavOf(audio, format)], "utterance.wav", { type: "audio/wav" });
    const body = { ...requestFor(model, options, language), file, response_format: "json", stream: true };
    yield* transcriptionEvents(eventsOf(await endpoint.create(body, { signal, maxRetries: 0 }), party), party);
  }

  async function doListen(listen: ListenOptions): Promise<SpeechToTextStream> {
    listen.signal.throwIfAborted();
    const hear: Hear = (audio, language, signal) =>
      inOurTime((either) => words(audio, listen.format, language, either), options, {
        clock: network.clock,
        signal,
        party,
      });
    return createStream(listen, options, hear, party);
  }

  return Object.freeze({
    specVersion: "v1",
    name: "openai",
    modelId: model,
    capabilities: { interim: true, languages: ["hi", "en", "hi-en"] },
    accepts: [MULAW_8K, PCM_16K, PCM_8K, PCM_24K, ALAW_8K],
    doListen,
  } satisfies SpeechToText);
}

type Hear = (audio: Uint8Array, language: Language, signal: AbortSignal) => AsyncIterable<TranscriptionEvent>;

/** One call. Utterances are heard side by side, and told in order. */
function createStream(
  { format, language: firstLanguage, signal, warn = () => {} }: ListenOptions,
  { preRollMs, maxUtteranceMs }: OpenAiTranscriptionOptions,
  hear: Hear,
  party: Party,
): SpeechToTextStream {
  const buffer = createUtteranceBuffer(format, {
    preRollMs: preRollMs ?? DEFAULT_OPENAI_PRE_ROLL_MS,
    maxUtteranceMs: maxUtteranceMs ?? DEFAULT_OPENAI_MAX_UTTERANCE_MS,
  });
  const closed = new AbortController();
  const either = AbortSignal.any([signal, closed.signal]);
  const utterances = new Channel<Channel<TranscriptResult>>();
  let language = firstLanguage;
  let speaking: string | undefined;
  let underWay = 0;

  async function transcribe(
    id: string,
    { audio, cut }: UtteranceSound,
    told: Channel<TranscriptResult>,
  ): Promise<void> {
    underWay += 1;
    try {
      if (cut) warn(tooLong(party));
      let text = "";
      for await (const { delta, whole } of hear(audio, language, either)) {
        text = whole ?? text + delta;
        if (whole === undefined && text.trim() !== "")
          told.push({ type: "transcript", final: false, utteranceId: id, text });
      }
      told.push(
        text.trim() === ""
          ? { type: "not-understood", utteranceId: id }
          : { type: "transcript", final: true, utteranceId: id, text: text.trim() },
      );
      told.close();
    } catch (value) {
      told.close({ value });
    } finally {
      underWay -= 1;
    }
  }

  function end(id: string): void {
    const sound = buffer.end();
    if (speaking !== id || sound === undefined || closed.signal.aborted) return;
    speaking = undefined;
    const told = new Channel<TranscriptResult>();
    utterances.push(told);
    if (underWay < MOST_AT_ONCE) return void transcribe(id, sound, told);
    warn(tooMany(party));
    told.push({ type: "not-understood", utteranceId: id });
    told.close();
  }

  async function* inOrder(): AsyncGenerator<TranscriptResult, void, void> {
    for await (const told of utterances) yield* told;
  }

  async function* results(): AsyncGenerator<TranscriptResult, void, void> {
    try {
      yield* untilAborted(inOrder(), either);
    } catch (error) {
      signal.throwIfAborted();
      if (!closed.signal.aborted) throw error;
    } finally {
      closed.abort();
    }
  }

  return {
    write: (audio) => buffer.write(audio),
    speechStart(utteranceId) {
      // Of an utterance whose end was never told, all there is belongs to it.
      if (speaking !== undefined) end(speaking);
      speaking = utteranceId;
      buffer.start();
    },
    speechEnd(utteranceId) {
      if (speaking === utteranceId) end(utteranceId);
    },
    setLanguage(next) {
      language = next;
    },
    results: { [Symbol.asyncIterator]: results },
    async close() {
      closed.abort();
    },
  };
}

function requestFor(model: string, options: OpenAiTranscriptionOptions, language: Language): object {
  const { languages = DEFAULT_OPENAI_TRANSCRIPTION_LANGUAGES, keywords = [], prompt } = options;
  const hints = model.startsWith("gpt-transcribe")
    ? { languages, ...(keywords.length > 0 && { keywords }) }
    : { language: language === "en" ? "en" : "hi" };
  return { model, ...hints, ...(prompt !== undefined && { prompt }) };
}

/** Linear: OpenAI takes no other WAV for sure. */
function wavOf(audio: Uint8Array, format: AudioFormat): Uint8Array<ArrayBuffer> {
  const linear: AudioFormat = { type: "audio/pcm", rate: format.rate };
  return Uint8Array.from(writeWav({ format: linear, channels: 1, data: convertAudio(audio, format, linear) }));
}

interface TranscriptionEvent {
  readonly delta: string;
  /** The words for good. */
  readonly whole?: string;
}

const eventSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("transcript.text.delta"), delta: z.string() }),
  z.object({ type: z.literal("transcript.text.done"), text: z.string() }),
]);

/** @throws BolchaalError for a stream without an end. */
async function* transcriptionEvents(
  events: AsyncIterable<unknown>,
  party: Party,
): AsyncGenerator<TranscriptionEvent, void, void> {
  for await (const received of events) {
    const { success, data } = eventSchema.safeParse(received);
    // Other events, such as segments, tell nothing that is asked for.
    if (!success) continue;
    if (data.type === "transcript.text.done") return yield { delta: "", whole: data.text };
    yield { delta: data.delta };
  }
  throw brokenAnswer("It broke off in the midst of a transcript", party);
}

function tooLong(party: Party): BolchaalError {
  const message = "An utterance was longer than is kept, and its end is not heard. Give a larger maxUtteranceMs.";
  return new BolchaalError(message, { code: "overloaded", ...party });
}

function tooMany(party: Party): BolchaalError {
  const message = `More than ${MOST_AT_ONCE} utterances wait for their words, and one is left out. Use a live recogniser.`;
  return new BolchaalError(message, { code: "overloaded", retryable: true, ...party });
}
