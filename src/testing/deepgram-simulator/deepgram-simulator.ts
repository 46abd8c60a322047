import {
  createProviderSimulator,
  createSimulatedEar,
  EAR_FRAME_MS,
  type Listener,
  type ProviderConnection,
  type ProviderServerOptions,
  type ProviderSimulator,
} from "../provider-server/index.js";
import { announcedFormat, deepgramErrorBody, deepgramRefusal } from "./query.js";

/** Deepgram closes a connection that was sent nothing for so long. */
export const DEFAULT_DEEPGRAM_SIMULATOR_SILENCE_MS = 10_000;

/** What one utterance is heard as. */
export interface DeepgramSimulatorUtterance {
  readonly text: string;
  /** Languages found in it, with `multi`. @default none are told */
  readonly languages?: readonly string[];
  /** @default 0.9 */
  readonly confidence?: number;
}

/** Of {@link createDeepgramSimulator}. */
export interface DeepgramSimulatorOptions extends ProviderServerOptions {
  /**
   * What the utterances of each connection are heard as, in order; those behind the last have no words.
   * @default the words of the scripted voice in the sound
   */
  readonly utterances?: readonly DeepgramSimulatorUtterance[];
  /** Answers `Finalize` also where nothing is left to be made final; the real one need not. @default true */
  readonly answersEmptyFinalize?: boolean;
  /** @default DEFAULT_DEEPGRAM_SIMULATOR_SILENCE_MS */
  readonly silenceTimeoutMs?: number;
}

/** An interim transcript, with one word more, comes each so much speech. */
const INTERIM_EVERY_MS = 100;

/**
 * Deepgram's `listen` on this machine: its query, messages, error bodies and close codes. Loud sound is speech; what it
 * says is scripted. It refuses a wrong key, model, language or parameter, text that is no message of its own, and closes
 * when nothing is sent.
 */
export function createDeepgramSimulator(options: DeepgramSimulatorOptions = {}): ProviderSimulator {
  const { apiKey = "test-key" } = options;
  return createProviderSimulator(
    {
      refuse: (knock) => deepgramRefusal(knock, apiKey),
      errorBody: deepgramErrorBody,
      converse: (connection) => converse(connection, options),
    },
    options,
  );
}

function converse(connection: ProviderConnection, options: DeepgramSimulatorOptions): Listener {
  const { utterances, answersEmptyFinalize = true } = options;
  const { silenceTimeoutMs = DEFAULT_DEEPGRAM_SIMULATOR_SILENCE_MS } = options;
  const { query } = connection;
  const ear = createSimulatedEar(announcedFormat(query));
  const endpointingMs = Number(query.get("endpointing") ?? 10);
  const utteranceEndMs = Number(query.get("utterance_end_ms") ?? Number.POSITIVE_INFINITY);
  const wantsInterim = query.get("interim_results") === "true";
  let [next, timeMs, voicedMs, silentMs, told] = [0, 0, 0, 0, 0];
  let closed = false;

  let idle = armed();
  connection.signal.addEventListener("abort", () => idle());

  function armed(): () => void {
    return connection.clock.setTimer(() => {
      const why = "Deepgram did not receive audio data or a text message within the timeout window.";
      connection.close(1011, `NET-0001 ${why}`);
    }, silenceTimeoutMs);
  }

  function awake(): void {
    idle();
    if (!closed) idle = armed();
  }

  function results(words: number, kind: { is_final: boolean; speech_final: boolean; from_finalize?: boolean }): void {
    const scripted = utterances === undefined ? { text: ear.words() } : utterances[next];
    const { text = "", languages, confidence = 0.9 } = scripted ?? {};
    const transcript = voicedMs === 0 ? "" : text.split(" ").slice(0, words).join(" ");
    connection.send({
      type: "Results",
      channel_index: [0, 1],
      start: timeMs / 1000,
      duration: voicedMs / 1000,
      ...kind,
      channel: {
        alternatives: [
          {
            transcript,
            confidence: transcript === "" ? 0 : confidence,
            words: [],
            ...(languages !== undefined && transcript !== "" && { languages }),
          },
        ],
      },
      metadata: { request_id: "00000000-0000-4000-8000-000000000000" },
    });
  }

  /** What was said is final. */
  function finish(kind: { speech_final: boolean; from_finalize?: boolean }): void {
    results(Number.POSITIVE_INFINITY, { is_final: true, ...kind });
    if (voicedMs > 0) next += 1;
    [voicedMs, told] = [0, 0];
    ear.forget();
  }

  function frame(voiced: boolean): void {
    timeMs += EAR_FRAME_MS;
    if (voiced) {
      if (voicedMs === 0 && query.get("vad_events") === "true")
        connection.send({ type: "SpeechStarted", channel: [0, 1], timestamp: timeMs / 1000 });
      voicedMs += EAR_FRAME_MS;
      silentMs = 0;
      const words = Math.floor(voicedMs / INTERIM_EVERY_MS);
      if (wantsInterim && words > told) results(words, { is_final: false, speech_final: false });
      told = words;
      return;
    }
    silentMs += EAR_FRAME_MS;
    if (voicedMs > 0 && silentMs >= endpointingMs) finish({ speech_final: true });
    if (silentMs === utteranceEndMs && next > 0)
      connection.send({ type: "UtteranceEnd", channel: [0, 1], last_word_end: (timeMs - silentMs) / 1000 });
  }

  const orders: Readonly<Record<string, () => void>> = {
    KeepAlive: () => {},
    Finalize() {
      if (voicedMs > 0 || answersEmptyFinalize) finish({ speech_final: voicedMs > 0, from_finalize: true });
    },
    CloseStream() {
      if (voicedMs > 0) finish({ speech_final: true });
      connection.send({ type: "Metadata", duration: timeMs / 1000, channels: 1 });
      closed = true;
      connection.close(1000, "");
    },
  };

  return {
    binary(bytes) {
      awake();
      if (!closed) ear.hear(bytes, frame);
    },
    text(received) {
      awake();
      const order = orders[typeIn(received) ?? ""];
      if (order === undefined) connection.close(1008, "DATA-0000 The payload cannot be decoded as audio.");
      else if (!closed) order();
    },
  };
}

function typeIn(received: string): string | undefined {
  try {
    const { type } = JSON.parse(received) as { type?: unknown };
    return typeof type === "string" ? type : undefined;
  } catch {
    return undefined;
  }
}
