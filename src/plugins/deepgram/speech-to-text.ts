import { ALAW_8K, MULAW_8K, PCM_8K, PCM_16K } from "../../audio/index.js";
import { BolchaalError } from "../../errors.js";
import {
  createPendingAnswers,
  createResultStream,
  DEFAULT_CONNECT_TIMEOUT_MS,
  openProviderSocket,
  type ProviderMessage,
  type ProviderNetwork,
  type ProviderSocket,
  readApiKey,
  systemNetwork,
} from "../../net/index.js";
import type {
  AudioFormat,
  Clock,
  Language,
  ListenOptions,
  SpeechToText,
  SpeechToTextStream,
  TranscriptResult,
} from "../../spec/index.js";
import { readDeepgramMessage } from "./messages.js";
import { createUtterances } from "./utterances.js";

/** Where Deepgram listens. */
export const DEFAULT_DEEPGRAM_BASE_URL = "wss://api.deepgram.com";
/** A model that takes `multi`. */
export const DEFAULT_DEEPGRAM_MODEL = "nova-3";
/** Callers change between Hindi and English, and a stream cannot change its language. */
export const DEFAULT_DEEPGRAM_LANGUAGE = "multi";
/** Silence after which Deepgram makes a stretch final by itself. */
export const DEFAULT_DEEPGRAM_ENDPOINTING_MS = 300;
/** The longest wait for a final transcript that was asked for. */
export const DEFAULT_DEEPGRAM_ANSWER_TIMEOUT_MS = 2_000;

/** Deepgram closes a connection that sends nothing for 10 s; silence of a call is sent, but a call may be muted. */
const KEEP_ALIVE = { message: '{"type":"KeepAlive"}', everyMs: 4_000 };

/** Of {@link deepgramSpeechToText}. */
export interface DeepgramSpeechToTextOptions {
  /** @default the environment's DEEPGRAM_API_KEY */
  readonly apiKey?: string;
  /** @default DEFAULT_DEEPGRAM_MODEL */
  readonly model?: string;
  /** `multi` for callers who mix, `hi`, `en-IN`, or another that the model takes. @default DEFAULT_DEEPGRAM_LANGUAGE */
  readonly language?: string;
  /** Names and terms that callers say, as they are to be written. @default none */
  readonly keyterms?: readonly string[];
  /** Writes numbers, money and dates in figures. @default false */
  readonly smartFormat?: boolean;
  /** In ms, from 10. @default DEFAULT_DEEPGRAM_ENDPOINTING_MS */
  readonly endpointingMs?: number;
  /** @default DEFAULT_DEEPGRAM_BASE_URL */
  readonly baseUrl?: string;
  /** @default systemNetwork */
  readonly network?: ProviderNetwork;
  /** From the call to the open connection, in ms. @default DEFAULT_CONNECT_TIMEOUT_MS */
  readonly connectTimeoutMs?: number;
  /**
   * From the end of an utterance to its final transcript, in ms. Then what was heard so far is taken for final; if
   * nothing came from Deepgram at all, the stream fails. @default DEFAULT_DEEPGRAM_ANSWER_TIMEOUT_MS
   */
  readonly answerTimeoutMs?: number;
}

const ENCODINGS: readonly (readonly [AudioFormat, string])[] = [
  [MULAW_8K, "mulaw"],
  [ALAW_8K, "alaw"],
  [PCM_16K, "linear16"],
  [PCM_8K, "linear16"],
];

const PARTY = { provider: "deepgram", component: "speech-to-text" } as const;

/**
 * Deepgram as speech-to-text: one WebSocket a call (`listen`, version 1), the carrier's µ-law straight through. The end of
 * an utterance is the session's: it is told to Deepgram as `Finalize`.
 * @throws BolchaalError `invalid-option` without a key.
 */
export function deepgramSpeechToText(options: DeepgramSpeechToTextOptions = {}): SpeechToText {
  const apiKey = readApiKey({ apiKey: options.apiKey, variable: "DEEPGRAM_API_KEY", ...PARTY });
  const { connectTimeoutMs = DEFAULT_CONNECT_TIMEOUT_MS, network = systemNetwork } = options;
  const { answerTimeoutMs = DEFAULT_DEEPGRAM_ANSWER_TIMEOUT_MS } = options;
  return Object.freeze({
    specVersion: "v1",
    name: "deepgram",
    capabilities: { interim: true, languages: languagesOf(options.language ?? DEFAULT_DEEPGRAM_LANGUAGE) },
    accepts: ENCODINGS.map(([format]) => format),
    async doListen({ format, signal }: ListenOptions) {
      const socket = await openProviderSocket({
        ...PARTY,
        url: urlFor(options, format),
        headers: { Authorization: `Token ${apiKey}` },
        network,
        signal,
        connectTimeoutMs,
        keepAlive: KEEP_ALIVE,
      });
      return listen(socket, { clock: network.clock, signal, answerTimeoutMs });
    },
  } satisfies SpeechToText);
}

