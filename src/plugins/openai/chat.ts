import { z } from "zod";
import type { ModelFinishReason, ModelMessage, ModelPart, ModelRequest, ModelToolCall } from "../../spec/index.js";
import { brokenAnswer, openAiError, type Party } from "./errors.js";
import type { ModelSettings } from "./model-settings.js";

/** The body of a request to `/v1/chat/completions`. */
export function chatBody({ instructions, messages, tools }: ModelRequest, settings: ModelSettings): object {
  const { model, maxOutputTokens, temperature, reasoningEffort, extra } = settings;
  return {
    model,
    stream: true,
    stream_options: { include_usage: true },
    messages: [
      ...(instructions === "" ? [] : [{ role: "system", content: instructions }]),
      ...messages.map(chatMessage),
    ],
    ...(tools.length > 0 && {
      tools: tools.map(({ name, description, inputSchema }) => ({
        type: "function",
        function: { name, description, parameters: inputSchema },
      })),
    }),
    ...(maxOutputTokens !== undefined && { max_completion_tokens: maxOutputTokens }),
    ...(temperature !== undefined && { temperature }),
    ...(reasoningEffort !== undefined && { reasoning_effort: reasoningEffort }),
    ...extra,
  };
}

function chatMessage(message: ModelMessage): object {
  if (message.role === "user") return { role: "user", content: message.text };
  if (message.role === "tool") return { role: "tool", tool_call_id: message.toolCallId, content: message.text };
  const { text, toolCalls = [] } = message;
  if (toolCalls.length === 0) return { role: "assistant", content: text };
  return {
    role: "assistant",
    content: text === "" ? null : text,
    tool_calls: toolCalls.map(({ toolCallId, name, inputText }) => ({
      id: toolCallId,
      type: "function",
      function: { name, arguments: inputText },
    })),
  };
}

const chunkSchema = z.object({
  choices: z
    .array(
      z.object({
        delta: z
          .object({
            content: z.string().nullish(),
            refusal: z.string().nullish(),
            tool_calls: z
              .array(
                z.object({
                  index: z.number(),
                  id: z.string().nullish(),
                  function: z.object({ name: z.string().nullish(), arguments: z.string().nullish() }).optional(),
                }),
              )
              .nullish(),
          })
          .nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .nullish(),
  usage: z
    .object({
      prompt_tokens: z.number(),
      completion_tokens: z.number(),
      prompt_tokens_details: z.object({ cached_tokens: z.number().nullish() }).nullish(),
    })
    .nullish(),
  error: z.object({ message: z.string(), code: z.unknown(), type: z.unknown() }).partial().nullish(),
});

type Chunk = z.output<typeof chunkSchema>;

const FINISH_REASONS: Readonly<Record<string, ModelFinishReason>> = {
  stop: "stop",
  length: "length",
  tool_calls: "tool-calls",
  content_filter: "filtered",
};

/**
 * What the chunks of an answer say, a list for each chunk that shows the answer goes on. A call of a tool is given when
 * its fragments are all there: that is known at the end alone.
 * @throws BolchaalError for an error in the stream, and for a stream without an end.
 */
export async function* chatParts(
  chunks: AsyncIterable<unknown>,
  party: Party,
): AsyncGenerator<readonly ModelPart[], void, void> {
  const calls = createCalls(party);
  let reason: ModelFinishReason | undefined;
  let usage: Chunk["usage"];

  for await (const received of chunks) {
    const { success, data: chunk } = chunkSchema.safeParse(received);
    if (!success) throw brokenAnswer("It sent a chunk that is none", party);
    if (chunk.error != null) throw openAiError(chunk.error, party);
    usage = chunk.usage ?? usage;
    const [choice] = chunk.choices ?? [];
    const { content, refusal, tool_calls: fragments } = choice?.delta ?? {};
    for (const fragment of fragments ?? []) calls.add(fragment);
    const text = content || refusal;
    if (text) yield [{ type: "text", text }];
    else if (fragments?.length) yield [];
    if (choice?.finish_reason) {
      reason = FINISH_REASONS[choice.finish_reason] ?? "stop";
      yield [];
    }
  }

  if (reason === undefined) throw brokenAnswer("It broke off in the midst of an answer", party);
  const whole = reason === "length" || reason === "filtered" ? [] : calls.all();
  const cached = usage?.prompt_tokens_details?.cached_tokens;
  yield [
    ...whole.map((call) => ({ type: "tool-call", ...call }) as const),
    ...(usage == null
      ? []
      : [
          {
            type: "usage",
            inputTokens: usage.prompt_tokens,
            outputTokens: usage.completion_tokens,
            ...(cached != null && { cachedInputTokens: cached }),
          } as const,
        ]),
    // Some servers say `stop` behind the calls of tools.
    { type: "finish", reason: whole.length > 0 ? "tool-calls" : reason },
  ];
}

type Fragment = NonNullable<NonNullable<NonNullable<Chunk["choices"]>[number]["delta"]>["tool_calls"]>[number];

/** Id and name come with a call's first fragment alone. */
function createCalls(party: Party) {
  const calls = new Map<number, { id: string; name: string; inputText: string }>();
  return {
    add({ index, id, function: part }: Fragment): void {
      const call = calls.get(index) ?? { id: id ?? "", name: part?.name ?? "", inputText: "" };
      call.inputText += part?.arguments ?? "";
      calls.set(index, call);
    },
    all: (): ModelToolCall[] =>
      [...calls.values()].map(({ id, name, inputText }) => {
        if (id === "" || name === "") throw brokenAnswer("It called a tool without its name or id", party);
        return { toolCallId: id, name, inputText };
      }),
  };
}
