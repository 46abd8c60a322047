import type { AudioFormat } from "../../spec/index.js";
import { createSimulatedEar, EAR_FRAME_MS, type Listener, type ProviderConnection } from "../provider-server/index.js";
import { faultIn, isOneOf, isPresent, type Rule } from "./query.js";

/** What one utterance is heard as. */
export interface SarvamSimulatorUtterance {
  readonly text: string;
  /** @default "hi-IN" */
  readonly languageCode?: string;
}

const RULES: Readonly<Record<string, Rule>> = {
  language_code: isOneOf(
    "auto",
    "hi-IN",
    "en-IN",
    "bn-IN",
    "ta-IN",
    "te-IN",
    "mr-IN",
    "gu-IN",
    "kn-IN",
    "ml-IN",
    "pa-IN",
    "or-IN",
  ),
  model: isOneOf("saaras:v3-realtime", "saaras:v4-realtime"),
  mode: isOneOf("transcribe", "codemix", "translit", "verbatim", "translate"),
  endpointing: isOneOf("vad", "manual"),
  encoding: isOneOf("linear16"),
  sample_rate: isOneOf("8000", "16000"),
  threshold: isPresent,
  silence_duration_ms: isPresent,
};
const NEEDED = ["language_code", "model", "encoding", "sample_rate"];

/** What is wrong with the query of a connection to the recogniser, if anything. */
export function recogniserFault(query: URLSearchParams): string | undefined {
  return faultIn(query, RULES, NEEDED);
}

/** A partial transcript, with one word more, comes each so much speech. */
const PARTIAL_EVERY_MS = 200;

/** Sarvam's realtime recogniser with manual endpointing: it hears between `speech_start` and `speech_end`. */
export function recognise(
  connection: ProviderConnection,
  utterances: readonly SarvamSimulatorUtterance[] | undefined,
): Listener {
  const rate = Number(connection.query.get("sample_rate")) === 16_000 ? 16_000 : 8_000;
  const format: AudioFormat = { type: "audio/pcm", rate };
  const ear = createSimulatedEar(format);
  let [speaking, over] = [false, false];
  let [next, voicedMs, told] = [0, 0, 0];
  connection.send({ event: "session.begin", session_id: "00000000-0000-4000-8000-000000000000" });

  function blame(code: string, message: string): void {
    over = true;
    connection.send({ event: "error", code, is_fatal: true, message });
    connection.close(1008, message);
  }

  function transcript(event: "transcript.partial" | "transcript.final", words: number): void {
    const scripted = utterances === undefined ? { text: ear.words() } : utterances[next];
    const { text = "", languageCode = "hi-IN" } = scripted ?? {};
    const heard = voicedMs === 0 ? "" : text.split(" ").slice(0, words).join(" ");
    connection.send({ event, text: heard, language_code: heard === "" ? null : languageCode });
  }

  function hear(voiced: boolean): void {
    if (!voiced) return;
    voicedMs += EAR_FRAME_MS;
    const words = Math.floor(voicedMs / PARTIAL_EVERY_MS);
    if (words > told) transcript("transcript.partial", words);
    told = words;
  }

  function finish(): void {
    speaking = false;
    transcript("transcript.final", Number.POSITIVE_INFINITY);
    if (voicedMs > 0) next += 1;
    [voicedMs, told] = [0, 0];
    ear.forget();
  }

  const orders: Readonly<Record<string, (message: Readonly<Record<string, unknown>>) => void>> = {
    audio_input({ audio }) {
      if (typeof audio !== "string" || !/^[A-Za-z0-9+/]+=*$/.test(audio))
        return blame("invalid_request_error", "audio must be base64 encoded.");
      const bytes = Buffer.from(audio, "base64");
      if (bytes.length % 2 !== 0) return blame("invalid_request_error", "audio must hold whole 16-bit samples.");
      if (speaking) ear.hear(bytes, hear);
    },
    speech_start() {
      speaking = true;
    },
    speech_end() {
      if (!speaking) return blame("invalid_request_error", "speech_end came without speech_start.");
      finish();
    },
    flush: () => {
      if (speaking) finish();
    },
    ping: () => connection.send({ event: "pong" }),
    end() {
      over = true;
      connection.send({ event: "session.end" });
      connection.close(1000, "");
    },
  };

  return {
    binary: () => blame("invalid_request_error", "Binary messages are not supported."),
    text(received) {
      if (over) return;
      const message = parsed(received);
      const order = orders[String(message?.event)];
      if (message === undefined || order === undefined)
        return blame("invalid_request_error", "The message could not be understood.");
      order(message);
    },
  };
}

function parsed(received: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(received);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
