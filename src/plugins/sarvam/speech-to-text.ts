import { createPreRoll, PCM_8K, PCM_16K, type PreRoll } from "../../audio/index.js";
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
import { readRecogniserMessage, type SarvamRecogniserMessage } from "./recogniser-messages.js";
import { DEFAULT_SARVAM_BASE_URL, failure, keyHeader, refuseFormat, reportedError } from "./service.js";

/** The recogniser that streams what it hears. */
export const DEFAULT_SARVAM_SPEECH_TO_TEXT_MODEL = "saaras:v3-realtime";
/** Sarvam finds the language of each utterance. */
export const DEFAULT_SARVAM_LANGUAGE = "auto";
/** English words in Latin letters, Hindi ones in Devanagari. */
export const DEFAULT_SARVAM_MODE: SarvamTranscriptMode = "codemix";
/** Sound from before the session noticed an utterance that is given to Sarvam with it. */
export const DEFAULT_SARVAM_PRE_ROLL_MS = 500;
/** The longest wait for the final transcript of an utterance. */
export const DEFAULT_SARVAM_ANSWER_TIMEOUT_MS = 2_500;

/** How Sarvam writes what it hears; see its own pages. */
export type SarvamTranscriptMode = "codemix" | "transcribe" | "translit" | "verbatim" | "translate";

/** Of {@link sarvamSpeechToText}. */
export interface SarvamSpeechToTextOptions {
  /** @default the environment's SARVAM_API_KEY */
  readonly apiKey?: string;
  /** @default DEFAULT_SARVAM_SPEECH_TO_TEXT_MODEL */
  readonly model?: string;
  /** `auto`, `hi-IN`, `en-IN`, or another that the model takes. @default DEFAULT_SARVAM_LANGUAGE */
  readonly language?: string;
  /** @default DEFAULT_SARVAM_MODE */
  readonly mode?: SarvamTranscriptMode;
  /** In ms. @default DEFAULT_SARVAM_PRE_ROLL_MS */
  readonly preRollMs?: number;
  /** @default DEFAULT_SARVAM_BASE_URL */
  readonly baseUrl?: string;
  /** @default systemNetwork */
  readonly network?: ProviderNetwork;
  /** From the call to the open connection, and from there to the open session, in ms. @default DEFAULT_CONNECT_TIMEOUT_MS */
  readonly connectTimeoutMs?: number;
  /**
   * From the end of an utterance to its final transcript, in ms. Then what was heard so far is taken for final; if
   * nothing came from Sarvam at all, the stream fails. @default DEFAULT_SARVAM_ANSWER_TIMEOUT_MS
   */
  readonly answerTimeoutMs?: number;
}

const FORMATS: readonly AudioFormat[] = [PCM_8K, PCM_16K];
const PARTY = { provider: "sarvam", component: "speech-to-text" } as const;
/** Between utterances nothing is sent; the line is kept open by this. */
const KEEP_ALIVE = { message: '{"event":"ping"}', everyMs: 5_000 };

/**
 * Sarvam as speech-to-text: one WebSocket a call, the realtime recogniser. Utterances are the session's (`endpointing` is
 * `manual`), and only they are sent, with a little of what came before.
 * @throws BolchaalError `invalid-option` without a key.
 */
export function sarvamSpeechToText(options: SarvamSpeechToTextOptions = {}): SpeechToText {
  const apiKey = readApiKey({ apiKey: options.apiKey, variable: "SARVAM_API_KEY", ...PARTY });
  const { connectTimeoutMs = DEFAULT_CONNECT_TIMEOUT_MS, preRollMs = DEFAULT_SARVAM_PRE_ROLL_MS } = options;
  const { answerTimeoutMs = DEFAULT_SARVAM_ANSWER_TIMEOUT_MS, network = systemNetwork } = options;
  return Object.freeze({
    specVersion: "v1",
    name: "sarvam",
    capabilities: { interim: true, languages: languagesOf(options.language ?? DEFAULT_SARVAM_LANGUAGE) },
    accepts: FORMATS,
    async doListen({ format, signal }: ListenOptions) {
      const url = urlFor(options, format);
      const socket = await openProviderSocket({
        ...PARTY,
        url,
        headers: keyHeader(apiKey),
        network,
        signal,
        connectTimeoutMs,
        keepAlive: KEEP_ALIVE,
      });
      await begun(socket, connectTimeoutMs);
      return listen(socket, {
        clock: network.clock,
        signal,
        preRoll: createPreRoll(format, preRollMs),
        answerTimeoutMs,
      });
    },
  } satisfies SpeechToText);
}

