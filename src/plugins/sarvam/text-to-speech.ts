import { z } from "zod";
import { ALAW_8K, MULAW_8K, PCM_8K, PCM_16K, PCM_24K } from "../../audio/index.js";
import {
  DEFAULT_CONNECT_TIMEOUT_MS,
  openProviderSocket,
  type ProviderMessage,
  type ProviderNetwork,
  readApiKey,
  systemNetwork,
} from "../../net/index.js";
import type { AudioFormat, Localized, SpeakRequest, SpeechChunk, TextToSpeech } from "../../spec/index.js";
import { DEFAULT_SARVAM_BASE_URL, failure, keyHeader, parsed, refuseFormat, reportedError } from "./service.js";

/** The voice model. */
export const DEFAULT_SARVAM_TEXT_TO_SPEECH_MODEL = "bulbul:v3";
/** A speaker of `bulbul:v3`; `bulbul:v2` has others, such as `anushka`. */
export const DEFAULT_SARVAM_SPEAKER = "shubh";
/** A voice that sends nothing for so long has stalled. */
export const DEFAULT_SARVAM_IDLE_TIMEOUT_MS = 4_000;

/** The most characters Sarvam takes in one message. */
const LONGEST_TEXT_CHARACTERS = 2_500;

/** Of {@link sarvamTextToSpeech}. */
export interface SarvamTextToSpeechOptions {
  /** @default the environment's SARVAM_API_KEY */
  readonly apiKey?: string;
  /** A speaker for all languages, or one for English and one for Hindi, which also speaks the mix. @default DEFAULT_SARVAM_SPEAKER */
  readonly voice?: Localized;
  /** @default DEFAULT_SARVAM_TEXT_TO_SPEECH_MODEL */
  readonly model?: string;
  /** How fast, 1 being the speaker's own. @default the model's own */
  readonly pace?: number;
  /** @default DEFAULT_SARVAM_BASE_URL */
  readonly baseUrl?: string;
  /** @default systemNetwork */
  readonly network?: ProviderNetwork;
  /** From the request to the open connection, in ms. @default DEFAULT_CONNECT_TIMEOUT_MS */
  readonly connectTimeoutMs?: number;
  /** The longest wait for the next chunk, in ms. @default DEFAULT_SARVAM_IDLE_TIMEOUT_MS */
  readonly idleTimeoutMs?: number;
}

const CODECS: readonly (readonly [AudioFormat, string])[] = [
  [MULAW_8K, "mulaw"],
  [ALAW_8K, "alaw"],
  [PCM_8K, "linear16"],
  [PCM_16K, "linear16"],
  [PCM_24K, "linear16"],
];

const PARTY = { provider: "sarvam", component: "text-to-speech" } as const;

const messageSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("audio"), data: z.object({ audio: z.string() }) }),
  z.object({ type: z.literal("event"), data: z.object({ event_type: z.string() }) }),
  z.object({ type: z.literal("error"), data: z.object({ message: z.string(), code: z.coerce.string().optional() }) }),
]);

/**
 * Sarvam as a voice: one WebSocket a request, µ-law straight through. Sarvam knows no cancel, so an abort drops the
 * connection. It does not tell where words stand.
 * @throws BolchaalError `invalid-option` without a key.
 */
export function sarvamTextToSpeech(options: SarvamTextToSpeechOptions = {}): TextToSpeech {
  const apiKey = readApiKey({ apiKey: options.apiKey, variable: "SARVAM_API_KEY", ...PARTY });
  const { connectTimeoutMs = DEFAULT_CONNECT_TIMEOUT_MS } = options;
  const { idleTimeoutMs = DEFAULT_SARVAM_IDLE_TIMEOUT_MS, network = systemNetwork } = options;

  async function* doSpeak(request: SpeakRequest): AsyncGenerator<SpeechChunk, void, void> {
    const { text, signal } = request;
    signal.throwIfAborted();
    if (!/[\p{L}\p{N}]/u.test(text)) return;
    const config = configFor(options, request);
    const url = urlFor(options);
    const socket = await openProviderSocket({
      ...PARTY,
      url,
      headers: keyHeader(apiKey),
      network,
      signal,
      connectTimeoutMs,
    });
    try {
      socket.send(JSON.stringify(config));
      for (const part of partsOf(text)) socket.send(JSON.stringify({ type: "text", data: { text: part } }));
      socket.send('{"type":"flush"}');
      yield* chunks(socket.messages({ idleTimeoutMs }));
    } finally {
      socket.release();
    }
  }

  return Object.freeze({
    specVersion: "v1",
    name: "sarvam",
    capabilities: { languages: ["hi", "en", "hi-en"] },
    produces: CODECS.map(([format]) => format),
    doSpeak,
  } satisfies TextToSpeech);
}

async function* chunks(messages: AsyncIterable<ProviderMessage>): AsyncGenerator<SpeechChunk, void, void> {
  let bytes = 0;
  for await (const message of messages) {
    const { success, data: read } = messageSchema.safeParse(message.type === "text" ? parsed(message.text) : undefined);
    if (!success) throw failure(PARTY, "It sent a message that is none of its own");
    if (read.type === "error") throw reportedError(PARTY, read.data.message, read.data.code);
    if (read.type === "audio") {
      const audio = Buffer.from(read.data.audio, "base64");
      bytes += audio.length;
      if (audio.length > 0) yield { audio };
    } else if (read.data.event_type === "final") {
      if (bytes === 0) throw failure(PARTY, "It ended without a sound");
      return;
    }
  }
}

function configFor({ voice = DEFAULT_SARVAM_SPEAKER, pace }: SarvamTextToSpeechOptions, request: SpeakRequest): object {
  const { language, format } = request;
  const codec = CODECS.find(([{ type, rate }]) => type === format.type && rate === format.rate)?.[1];
  const speaker = typeof voice === "string" ? voice : language === "en" ? voice.en : voice.hi;
  return {
    type: "config",
    data: {
      target_language_code: language === "en" ? "en-IN" : "hi-IN",
      speaker,
      speech_sample_rate: format.rate,
      output_audio_codec: codec ?? refuseFormat(PARTY, format),
      // The smallest allowed: the first words are spoken soonest.
      min_buffer_size: 50,
      max_chunk_length: 150,
      pace,
    },
  };
}

function urlFor({ baseUrl = DEFAULT_SARVAM_BASE_URL, model }: SarvamTextToSpeechOptions): URL {
  const url = new URL("/text-to-speech/ws", baseUrl.replace(/^http/, "ws"));
  url.searchParams.set("model", model ?? DEFAULT_SARVAM_TEXT_TO_SPEECH_MODEL);
  url.searchParams.set("send_completion_event", "true");
  return url;
}

/** The text in messages that are not too long, cut at spaces where there are any. */
function partsOf(text: string): string[] {
  const pattern = new RegExp(`[^]{1,${LONGEST_TEXT_CHARACTERS}}(?=\\s|$)|[^]{1,${LONGEST_TEXT_CHARACTERS}}`, "gu");
  return text.match(pattern) ?? [];
}
