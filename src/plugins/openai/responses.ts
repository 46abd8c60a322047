import { z } from "zod";
import type { ModelFinishReason, ModelMessage, ModelPart, ModelRequest } from "../../spec/index.js";
import { brokenAnswer, openAiError, type Party } from "./errors.js";
import type { ModelSettings } from "./model-settings.js";

/** A thought, sealed, and what it led to: the words, or a call of a tool. */
const thoughtSchema = z.object({
  before: z.string(),
  item: z.object({
    type: z.literal("reasoning"),
    id: z.string(),
    summary: z.array(z.unknown()),
    encrypted_content: z.string(),
  }),
});
const carrySchema = z.object({ openai: z.string(), thoughts: z.array(thoughtSchema) });

type Thought = z.output<typeof thoughtSchema>;
/** In `before`: the thought led to words. No id of a call is empty. */
const WORDS = "";

/** The body of a request to `/v1/responses`. Nothing is stored at OpenAI: thoughts come and go sealed. */
export function responsesBody({ instructions, messages, tools }: ModelRequest, settings: ModelSettings): object {
  const { model, maxOutputTokens, temperature, reasoningEffort, carryReasoning, extra } = settings;
  return {
    model,
    stream: true,
    store: false,
    ...(instructions !== "" && { instructions }),
    input: messages.flatMap((message) => inputItems(message, model)),
    ...(carryReasoning && { include: ["reasoning.encrypted_content"] }),
    ...(tools.length > 0 && {
      tools: tools.map(({ name, description, inputSchema }) => ({
        type: "function",
        name,
        description,
        parameters: inputSchema,
        // Strict schemas must name every field as required, which those of an app need not.
        strict: false,
      })),
    }),
    ...(maxOutputTokens !== undefined && { max_output_tokens: maxOutputTokens }),
    ...(temperature !== undefined && { temperature }),
    ...(reasoningEffort !== undefined && { reasoning: { effort: reasoningEffort } }),
    ...extra,
  };
}

function inputItems(message: ModelMessage, model: string): object[] {
  if (message.role === "user") return [{ role: "user", content: message.text }];
  if (message.role === "tool")
    return [{ type: "function_call_output", call_id: message.toolCallId, output: message.text }];
  const { text, toolCalls = [] } = message;
  const thoughts = thoughtsIn(message.carry, model);
  const before = (what: string) => thoughts.filter((thought) => thought.before === what).map(({ item }) => item);
  return [
    ...(text === "" ? [] : [...before(WORDS), { role: "assistant", content: text }]),
    ...toolCalls.flatMap(({ toolCallId, name, inputText }) => [
      ...before(toolCallId),
      { type: "function_call", call_id: toolCallId, name, arguments: inputText },
    ]),
  ];
}

/** Another model could not open the seal, and would refuse it. */
function thoughtsIn(carry: unknown, model: string): readonly Thought[] {
  const { success, data } = carrySchema.safeParse(carry);
  return success && data.openai === model ? data.thoughts : [];
}

const eventSchema = z.looseObject({ type: z.string() });
const deltaSchema = z.object({ delta: z.string() });
const itemSchema = z.object({ item: z.looseObject({ type: z.string() }) });
const callSchema = z.object({ call_id: z.string().min(1), name: z.string(), arguments: z.string() });
const endSchema = z.object({
  response: z.object({
    usage: z
      .object({
        input_tokens: z.number(),
        output_tokens: z.number(),
        input_tokens_details: z.object({ cached_tokens: z.number().optional() }).nullish(),
      })
      .nullish(),
    incomplete_details: z.object({ reason: z.string().optional() }).nullish(),
    error: z.object({ code: z.string().nullish(), message: z.string() }).nullish(),
  }),
});

/**
 * What the events of an answer say, a list for each event that shows the answer goes on.
 * @throws BolchaalError for an error in the stream, and for a stream without an end.
 */
export async function* responsesParts(
  events: AsyncIterable<unknown>,
  model: string,
  party: Party,
): AsyncGenerator<readonly ModelPart[], void, void> {
  const thoughts: Thought[] = [];
  /** Thoughts that have led to nothing yet. */
  let open: Thought["item"][] = [];
  let called = false;
  const ledTo = (before: string) => {
    thoughts.push(...open.map((item) => ({ before, item })));
    open = [];
  };

  for await (const received of events) {
    const event = read(eventSchema, received, party);
    switch (event.type) {
      case "response.output_text.delta":
      case "response.refusal.delta":
        ledTo(WORDS);
        yield words(read(deltaSchema, event, party).delta);
        break;
      case "response.function_call_arguments.delta":
        yield [];
        break;
      case "response.output_item.done": {
        const { item } = read(itemSchema, event, party);
        const thought = thoughtSchema.shape.item.safeParse(item);
        if (thought.success) open.push(thought.data);
        if (item.type === "function_call") {
          const call = read(callSchema, item, party);
          ledTo(call.call_id);
          called = true;
          yield [{ type: "tool-call", toolCallId: call.call_id, name: call.name, inputText: call.arguments }];
        } else yield [];
        break;
      }
      case "response.completed":
      case "response.incomplete": {
        const { response } = read(endSchema, event, party);
        const { usage } = response;
        const cached = usage?.input_tokens_details?.cached_tokens;
        yield [
          ...(thoughts.length === 0 ? [] : [{ type: "carry", value: { openai: model, thoughts } } as const]),
          ...(usage == null
            ? []
            : [
                {
                  type: "usage",
                  inputTokens: usage.input_tokens,
                  outputTokens: usage.output_tokens,
                  ...(cached !== undefined && { cachedInputTokens: cached }),
                } as const,
              ]),
          { type: "finish", reason: finishReason(event.type, response.incomplete_details?.reason, called) },
        ];
        return;
      }
      case "response.failed":
        throw openAiError(read(endSchema, event, party).response.error ?? { message: "It gave no reason" }, party);
      case "error":
        throw openAiError(event, party);
      default:
        // Lifecycle, and what is told again in whole: no sign that it goes on, and nothing new.
        break;
    }
  }
  throw brokenAnswer("It broke off in the midst of an answer", party);
}

function words(text: string): ModelPart[] {
  return text === "" ? [] : [{ type: "text", text }];
}

function finishReason(type: string, incomplete: string | undefined, called: boolean): ModelFinishReason {
  if (type === "response.incomplete") return incomplete === "content_filter" ? "filtered" : "length";
  return called ? "tool-calls" : "stop";
}

function read<T>(schema: z.ZodType<T>, value: unknown, party: Party): T {
  const { success, data } = schema.safeParse(value);
  if (success) return data;
  throw brokenAnswer("It sent an event that is none", party);
}