function listen(
  socket: ProviderSocket,
  {
    clock,
    signal,
    answerTimeoutMs,
  }: { readonly clock: Clock; readonly signal: AbortSignal; readonly answerTimeoutMs: number },
): SpeechToTextStream {
  const utterances = createUtterances();
  const pending = createPendingAnswers({
    clock,
    timeoutMs: answerTimeoutMs,
    late: (id, silent) => (silent ? stream.fail(stalled(answerTimeoutMs)) : stream.push(utterances.giveUp(id))),
  });
  const stream = createResultStream<TranscriptResult>(socket, read, { clock, signal, ended: () => pending.clear() });

  function read(received: ProviderMessage): TranscriptResult[] {
    pending.heard();
    const message = received.type === "text" ? readDeepgramMessage(received.text) : undefined;
    if (message === undefined) throw failure("It sent a message that is none of its own");
    if (message === "unknown" || message.type === "Metadata") return [];
    const asked = pending.first();
    switch (message.type) {
      case "Results":
        if (message.from_finalize === true) pending.settle();
        return utterances.results(message, asked);
      case "SpeechStarted":
        utterances.speechStarted();
        return [];
      case "UtteranceEnd":
        return utterances.utteranceEnd(asked);
      case "Error":
        throw failure(`It reports: ${message.description ?? message.message ?? message.code ?? "an error"}`);
    }
  }

  return {
    results: stream.results,
    write: (audio) => {
      // To Deepgram, an empty message of sound is the end of the stream.
      if (audio.length > 0) socket.send(audio);
    },
    speechStart: (utteranceId) => utterances.start(utteranceId),
    speechEnd(utteranceId) {
      const made = utterances.end(utteranceId);
      stream.push(made);
      if (made.length === 0 && socket.send('{"type":"Finalize"}')) pending.ask(utteranceId);
    },
    close() {
      pending.clear();
      return socket.close('{"type":"CloseStream"}');
    },
  };
}

function stalled(answerTimeoutMs: number): BolchaalError {
  const happened = `It sent nothing for ${answerTimeoutMs} ms after an utterance. Use another provider meanwhile.`;
  return new BolchaalError(happened, { code: "provider-timeout", ...PARTY, retryable: true });
}

function failure(happened: string): BolchaalError {
  return new BolchaalError(`${happened}. Try again, or use another provider meanwhile.`, {
    code: "provider-failed",
    ...PARTY,
    retryable: true,
  });
}

function languagesOf(language: string): readonly Language[] {
  if (language === "multi") return ["hi", "en", "hi-en"];
  return [language.startsWith("hi") ? "hi" : "en"];
}

function urlFor(options: DeepgramSpeechToTextOptions, format: AudioFormat): URL {
  const { baseUrl = DEFAULT_DEEPGRAM_BASE_URL } = options;
  const encoding = ENCODINGS.find(([{ type, rate }]) => type === format.type && rate === format.rate)?.[1];
  if (encoding === undefined)
    throw new BolchaalError(`It does not take ${format.type} at ${format.rate} Hz. Use one of its formats.`, {
      code: "invalid-request",
      ...PARTY,
    });
  const url = new URL("/v1/listen", baseUrl.replace(/^http/, "ws"));
  const query = {
    model: options.model ?? DEFAULT_DEEPGRAM_MODEL,
    language: options.language ?? DEFAULT_DEEPGRAM_LANGUAGE,
    encoding,
    sample_rate: String(format.rate),
    channels: "1",
    interim_results: "true",
    endpointing: String(options.endpointingMs ?? DEFAULT_DEEPGRAM_ENDPOINTING_MS),
    // The shortest there is.
    utterance_end_ms: "1000",
    vad_events: "true",
    ...(options.smartFormat === true && { smart_format: "true" }),
  };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  for (const term of options.keyterms ?? []) url.searchParams.append("keyterm", term);
  return url;
}
