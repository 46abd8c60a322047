import { durationMs, MULAW_8K, PCM_8K, PCM_16K, PCM_24K } from "../../audio/index.js";
import { BolchaalError } from "../../errors.js";
import {
  closeError,
  DEFAULT_CONNECT_TIMEOUT_MS,
  openProviderSocket,
  type ProviderMessage,
  type ProviderNetwork,
  readApiKey,
  systemNetwork,
} from "../../net/index.js";
import type {
  AudioFormat,
  Language,
  Localized,
  SpeakRequest,
  SpeechChunk,
  TextToSpeech,
  WordTiming,
} from "../../spec/index.js";
import { type ElevenLabsMessage, readElevenLabsMessage } from "./messages.js";
import { createWordPlaces } from "./word-places.js";

/** Where ElevenLabs listens. */
export const DEFAULT_ELEVENLABS_BASE_URL = "wss://api.elevenlabs.io";
/** Its quick multilingual model. */
export const DEFAULT_ELEVENLABS_MODEL = "eleven_flash_v2_5";
/** A voice that sends nothing for so long has stalled. */
export const DEFAULT_ELEVENLABS_IDLE_TIMEOUT_MS = 4_000;

/** How a voice speaks; 0 to 1, but for `speed`. See ElevenLabs' own pages. */
export interface ElevenLabsVoiceSettings {
  readonly stability?: number;
  readonly similarityBoost?: number;
  readonly style?: number;
  readonly useSpeakerBoost?: boolean;
  /** 0.7 to 1.2; 1 is as recorded. */
  readonly speed?: number;
}

/** Of {@link elevenLabsTextToSpeech}. */
export interface ElevenLabsTextToSpeechOptions {
  /** @default the environment's ELEVENLABS_API_KEY */
  readonly apiKey?: string;
  /** The id of a voice for all languages, or one for English and one for Hindi, which also speaks the mix. */
  readonly voice: Localized;
  /** @default DEFAULT_ELEVENLABS_MODEL */
  readonly model?: string;
  /** @default the voice's own */
  readonly settings?: ElevenLabsVoiceSettings;
  /** @default DEFAULT_ELEVENLABS_BASE_URL */
  readonly baseUrl?: string;
  /** @default systemNetwork */
  readonly network?: ProviderNetwork;
  /** From the request to the open connection, in ms. @default DEFAULT_CONNECT_TIMEOUT_MS */
  readonly connectTimeoutMs?: number;
  /** The longest wait for the next chunk, in ms. @default DEFAULT_ELEVENLABS_IDLE_TIMEOUT_MS */
  readonly idleTimeoutMs?: number;
}

const OUTPUT_FORMATS: readonly (readonly [AudioFormat, string])[] = [
  [MULAW_8K, "ulaw_8000"],
  [PCM_8K, "pcm_8000"],
  [PCM_16K, "pcm_16000"],
  [PCM_24K, "pcm_24000"],
];

const PARTY = { provider: "elevenlabs", component: "text-to-speech" } as const;

/**
 * ElevenLabs as a voice: one WebSocket a request (`stream-input`), µ-law straight through, words placed by the
 * characters it times. An abort drops the connection, which ends the generation.
 * @throws BolchaalError `invalid-option` without a key or a voice.
 */
export function elevenLabsTextToSpeech(options: ElevenLabsTextToSpeechOptions): TextToSpeech {
  const apiKey = readApiKey({ apiKey: options.apiKey, variable: "ELEVENLABS_API_KEY", ...PARTY });
  const { connectTimeoutMs = DEFAULT_CONNECT_TIMEOUT_MS, network = systemNetwork } = options;
  const { idleTimeoutMs = DEFAULT_ELEVENLABS_IDLE_TIMEOUT_MS } = options;
  for (const language of ["en", "hi"] as const) {
    if (voiceFor(options.voice, language)?.trim()) continue;
    throw new BolchaalError(`There is no voice for ${language}. Give the option voice a voice's id.`, {
      code: "invalid-option",
      ...PARTY,
    });
  }

  async function* doSpeak(request: SpeakRequest): AsyncGenerator<SpeechChunk, void, void> {
    const { text, format, signal } = request;
    signal.throwIfAborted();
    if (!/[\p{L}\p{N}]/u.test(text)) return;
    const socket = await openProviderSocket({
      ...PARTY,
      url: urlFor(options, request),
      headers: { "xi-api-key": apiKey },
      network,
      signal,
      connectTimeoutMs,
    });
    try {
      socket.send(JSON.stringify({ text: " ", ...voiceSettings(options.settings) }));
      // A text that does not end in a space is not spoken to its end; the empty one says that no more comes.
      socket.send(JSON.stringify({ text: `${text} ` }));
      socket.send(JSON.stringify({ text: "" }));
      yield* chunks(socket.messages({ idleTimeoutMs }), text, format);
    } finally {
      socket.release();
    }
  }

  return Object.freeze({
    specVersion: "v1",
    name: "elevenlabs",
    capabilities: { languages: ["hi", "en", "hi-en"] },
    produces: OUTPUT_FORMATS.map(([format]) => format),
    doSpeak,
  } satisfies TextToSpeech);
}

