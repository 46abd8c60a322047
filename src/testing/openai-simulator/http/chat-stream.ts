import { fragmentsOf, type OpenAiReply, usageOf } from "./script.js";
import { eventStream, type HttpAnswer } from "./wire.js";

/** The reply as a stream of chat completion chunks, `[DONE]` last. */
export function chatAnswer(reply: OpenAiReply, number: number, model: string, withUsage: boolean): HttpAnswer {
  const base = { id: `chatcmpl-${number}`, object: "chat.completion.chunk", created: 1_790_000_000, model };
  const chunk = (delta: object, finishReason: string | null = null) => ({
    ...base,
    choices: [{ index: 0, delta, finish_reason: finishReason }],
    ...(withUsage && { usage: null }),
  });
  const data = (value: object) => `data: ${JSON.stringify(value)}\n\n`;

  const events = [data(chunk({ role: "assistant", content: "" }))];
  for (const content of reply.text ?? []) events.push(data(chunk({ content })));
  for (const refusal of fragmentsOf(reply.refusal ?? "")) events.push(data(chunk({ refusal })));
  if (reply.error !== undefined) {
    const { code, message } = reply.error;
    return eventStream([...events, data({ error: { message, type: "server_error", param: null, code } })]);
  }
  for (const [index, call] of (reply.toolCalls ?? []).entries()) {
    const head = { index, id: call.id, type: "function", function: { name: call.name, arguments: "" } };
    events.push(data(chunk({ tool_calls: [head] })));
    for (const fragment of fragmentsOf(call.arguments))
      events.push(data(chunk({ tool_calls: [{ index, function: { arguments: fragment } }] })));
  }
  events.push(data(chunk({}, finishReasonOf(reply))));
  if (withUsage) events.push(data({ ...base, choices: [], usage: usage(reply) }));
  return eventStream([...events, "data: [DONE]\n\n"]);
}

function finishReasonOf({ cut, toolCalls = [] }: OpenAiReply): string {
  if (cut !== undefined) return cut === "length" ? "length" : "content_filter";
  return toolCalls.length > 0 ? "tool_calls" : "stop";
}

function usage(reply: OpenAiReply): object {
  const { input, output, cached } = usageOf(reply);
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cached },
  };
}
