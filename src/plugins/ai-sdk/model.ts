import { z } from "zod";
import { inTime } from "../../async.js";
import { type ModelBrainOptions, modelBrain } from "../../brain/index.js";
import { BolchaalError } from "../../errors.js";
import type { Brain, Clock, LanguageModel, ModelFinishReason, ModelPart, ModelRequest } from "../../spec/index.js";
import { systemClock } from "../../system-clock.js";
import { aiSdkError } from "./errors.js";
import { carryOf, sdkMessages } from "./messages.js";
import { type AiSdk, loadAiSdk } from "./sdk.js";

/** An answer whose first sign does not come within this is given up, in ms. */
export const DEFAULT_AI_SDK_FIRST_PART_TIMEOUT_MS = 4_000;
/** An answer that stands still for so long has stalled, in ms. */
export const DEFAULT_AI_SDK_IDLE_TIMEOUT_MS = 3_000;

/** A language model of the Vercel AI SDK, such as `anthropic("…")` or `google("…")` give. Only what is used of it. */
export interface AiSdkLanguageModel {
  /** Such as `anthropic.messages`. */
  readonly provider: string;
  readonly modelId: string;
}

/** Of {@link aiSdkModel}. */
export interface AiSdkModelOptions {
  /** The longest answer, in tokens. @default the model's own */
  readonly maxOutputTokens?: number;
  /** @default the model's own */
  readonly temperature?: number;
  /** As the SDK takes them, such as `{ anthropic: { thinking: { type: "disabled" } } }`. @default none */
  readonly providerOptions?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** From the request to the first words or tool, in ms. @default DEFAULT_AI_SDK_FIRST_PART_TIMEOUT_MS */
  readonly firstPartTimeoutMs?: number;
  /** From then on, from one sign that it goes on to the next, in ms. @default DEFAULT_AI_SDK_IDLE_TIMEOUT_MS */
  readonly idleTimeoutMs?: number;
  /** @default the system's clock */
  readonly clock?: Clock;
}

/**
 * Any language model of the Vercel AI SDK (package `ai`, version 6 or 7). It is read from `fullStream`, where errors show;
 * tools are told of and not run: that is the brain's. Nothing is tried again here.
 * @throws the answers: BolchaalError `missing-dependency`, `not-authorised`, `overloaded`, `invalid-request`,
 * `provider-failed`, `provider-timeout`.
 */
export function aiSdkModel(model: AiSdkLanguageModel, options: AiSdkModelOptions = {}): LanguageModel {
  const { provider, modelId } = model;
  const { clock = systemClock, firstPartTimeoutMs, idleTimeoutMs } = options;
  const name = provider.split(".")[0] || "ai-sdk";
  // So that the first caller does not wait for it; whoever needs it first is told.
  loadAiSdk().catch(() => {});

  async function* doGenerate(request: ModelRequest): AsyncGenerator<ModelPart, void, void> {
    const deadlines = {
      clock,
      firstMs: firstPartTimeoutMs ?? DEFAULT_AI_SDK_FIRST_PART_TIMEOUT_MS,
      idleMs: idleTimeoutMs ?? DEFAULT_AI_SDK_IDLE_TIMEOUT_MS,
      late: (waitedMs: number) => late(name, waitedMs),
    };
    const { signal } = request;
    try {
      for await (const some of inTime((either) => answer(model, request, options, either), deadlines, signal))
        yield* some;
    } catch (cause) {
      signal.throwIfAborted();
      throw aiSdkError(cause, name);
    }
  }

  return Object.freeze({ specVersion: "v1", name, modelId, doGenerate } satisfies LanguageModel);
}

/** Of {@link aiSdkBrain}. */
export interface AiSdkBrainOptions extends AiSdkModelOptions, ModelBrainOptions {}

/** A brain made of a model of the Vercel AI SDK: instructions, tools and memory. */
export function aiSdkBrain(model: AiSdkLanguageModel, options: AiSdkBrainOptions): Brain {
  return modelBrain(aiSdkModel(model, options), options);
}