async function* chunks(
  messages: AsyncIterable<ProviderMessage>,
  text: string,
  format: AudioFormat,
): AsyncGenerator<SpeechChunk, void, void> {
  const places = createWordPlaces(text);
  let bytes = 0;
  for await (const message of messages) {
    const { audio, alignment, last } = speechIn(message);
    const words = alignment === undefined ? [] : places.add(alignment, durationMs(bytes, format));
    bytes += audio.length;
    if (last) words.push(...places.rest());
    if (audio.length > 0 || words.length > 0) yield chunk(audio, words);
    if (last && bytes === 0) throw failure("It ended without a sound", false);
    if (last) return;
  }
}

function chunk(audio: Uint8Array, words: readonly WordTiming[]): SpeechChunk {
  return words.length === 0 ? { audio } : { audio, words };
}

function speechIn(message: ProviderMessage): Extract<ElevenLabsMessage, { type: "speech" }> {
  const read = message.type === "text" ? readElevenLabsMessage(message.text) : undefined;
  if (read === undefined) throw failure("It sent a message that is none of its own", true);
  if (read.type === "speech") return read;
  if (/api_key|unauthori[sz]ed|permission|unusual_activity/.test(read.error))
    throw new BolchaalError(`It refused: ${read.message}. Check the API key and what it may use.`, {
      code: "not-authorised",
      ...PARTY,
    });
  throw closeError(PARTY, read.code, `${read.error}: ${read.message}`);
}

function failure(happened: string, retryable: boolean): BolchaalError {
  return new BolchaalError(`${happened}. Try again, or use another provider meanwhile.`, {
    code: "provider-failed",
    ...PARTY,
    retryable,
  });
}

function urlFor(options: ElevenLabsTextToSpeechOptions, { language, format }: SpeakRequest): URL {
  const { model = DEFAULT_ELEVENLABS_MODEL, baseUrl = DEFAULT_ELEVENLABS_BASE_URL } = options;
  const voice = encodeURIComponent(voiceFor(options.voice, language));
  const url = new URL(`/v1/text-to-speech/${voice}/stream-input`, baseUrl.replace(/^http/, "ws"));
  const output = OUTPUT_FORMATS.find(([{ type, rate }]) => type === format.type && rate === format.rate)?.[1];
  if (output === undefined)
    throw new BolchaalError(`It does not speak ${format.type} at ${format.rate} Hz. Use one of its formats.`, {
      code: "invalid-request",
      ...PARTY,
    });
  url.searchParams.set("model_id", model);
  url.searchParams.set("output_format", output);
  // The text is whole sentences already: no waiting for more of it.
  url.searchParams.set("auto_mode", "true");
  // Only these models take a language; others refuse the request.
  if (model.endsWith("v2_5")) url.searchParams.set("language_code", language === "en" ? "en" : "hi");
  return url;
}

function voiceFor(voice: Localized, language: Language): string {
  if (typeof voice === "string") return voice;
  return language === "en" ? voice.en : voice.hi;
}

function voiceSettings(settings: ElevenLabsVoiceSettings | undefined): object {
  if (settings === undefined) return {};
  const { stability, similarityBoost, style, useSpeakerBoost, speed } = settings;
  return {
    voice_settings: {
      stability,
      similarity_boost: similarityBoost,
      style,
      use_speaker_boost: useSpeakerBoost,
      speed,
    },
  };
}
