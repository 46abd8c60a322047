import {
  createProviderSimulator,
  type Knock,
  type ProviderServerOptions,
  type ProviderSimulator,
  type Refusal,
} from "../provider-server/index.js";
import { recognise, recogniserFault, type SarvamSimulatorUtterance } from "./recogniser.js";
import { speak, voiceFault } from "./voice.js";

/** Of {@link createSarvamSimulator}. */
export interface SarvamSimulatorOptions extends ProviderServerOptions {
  /**
   * What the utterances of each connection are heard as, in order; those behind the last have no words.
   * @default the words of the scripted voice in the sound
   */
  readonly utterances?: readonly SarvamSimulatorUtterance[];
  /** Bytes of a chunk of speech; a sample may straddle two. @default one chunk a word */
  readonly chunkBytes?: number;
}

const RECOGNISER = "/speech-to-text-realtime/ws";
const VOICE = "/text-to-speech/ws";

/**
 * Sarvam in memory or on this machine: the realtime recogniser and the voice, with their queries, messages and error bodies.
 * It refuses a wrong key, path or parameter, a text before the configuration, half samples, and what is no message.
 */
export function createSarvamSimulator(options: SarvamSimulatorOptions = {}): ProviderSimulator {
  const { apiKey = "test-key", utterances, chunkBytes } = options;
  return createProviderSimulator(
    {
      refuse: (knock) => refusal(knock, apiKey),
      errorBody,
      converse: (connection) =>
        connection.path === RECOGNISER ? recognise(connection, utterances) : speak(connection, chunkBytes),
    },
    options,
  );
}

function refusal({ path, query, headers }: Knock, apiKey: string): Refusal | undefined {
  if (path !== RECOGNISER && path !== VOICE) return { status: 404, body: error("Not found.", "not_found_error") };
  if (headers["api-subscription-key"] !== apiKey) return { status: 403, body: errorBody(401) };
  const fault = path === RECOGNISER ? recogniserFault(query) : voiceFault(query);
  return fault === undefined ? undefined : { status: 422, body: error(fault, "unprocessable_entity_error") };
}

function error(message: string, code: string): unknown {
  return { error: { message, code, request_id: "20261123_00000000-0000-4000-8000-000000000000" } };
}

function errorBody(status: number): unknown {
  if (status === 401) return error("Invalid or missing authentication credentials.", "invalid_api_key_error");
  if (status === 402) return error("No credits available. Add credits to go on.", "insufficient_quota_error");
  if (status === 429) return error("Rate limit exceeded.", "rate_limit_exceeded_error");
  return error("An unexpected error occurred.", "internal_server_error");
}
