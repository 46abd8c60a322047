import { systemNetwork } from "../../net/network.js";
import type { LanguageModel, Logger, ModelPart, ModelRequest } from "../../spec/index.js";
import { chatBody, chatParts } from "./chat.js";
import { isOpenAiItself, type OpenAiConnection, openAiClient } from "./client.js";
import type { ModelSettings, OpenAiReasoningEffort } from "./model-settings.js";
import { eventsOf, inOurTime, type OpenAiTimeouts } from "./progress.js";
import { responsesBody, responsesParts } from "./responses.js";
import { warnOfShutdown } from "./shutdowns.js";

/** The model that answers where none is named: the one OpenAI names in place of gpt-4o-mini. */
export const DEFAULT_OPENAI_MODEL = "gpt-6-luna";

/** Of {@link openAiModel}. */
export interface OpenAiModelOptions extends OpenAiConnection, OpenAiTimeouts {
  /** Any id that the server knows. @default DEFAULT_OPENAI_MODEL */
  readonly model?: string;
  /** Which interface is spoken. @default "responses" for OpenAI itself, "chat" for another `baseUrl` */
  readonly api?: "responses" | "chat";
  /** The longest answer, thoughts included, in tokens. @default the model's own */
  readonly maxOutputTokens?: number;
  /** 0 to 2. Models that think take none. @default the model's own */
  readonly temperature?: number;
  /** On the phone, the least that does. @default the model's own */
  readonly reasoningEffort?: OpenAiReasoningEffort;
  /**
   * Responses only: thoughts go back, sealed, while their tools are being answered. False for a model that has none and
   * refuses to be asked for them.
   * @default true
   */
  readonly carryReasoning?: boolean;
  /** More fields of the request, as they are on the wire, such as `service_tier`. @default none */
  readonly extra?: Readonly<Record<string, unknown>>;
  /** The name in events and errors, for who speaks OpenAI's language. @default "openai" */
  readonly name?: string;
  /** Warned, once, of a model whose end is near. @default silent */
  readonly logger?: Logger;
  /** Today, by the calendar. @default the system's */
  readonly today?: Date;
}

/**
 * A model of OpenAI, over the Responses API, or of any server that speaks chat completions.
 * Needs the package `openai`, version 6 or 7, unless `client` is given.
 * @throws BolchaalError `invalid-option` without a key; the answers: `missing-dependency`, `not-authorised`, `overloaded`,
 * `invalid-request`, `provider-failed`, `provider-timeout`.
 */
export function openAiModel(options: OpenAiModelOptions = {}): LanguageModel {
  const { name = "openai", network = systemNetwork } = options;
  const api = options.api ?? (isOpenAiItself(options) ? "responses" : "chat");
  const party = { provider: name, component: "brain" } as const;
  const settings = resolve(options);
  const client = openAiClient(options, "brain");
  warnOfShutdown(settings.model, options);

  async function* parts(request: ModelRequest, signal: AbortSignal): AsyncGenerator<readonly ModelPart[], void, void> {
    const { responses, chat } = await client();
    const how = { signal, maxRetries: 0 };
    if (api === "responses") {
      const answer = await responses.create(responsesBody(request, settings), how);
      yield* responsesParts(eventsOf(answer, party), settings.model, party);
    } else {
      const answer = await chat.completions.create(chatBody(request, settings), how);
      yield* chatParts(eventsOf(answer, party), party);
    }
  }

  async function* doGenerate(request: ModelRequest): AsyncGenerator<ModelPart, void, void> {
    const { signal } = request;
    const watch = { clock: network.clock, signal, party };
    for await (const some of inOurTime((either) => parts(request, either), options, watch)) yield* some;
  }

  return Object.freeze({ specVersion: "v1", name, modelId: settings.model, doGenerate } satisfies LanguageModel);
}

function resolve(options: OpenAiModelOptions): ModelSettings {
  const { model = DEFAULT_OPENAI_MODEL, carryReasoning = true, extra = {} } = options;
  const { maxOutputTokens, temperature, reasoningEffort } = options;
  return Object.freeze({ model, maxOutputTokens, temperature, reasoningEffort, carryReasoning, extra });
}
