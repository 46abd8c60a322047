import type { AudioFormat, SampleRate } from "../../spec/index.js";
import type { Knock, Refusal } from "../provider-server/index.js";

const PARAMETERS = new Set([
  "model",
  "language",
  "encoding",
  "sample_rate",
  "channels",
  "interim_results",
  "endpointing",
  "utterance_end_ms",
  "vad_events",
  "smart_format",
  "keyterm",
]);
const ENCODINGS: Readonly<Record<string, AudioFormat["type"]>> = {
  mulaw: "audio/pcmu",
  alaw: "audio/pcma",
  linear16: "audio/pcm",
};
const LANGUAGES = ["multi", "hi", "en", "en-IN", "en-US", "en-GB"];
const REQUEST_ID = "00000000-0000-4000-8000-000000000000";

/** Deepgram's error body for a status. */
export function deepgramErrorBody(status: number, message?: string): unknown {
  const [err_code, err_msg] =
    status === 401
      ? ["INVALID_AUTH", "Invalid credentials."]
      : status === 429
        ? ["TOO_MANY_REQUESTS", "Too many requests. Please try again later."]
        : status === 400
          ? ["Bad Request", `Bad Request: ${message}`]
          : ["INTERNAL_SERVER_ERROR", "Internal Server Error"];
  return { err_code, err_msg, request_id: REQUEST_ID };
}

/** Why Deepgram does not take a connection, if so. */
export function deepgramRefusal({ path, query, headers }: Knock, apiKey: string): Refusal | undefined {
  if (path !== "/v1/listen") return { status: 404, body: { err_code: "NOT_FOUND", err_msg: "Not found" } };
  if (headers.authorization !== `Token ${apiKey}`) return { status: 401, body: deepgramErrorBody(401) };
  const fault = faultOf(query);
  return fault === undefined ? undefined : { status: 400, body: deepgramErrorBody(400, fault) };
}

function faultOf(query: URLSearchParams): string | undefined {
  const unknown = [...query.keys()].find((key) => !PARAMETERS.has(key));
  if (unknown !== undefined) return `unknown query parameter ${unknown}`;
  const model = query.get("model") ?? "";
  if (!/^nova-[23]/.test(model)) return `no such model: ${model}`;
  const language = query.get("language") ?? "en";
  if (!LANGUAGES.includes(language)) return "no such model/language combination found";
  if (!((query.get("encoding") ?? "") in ENCODINGS)) return "unsupported audio encoding";
  const rate = Number(query.get("sample_rate"));
  if (![8000, 16000, 24000, 48000].includes(rate)) return "sample_rate is missing or not supported";
  if (query.get("encoding") !== "linear16" && rate !== 8000) return "encoding and sample_rate do not go together";
  if (query.has("keyterm") && !model.startsWith("nova-3")) return "keyterm is for nova-3 only";
  const utteranceEnd = query.get("utterance_end_ms");
  if (utteranceEnd !== null && (Number(utteranceEnd) < 1000 || query.get("interim_results") !== "true"))
    return "utterance_end_ms must be 1000 or more, with interim_results";
  return undefined;
}

/** The sound that a connection announced. */
export function announcedFormat(query: URLSearchParams): AudioFormat {
  const type = ENCODINGS[query.get("encoding") ?? ""] ?? "audio/pcm";
  return { type, rate: Number(query.get("sample_rate")) as SampleRate };
}
