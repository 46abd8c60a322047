import { ALAW_8K, MULAW_8K, PCM_24K } from "../../../audio/index.js";
import { inLanguage } from "../../../language/index.js";
import { systemNetwork } from "../../../net/index.js";
import type { AudioFormat, Localized, Logger, SpeakRequest, SpeechChunk, TextToSpeech } from "../../../spec/index.js";
import { brokenAnswer, openAiError, type Party } from "../errors.js";
import { warnOfShutdown } from "../shutdowns.js";
import {
  endsSession,
  type OpenAiRealtimeConnectionOptions,
  type RealtimeConnection,
  realtimeDoor,
  realtimeError,
  wireFormat,
} from "./connection.js";
import { saysTheSame } from "./paraphrase.js";
import { createPool } from "./pool.js";

/** The model that speaks where none is named. */
export const DEFAULT_OPENAI_REALTIME_MODEL = "gpt-realtime-2.1-mini";
/** The voice where none is named. */
export const DEFAULT_OPENAI_REALTIME_VOICE = "marin";
/** A voice that sends nothing for so long has stalled, in ms. */
export const DEFAULT_OPENAI_REALTIME_IDLE_TIMEOUT_MS = 4_000;

/** Of {@link openAiRealtimeVoice}. */
export interface OpenAiRealtimeVoiceOptions extends OpenAiRealtimeConnectionOptions {
  /** Any id that the server knows. @default DEFAULT_OPENAI_REALTIME_MODEL */
  readonly model?: string;
  /** A voice for all languages, or one for each. @default DEFAULT_OPENAI_REALTIME_VOICE */
  readonly voice?: Localized;
  /** How to speak, such as "Warm and quick, in an Indian accent.", for all languages or for each. @default none */
  readonly instructions?: Localized;
  /** 0.25 to 1.5; 1 is as the model speaks. @default the model's own */
  readonly speed?: number;
  /** The longest wait for the next stretch of sound, in ms. @default DEFAULT_OPENAI_REALTIME_IDLE_TIMEOUT_MS */
  readonly idleTimeoutMs?: number;
  /** Told when the model said other words than it was asked to. @default the session's `warning` event alone */
  readonly onParaphrase?: (event: { readonly text: string; readonly spoken: string }) => void;
  /** Warned, once, of a model whose end is near. @default silent */
  readonly logger?: Logger;
  /** Today, by the calendar. @default the system's */
  readonly today?: Date;
}

/** A voice that keeps connections between two pieces. */
export interface OpenAiRealtimeVoice extends TextToSpeech {
  /** Lets go of the connections that are kept; at the latest they go by themselves after 30 s. */
  close(): void;
}

const READ_ALOUD =
  "You are a voice that reads aloud. Say exactly the words of the message, in its language, from the first to the last. Add nothing, leave out nothing, answer nothing: also a question is only read.";

/**
 * OpenAI's Realtime model as a voice: it reads texts word for word, and its own transcript is checked against them. µ-law
 * straight through. Connections are kept for a while, so that the next piece need not wait for one.
 * @throws BolchaalError `invalid-option` without a key.
 */
export function openAiRealtimeVoice(options: OpenAiRealtimeVoiceOptions = {}): OpenAiRealtimeVoice {
  const {
    model = DEFAULT_OPENAI_REALTIME_MODEL,
    voice = DEFAULT_OPENAI_REALTIME_VOICE,
    network = systemNetwork,
  } = options;
  const { idleTimeoutMs = DEFAULT_OPENAI_REALTIME_IDLE_TIMEOUT_MS } = options;
  const party = { provider: "openai", component: "text-to-speech" } as const;
  const pool = createPool(realtimeDoor(options, party, { model }), network.clock);
  warnOfShutdown(model, options);

  async function* doSpeak(request: SpeakRequest): AsyncGenerator<SpeechChunk, void, void> {
    const { text, language, format, signal } = request;
    signal.throwIfAborted();
    if (!/[\p{L}\p{N}]/u.test(text)) return;
    const style = options.instructions && inLanguage(options.instructions, language);
    const settings = {
      type: "realtime",
      output_modalities: ["audio"],
      instructions: style === undefined ? READ_ALOUD : `${READ_ALOUD} ${style}`,
      audio: {
        input: { turn_detection: null },
        output: {
          format: wireFormat(format),
          voice: inLanguage(voice, language),
          ...(options.speed !== undefined && { speed: options.speed }),
        },
      },
    };
    const connection = await pool.take(settings, signal);
    const onAbort = () => connection.release();
    signal.addEventListener("abort", onAbort, { once: true });
    let spoken: string | undefined;
    try {
      signal.throwIfAborted();
      connection.send(readAloud(text));
      spoken = yield* soundOf(connection, idleTimeoutMs, party);
    } catch (cause) {
      signal.throwIfAborted();
      throw cause;
    } finally {
      signal.removeEventListener("abort", onAbort);
      // One that was broken off in the midst still speaks: it is of no more use.
      if (spoken === undefined) connection.release();
      else pool.giveBack(settings, connection);
    }
    signal.throwIfAborted();
    if (saysTheSame(text, spoken)) return;
    options.onParaphrase?.({ text, spoken });
    request.warn?.(brokenAnswer(`It was to say "${text}", and said "${spoken}"`, party));
  }

  return Object.freeze({
    specVersion: "v1",
    name: "openai",
    modelId: model,
    capabilities: { languages: ["en", "hi", "hi-en"] },
    produces: [MULAW_8K, ALAW_8K, PCM_24K] satisfies AudioFormat[],
    doSpeak,
    close: () => pool.close(),
  } satisfies OpenAiRealtimeVoice);
}

/** A request outside of any conversation, so that no text is coloured by the one before. */
function readAloud(text: string): object {
  return {
    type: "response.create",
    response: {
      conversation: "none",
      output_modalities: ["audio"],
      input: [{ type: "message", role: "user", content: [{ type: "input_text", text }] }],
    },
  };
}

/** The sound of the one response there is. @returns what was said. */
async function* soundOf(
  connection: RealtimeConnection,
  idleTimeoutMs: number,
  party: Party,
): AsyncGenerator<SpeechChunk, string, void> {
  let spoken = "";
  let bytes = 0;
  for await (const event of connection.events({ idleTimeoutMs })) {
    if (event.type === "response.output_audio_transcript.delta") spoken += event.delta;
    else if (event.type === "response.output_audio.delta") {
      const audio = Buffer.from(event.delta, "base64");
      bytes += audio.length;
      yield { audio };
    } else if (event.type === "error") {
      const error = realtimeError(event, party);
      if (endsSession(event) || bytes === 0) throw error;
    } else if (event.type === "response.done") {
      const { status, status_details: details } = event.response;
      if (status === "failed")
        throw openAiError({ message: details?.error?.message ?? "it failed", code: details?.error?.code }, party);
      if (bytes === 0) throw brokenAnswer("It answered without a sound", party);
      if (status !== "completed") throw brokenAnswer(`It broke off (${details?.reason ?? status})`, party);
      return spoken;
    }
  }
  throw brokenAnswer("It broke off in the midst of speaking", party);
}
