import type { AudioFormat, SpeechChunk } from "../../spec/index.js";
import {
  createProviderSimulator,
  type Knock,
  type Listener,
  type ProviderConnection,
  type ProviderServerOptions,
  type ProviderSimulator,
  type Refusal,
} from "../provider-server/index.js";
import { scriptedTextToSpeech } from "../scripted/index.js";
import { alignmentOf } from "./alignment.js";

/** The voices the simulator knows. */
export const DEFAULT_ELEVENLABS_SIMULATOR_VOICES: readonly string[] = ["asha", "ravi"];

/** Of {@link createElevenLabsSimulator}. */
export interface ElevenLabsSimulatorOptions extends ProviderServerOptions {
  /** @default DEFAULT_ELEVENLABS_SIMULATOR_VOICES */
  readonly voices?: readonly string[];
  /** Bytes of a chunk; a word or a sample may straddle two. @default one chunk a word */
  readonly chunkBytes?: number;
}

const FORMATS: Readonly<Record<string, AudioFormat>> = {
  ulaw_8000: { type: "audio/pcmu", rate: 8000 },
  pcm_8000: { type: "audio/pcm", rate: 8000 },
  pcm_16000: { type: "audio/pcm", rate: 16000 },
  pcm_24000: { type: "audio/pcm", rate: 24000 },
};

const PARAMETERS = new Set(["model_id", "output_format", "auto_mode", "language_code", "inactivity_timeout"]);
const PATH = /^\/v1\/text-to-speech\/([^/]+)\/stream-input$/;

/**
 * ElevenLabs on this machine: `stream-input` with its messages, error bodies and close codes. It speaks the scripted
 * voice, so `heardWords` reads what it said. It refuses a wrong key, path or parameter, text before the first space, text
 * after the end, and what is no JSON.
 */
export function createElevenLabsSimulator(options: ElevenLabsSimulatorOptions = {}): ProviderSimulator {
  const { apiKey = "test-key", voices = DEFAULT_ELEVENLABS_SIMULATOR_VOICES } = options;
  return createProviderSimulator(
    {
      refuse: (knock) => refusal(knock, apiKey, voices),
      errorBody,
      converse: (connection) => converse(connection, options.chunkBytes),
    },
    options,
  );
}

const detail = (status: string, message: string) => ({ detail: { status, message } });

function errorBody(status: number): unknown {
  if (status === 401) return detail("invalid_api_key", "Invalid API key");
  if (status === 402) return detail("quota_exceeded", "This request exceeds your quota. You have 0 credits remaining.");
  if (status === 429)
    return detail("too_many_concurrent_requests", "Too many concurrent requests. Your plan allows fewer at once.");
  return detail("internal_server_error", "Internal server error");
}

function refusal({ path, query, headers }: Knock, apiKey: string, voices: readonly string[]): Refusal | undefined {
  const voice = PATH.exec(path)?.[1];
  if (voice === undefined) return { status: 404, body: { detail: "Not Found" } };
  if (headers["xi-api-key"] !== apiKey) return { status: 401, body: errorBody(401) };
  if (!voices.includes(decodeURIComponent(voice)))
    return { status: 404, body: detail("voice_not_found", `A voice with the voice_id ${voice} was not found.`) };
  const unknown = [...query.keys()].find((key) => !PARAMETERS.has(key));
  if (unknown !== undefined) return { status: 422, body: detail("invalid_parameters", `Unknown parameter ${unknown}`) };
  const model = query.get("model_id") ?? "";
  if (!model.startsWith("eleven_"))
    return { status: 400, body: detail("model_not_found", `A model with model ID ${model} does not exist.`) };
  if (!((query.get("output_format") ?? "") in FORMATS))
    return { status: 422, body: detail("invalid_output_format", "The output_format is invalid.") };
  if (query.has("language_code") && !model.endsWith("v2_5"))
    return { status: 400, body: detail("unsupported_language", `Model ${model} does not support language_code.`) };
  return undefined;
}

function converse(connection: ProviderConnection, chunkBytes: number | undefined): Listener {
  const format = FORMATS[connection.query.get("output_format") ?? ""] as AudioFormat;
  let state: "new" | "open" | "over" = "new";
  let text = "";

  function blame(error: string, message: string): void {
    state = "over";
    connection.send({ message, error, code: 1008 });
    connection.close(1008, message);
  }

  async function speak(): Promise<void> {
    const { signal } = connection;
    const voice = scriptedTextToSpeech({ wordTimings: true, ...(chunkBytes && { chunkBytes }) });
    let fromMs = 0;
    try {
      for await (const chunk of voice.doSpeak({ text, language: "hi", format, signal })) {
        connection.send(message(text, chunk, fromMs));
        fromMs += (chunk.audio.length * 1000) / (format.rate * (format.type === "audio/pcm" ? 2 : 1));
      }
      connection.send({ audio: null, isFinal: true, normalizedAlignment: null, alignment: null });
      connection.close(1000, "");
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  return {
    binary: () => blame("invalid_input_message", "Could not parse input message, make sure it is a json."),
    text(received) {
      if (state === "over") return blame("invalid_input_message", "The input was ended already.");
      const piece = textIn(received);
      if (piece === undefined)
        return blame(
          "invalid_input_message",
          "Could not parse input message, make sure it is a json and follows the schema outlined in protocol.",
        );
      if (state === "new" && piece !== " ")
        return blame("invalid_initial_message", 'The first message must have the text " ".');
      if (state === "new") {
        state = "open";
        return;
      }
      if (piece !== "") {
        if (!piece.endsWith(" ")) return blame("invalid_input_message", "Texts should end with a space.");
        text += piece;
        return;
      }
      state = "over";
      void speak();
    },
  };
}

function message(text: string, { audio, words = [] }: SpeechChunk, fromMs: number): object {
  const alignment = words.length === 0 ? null : alignmentOf(text, words, fromMs);
  return {
    audio: Buffer.from(audio).toString("base64"),
    isFinal: null,
    normalizedAlignment: alignment,
    alignment,
  };
}

function textIn(received: string): string | undefined {
  try {
    const { text } = JSON.parse(received) as { text?: unknown };
    return typeof text === "string" ? text : undefined;
  } catch {
    return undefined;
  }
}
