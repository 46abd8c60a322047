import { PCM_24K } from "../../audio/index.js";
import { BolchaalError } from "../../errors.js";
import { systemNetwork } from "../../net/network.js";
import type { Language, Localized, Logger, SpeakRequest, SpeechChunk, TextToSpeech } from "../../spec/index.js";
import { type OpenAiConnection, openAiClient } from "./client.js";
import { brokenAnswer, type Party } from "./errors.js";
import { inOurTime, type OpenAiTimeouts } from "./progress.js";
import { warnOfShutdown } from "./shutdowns.js";

/** The voice model where none is named. Like all of `/v1/audio/speech` it is off from 2027-01-06. */
export const DEFAULT_OPENAI_SPEECH_MODEL = "gpt-4o-mini-tts";
/** The voice where none is named. */
export const DEFAULT_OPENAI_VOICE = "marin";
/** OpenAI takes no longer text in one request. */
const MOST_CHARACTERS = 4096;

/** Of {@link openAiSpeech}. */
export interface OpenAiSpeechOptions extends OpenAiConnection, OpenAiTimeouts {
  /** Any id that the server knows. @default DEFAULT_OPENAI_SPEECH_MODEL */
  readonly model?: string;
  /** A voice for all languages, or one for each. @default DEFAULT_OPENAI_VOICE */
  readonly voice?: Localized;
  /** How to speak, such as "Warm and quick, in an Indian accent.", for all languages or for each. @default none */
  readonly instructions?: Localized;
  /** 0.25 to 4; 1 is as recorded. @default the server's own */
  readonly speed?: number;
  /** Warned, once, of a model whose end is near. @default silent */
  readonly logger?: Logger;
  /** Today, by the calendar. @default the system's */
  readonly today?: Date;
}

/**
 * A voice of OpenAI, over `/v1/audio/speech`: PCM at 24 kHz, streamed. OpenAI shuts this interface down on 2027-01-06.
 * Needs the package `openai`, version 6 or 7, unless `client` is given.
 * @throws BolchaalError `invalid-option` without a key; when it speaks: `missing-dependency`, `not-authorised`,
 * `overloaded`, `invalid-request`, `provider-failed`, `provider-timeout`.
 */
export function openAiSpeech(options: OpenAiSpeechOptions = {}): TextToSpeech {
  const { model = DEFAULT_OPENAI_SPEECH_MODEL, voice = DEFAULT_OPENAI_VOICE, network = systemNetwork } = options;
  const party = { provider: "openai", component: "text-to-speech" } as const;
  const client = openAiClient(options, "text-to-speech");
  warnOfShutdown(model, options);

  async function* sound({ text, language }: SpeakRequest, signal: AbortSignal): AsyncGenerator<Uint8Array, void, void> {
    const { audio } = await client();
    const instructions = options.instructions && wordsFor(options.instructions, language);
    const body = {
      model,
      voice: wordsFor(voice, language),
      input: text,
      response_format: "pcm",
      ...(instructions && { instructions }),
      ...(options.speed !== undefined && { speed: options.speed }),
    };
    yield* soundIn(await audio.speech.create(body, { signal, maxRetries: 0 }), party);
  }

  async function* doSpeak(request: SpeakRequest): AsyncGenerator<SpeechChunk, void, void> {
    const { text, signal } = request;
    signal.throwIfAborted();
    if (!/[\p{L}\p{N}]/u.test(text)) return;
    if (text.length > MOST_CHARACTERS) throw tooLong(text.length, party);
    const watch = { clock: network.clock, signal, party };
    for await (const audio of inOurTime((either) => sound(request, either), options, watch)) yield { audio };
  }

  return Object.freeze({
    specVersion: "v1",
    name: "openai",
    modelId: model,
    capabilities: { languages: ["en", "hi", "hi-en"] },
    produces: [PCM_24K],
    doSpeak,
  } satisfies TextToSpeech);
}

/** The sound in an answer, as it comes; a sample may straddle two chunks. */
async function* soundIn(answer: unknown, party: Party): AsyncGenerator<Uint8Array, void, void> {
  const { body, headers } = answer as Partial<Response>;
  const type = headers?.get("content-type") ?? "";
  if (body == null || /^(text\/|application\/json)/.test(type)) {
    await body?.cancel();
    throw brokenAnswer(`It answered with ${type || "nothing"} in place of sound`, party);
  }
  const reader = body.getReader();
  let bytes = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      bytes += next.value.length;
      if (next.value.length > 0) yield next.value;
    }
  } finally {
    // Of a body that broke, there is nothing left to be let go of.
    reader.cancel().catch(() => {});
  }
  if (bytes === 0) throw brokenAnswer("It answered without a sound", party);
}

/** The mix is spoken as Hindi is. */
function wordsFor(localized: Localized, language: Language): string {
  if (typeof localized === "string") return localized;
  return language === "en" ? localized.en : localized.hi;
}

function tooLong(characters: number, party: Party): BolchaalError {
  const message = `The text has ${characters} characters, and OpenAI takes ${MOST_CHARACTERS}. Speak it in shorter pieces.`;
  return new BolchaalError(message, { code: "invalid-request", ...party });
}