/** Sarvam says when it is ready to be sent sound. */
async function begun(socket: ProviderSocket, timeoutMs: number): Promise<void> {
  try {
    for await (const message of socket.messages({ idleTimeoutMs: timeoutMs })) {
      if (meaningOf(message).type === "begin") return;
    }
    throw failure(PARTY, "It did not begin the session");
  } catch (error) {
    socket.release();
    throw error;
  }
}

interface Listening {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly preRoll: PreRoll;
  readonly answerTimeoutMs: number;
}

function listen(socket: ProviderSocket, { clock, signal, preRoll, answerTimeoutMs }: Listening): SpeechToTextStream {
  let current: string | undefined;
  let interim = "";
  const pending = createPendingAnswers({
    clock,
    timeoutMs: answerTimeoutMs,
    late: (id, silent) => (silent ? stream.fail(stalled(answerTimeoutMs)) : stream.push([answer(id, interim)])),
  });
  const stream = createResultStream<TranscriptResult>(socket, read, { clock, signal, ended: () => pending.clear() });

  function answer(id: string | undefined, text: string, language?: Language): TranscriptResult {
    interim = "";
    const utterance = id === undefined ? {} : { utteranceId: id };
    if (text === "") return { type: "not-understood", ...utterance };
    return { type: "transcript", final: true, ...utterance, text, ...(language !== undefined && { language }) };
  }

  function read(received: ProviderMessage): TranscriptResult[] {
    pending.heard();
    const message = meaningOf(received);
    if (message.type !== "transcript") return [];
    const { final, text, language } = message;
    const id = pending.first() ?? current;
    if (final) {
      pending.settle();
      // A final without words that nobody waits for tells nothing.
      return id === undefined && text === "" ? [] : [answer(id, text, language)];
    }
    interim = text;
    const utterance = id === undefined ? {} : { utteranceId: id };
    const words = { ...utterance, text, ...(language !== undefined && { language }) };
    return text === "" ? [] : [{ type: "transcript", final: false, ...words }];
  }

  function sound(audio: Uint8Array): void {
    if (audio.length === 0) return;
    socket.send(JSON.stringify({ event: "audio_input", audio: Buffer.from(audio).toString("base64") }));
  }

  return {
    results: stream.results,
    write: (audio) => sound(preRoll.write(audio)),
    speechStart(utteranceId) {
      if (current === undefined) socket.send('{"event":"speech_start"}');
      current = utteranceId;
      sound(preRoll.open());
    },
    speechEnd(utteranceId) {
      if (current !== utteranceId) return;
      current = undefined;
      preRoll.shut();
      if (socket.send('{"event":"speech_end"}')) pending.ask(utteranceId);
    },
    close() {
      pending.clear();
      return socket.close('{"event":"end"}');
    },
  };
}

/** @throws BolchaalError for an error that ends the session, and for what is no message of Sarvam's. */
function meaningOf(received: ProviderMessage): SarvamRecogniserMessage {
  const message = received.type === "text" ? readRecogniserMessage(received.text) : undefined;
  if (message === undefined) throw failure(PARTY, "It sent a message that is none of its own");
  if (message.type === "error" && message.fatal) throw reportedError(PARTY, message.message, message.code);
  return message;
}

function stalled(answerTimeoutMs: number): BolchaalError {
  const happened = `It sent nothing for ${answerTimeoutMs} ms after an utterance. Use another provider meanwhile.`;
  return new BolchaalError(happened, { code: "provider-timeout", ...PARTY, retryable: true });
}

function languagesOf(language: string): readonly Language[] {
  if (language.startsWith("en")) return ["en"];
  return language === "auto" ? ["hi", "en", "hi-en"] : ["hi", "hi-en"];
}

function urlFor(options: SarvamSpeechToTextOptions, format: AudioFormat): URL {
  const { baseUrl = DEFAULT_SARVAM_BASE_URL, mode = DEFAULT_SARVAM_MODE } = options;
  const known = FORMATS.some(({ type, rate }) => type === format.type && rate === format.rate);
  if (!known) refuseFormat(PARTY, format);
  const url = new URL("/speech-to-text-realtime/ws", baseUrl.replace(/^http/, "ws"));
  url.searchParams.set("language_code", options.language ?? DEFAULT_SARVAM_LANGUAGE);
  url.searchParams.set("model", options.model ?? DEFAULT_SARVAM_SPEECH_TO_TEXT_MODEL);
  url.searchParams.set("mode", mode);
  url.searchParams.set("endpointing", "manual");
  url.searchParams.set("encoding", "linear16");
  url.searchParams.set("sample_rate", String(format.rate));
  return url;
}
