import {
  createProviderSimulator,
  type Knock,
  type ProviderServerOptions,
  type ProviderSimulator,
  type Refusal,
} from "../../provider-server/index.js";
import { converse, type RealtimeQuestion, type RealtimeReply } from "./conversation.js";

/** Of {@link createOpenAiRealtimeSimulator}. */
export interface OpenAiRealtimeSimulatorOptions extends ProviderServerOptions {
  /** What the model answers. A text to be said outside of the conversation is `aside`. @default it says what it is asked */
  readonly reply?: (question: RealtimeQuestion) => RealtimeReply;
  /** What is made of the words of the scripted voice. @default those words */
  readonly hear?: (words: string) => string;
  /** From the end of an utterance to its transcript, in ms; 1 is the first. @default 0 */
  readonly transcriptMs?: number | ((utterance: number) => number);
  /** From a request to the first sound, in ms. @default 0 */
  readonly firstSoundMs?: number;
}

/**
 * OpenAI's Realtime API, in memory or on this machine: transcription sessions, and sessions that speak. It refuses what
 * OpenAI refuses: wrong keys, settings and events, commits of nothing, cancels without a response, cuts beyond the end.
 * Its voice is the scripted one, and its ear understands that voice alone.
 */
export function createOpenAiRealtimeSimulator(options: OpenAiRealtimeSimulatorOptions = {}): ProviderSimulator {
  const { apiKey = "test-key", transcriptMs = 0, firstSoundMs = 0 } = options;
  const { reply = ({ last }) => ({ text: last }), hear = (words) => words } = options;
  return createProviderSimulator(
    {
      refuse: (knock) => refusal(knock, apiKey),
      errorBody,
      converse: (connection) =>
        converse(connection, {
          reply,
          hear,
          transcriptMs: typeof transcriptMs === "number" ? () => transcriptMs : transcriptMs,
          firstSoundMs,
        }),
    },
    options,
  );
}

function refusal({ path, query, headers }: Knock, apiKey: string): Refusal | undefined {
  if (!path.endsWith("/realtime")) return { status: 404, body: error("Not found.", "invalid_request_error", null) };
  if (headers.authorization !== `Bearer ${apiKey}`) return { status: 401, body: errorBody(401) };
  if (headers["openai-beta"] !== undefined)
    return {
      status: 400,
      body: error("The Realtime Beta API is no longer supported.", "invalid_request_error", "beta_api_shape_disabled"),
    };
  const model = query.get("model");
  if (model === null && query.get("intent") !== "transcription")
    return {
      status: 400,
      body: error("You must provide a model parameter.", "invalid_request_error", "missing_model"),
    };
  if (model !== null && !model.startsWith("gpt-"))
    return {
      status: 404,
      body: error(`The model '${model}' does not exist.`, "invalid_request_error", "model_not_found"),
    };
  return undefined;
}

const error = (message: string, type: string, code: string | null) => ({ error: { message, type, param: null, code } });

function errorBody(status: number): unknown {
  if (status === 401) return error("Incorrect API key provided.", "invalid_request_error", "invalid_api_key");
  if (status === 402)
    return error(
      "You exceeded your current quota, please check your plan and billing details.",
      "insufficient_quota",
      "insufficient_quota",
    );
  if (status === 429) return error("Rate limit reached.", "requests", "rate_limit_exceeded");
  return error("The server had an error while processing your request.", "server_error", null);
}
