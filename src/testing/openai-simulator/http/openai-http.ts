import { speechAnswer, transcriptionAnswer } from "./audio-endpoints.js";
import { chatAnswer } from "./chat-stream.js";
import { checkChatRequest, checkResponsesRequest } from "./request-checks.js";
import { responsesAnswer } from "./responses-stream.js";
import type { OpenAiReply, OpenAiSimulatorRequest } from "./script.js";
import { type HttpAnswer, Refused } from "./wire.js";

/** How the simulated OpenAI answers. */
export interface OpenAiHttpWays {
  readonly apiKey: string;
  readonly models: (model: string) => boolean;
  readonly script: (request: OpenAiSimulatorRequest) => OpenAiReply;
  readonly transcribe: ((words: string) => string) | undefined;
  /** Told of each request that was understood, before it is answered. */
  readonly note: (request: OpenAiSimulatorRequest) => void;
}

/** A request, over a socket or in memory. */
export interface HttpQuestion {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: () => Promise<string>;
  /** @throws anything for what is no form. */
  readonly form: () => Promise<FormData>;
}

/** What OpenAI answers to a request. */
export async function answerTo(request: HttpQuestion, number: number, ways: OpenAiHttpWays): Promise<HttpAnswer> {
  try {
    return await understood(request, number, ways);
  } catch (error) {
    if (error instanceof Refused) return error.answer;
    throw error;
  }
}

async function understood(request: HttpQuestion, number: number, ways: OpenAiHttpWays): Promise<HttpAnswer> {
  const { path, headers } = request;
  checkKey(headers.authorization, ways.apiKey);
  if (request.method !== "POST" || !PATHS.includes(path))
    throw new Refused(404, { message: `Invalid URL (${request.method} ${path})` });

  if (path === "/v1/audio/transcriptions") {
    const form = await formOf(request);
    ways.note({ number, path, headers, body: fieldsOf(form) });
    checkModel(String(form.get("model")), ways);
    return transcriptionAnswer(form, ways.transcribe);
  }
  const body = await jsonOf(request);
  const noted = { number, path, headers, body };
  ways.note(noted);
  if (path === "/v1/audio/speech") {
    checkModel(body.model, ways);
    return speechAnswer(body);
  }
  if (path === "/v1/responses") {
    const { model } = checkResponsesRequest(body);
    checkModel(model, ways);
    return responsesAnswer(ways.script(noted), number, model);
  }
  const { model, stream_options: options } = checkChatRequest(body);
  checkModel(model, ways);
  return chatAnswer(ways.script(noted), number, model, options?.include_usage === true);
}

const PATHS = ["/v1/responses", "/v1/chat/completions", "/v1/audio/speech", "/v1/audio/transcriptions"];

function checkKey(authorization: string | undefined, apiKey: string): void {
  if (authorization === undefined)
    throw new Refused(401, { message: "You didn't provide an API key. Provide it in an Authorization header." });
  if (authorization !== `Bearer ${apiKey}`)
    throw new Refused(401, { message: "Incorrect API key provided.", code: "invalid_api_key" });
}

function checkModel(model: unknown, { models }: OpenAiHttpWays): void {
  if (typeof model !== "string" || models(model)) return;
  const message = `The model \`${model}\` does not exist or you do not have access to it.`;
  throw new Refused(404, { message, code: "model_not_found" });
}

async function jsonOf(request: HttpQuestion): Promise<Record<string, unknown>> {
  const type = request.headers["content-type"] ?? "";
  const unreadable = new Refused(400, { message: "We could not parse the JSON body of your request." });
  if (!type.startsWith("application/json")) throw unreadable;
  const body: unknown = parsed(await request.text());
  if (typeof body !== "object" || body === null || Array.isArray(body)) throw unreadable;
  return body as Record<string, unknown>;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function formOf(request: HttpQuestion): Promise<FormData> {
  const form = await request.form().catch(() => undefined);
  if (form === undefined) throw new Refused(400, { message: "Could not parse multipart form" });
  return form;
}

function fieldsOf(form: FormData): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const name of new Set(form.keys())) {
    const values = form
      .getAll(name)
      .map((value) => (typeof value === "string" ? value : { name: value.name, bytes: value.size }));
    fields[name] = name.endsWith("[]") ? values : values[0];
  }
  return fields;
}