const partSchema = z.looseObject({ type: z.string() });
const deltaSchema = z.object({ text: z.string() });
const callSchema = z.object({ toolCallId: z.string().min(1), toolName: z.string().min(1), input: z.unknown() });
const usageSchema = z.object({
  inputTokens: z.number().optional(),
  outputTokens: z.number().optional(),
  inputTokenDetails: z.object({ cacheReadTokens: z.number().optional() }).optional(),
});
const finishSchema = z.object({ finishReason: z.string(), totalUsage: usageSchema.optional() });

/** An answer, a list of parts for each sign that it goes on. */
async function* answer(
  model: AiSdkLanguageModel,
  request: ModelRequest,
  options: AiSdkModelOptions,
  signal: AbortSignal,
): AsyncGenerator<readonly ModelPart[], void, void> {
  const stream = (await loadAiSdk()).streamText(await optionsFor(model, request, options, signal));
  let calls = 0;
  for await (const received of stream.fullStream) {
    const part = partSchema.parse(received);
    switch (part.type) {
      case "text-delta": {
        const { text } = deltaSchema.parse(part);
        yield text === "" ? [] : [{ type: "text", text }];
        break;
      }
      case "reasoning-delta":
      case "tool-input-delta":
        yield [];
        break;
      case "tool-call": {
        const { toolCallId, toolName: name, input } = callSchema.parse(part);
        calls += 1;
        yield [{ type: "tool-call", toolCallId, name, inputText: textOf(input) }];
        break;
      }
      case "error":
        throw part.error;
      case "abort":
        signal.throwIfAborted();
        throw new Error("the answer was broken off");
      case "finish": {
        const { finishReason, totalUsage } = finishSchema.parse(part);
        if (finishReason === "error") throw new Error("the model ended in an error");
        const carry = calls === 0 ? undefined : carryOf((await stream.response).messages, model.modelId);
        yield [
          ...(carry === undefined ? [] : [{ type: "carry", value: carry } as const]),
          ...usageIn(totalUsage),
          { type: "finish", reason: REASONS[finishReason] ?? "stop" },
        ];
        return;
      }
      default:
        // Lifecycle, sources, files: nothing to be spoken.
        break;
    }
  }
  throw new Error("it broke off in the midst of an answer");
}

async function optionsFor(
  model: AiSdkLanguageModel,
  { instructions, messages, tools }: ModelRequest,
  { maxOutputTokens, temperature, providerOptions }: AiSdkModelOptions,
  abortSignal: AbortSignal,
): Promise<object> {
  const sdk: AiSdk = await loadAiSdk();
  const described = tools.map(({ name, description, inputSchema }) => [
    name,
    // Without `execute`: the SDK tells of the call, and ends.
    { description, inputSchema: sdk.jsonSchema(inputSchema) },
  ]);
  return {
    model,
    ...(instructions !== "" && { system: instructions }),
    messages: sdkMessages(messages, model.modelId),
    ...(tools.length > 0 && { tools: Object.fromEntries(described) }),
    abortSignal,
    maxRetries: 0,
    // Else the SDK prints what it also puts into the stream.
    onError: () => {},
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
    ...(temperature !== undefined && { temperature }),
    ...(providerOptions !== undefined && { providerOptions }),
  };
}

const REASONS: Readonly<Record<string, ModelFinishReason>> = {
  stop: "stop",
  length: "length",
  "content-filter": "filtered",
  "tool-calls": "tool-calls",
};

function usageIn(usage: z.output<typeof usageSchema> | undefined): ModelPart[] {
  const { inputTokens, outputTokens, inputTokenDetails } = usage ?? {};
  const cachedInputTokens = inputTokenDetails?.cacheReadTokens;
  if (inputTokens === undefined && outputTokens === undefined) return [];
  return [
    {
      type: "usage",
      inputTokens: inputTokens ?? 0,
      outputTokens: outputTokens ?? 0,
      ...(cachedInputTokens !== undefined && { cachedInputTokens }),
    },
  ];
}

/** An input that is no JSON comes as the text that the model wrote. */
function textOf(input: unknown): string {
  return typeof input === "string" ? input : JSON.stringify(input ?? {});
}

function late(provider: string, waitedMs: number): BolchaalError {
  const message = `Nothing came for ${waitedMs} ms. Try again, or use another provider meanwhile.`;
  return new BolchaalError(message, { code: "provider-timeout", component: "brain", provider, retryable: true });
}
