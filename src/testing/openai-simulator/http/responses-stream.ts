import { fragmentsOf, type OpenAiReply, usageOf } from "./script.js";
import { eventStream, type HttpAnswer } from "./wire.js";

/** What a sealed thought begins with. It is sealed to its id: another thought's seal is refused. */
export function sealOf(reasoningId: string): string {
  return `sealed:${reasoningId}`;
}

type Item = Readonly<Record<string, unknown>>;
type Event = { readonly type: string } & Readonly<Record<string, unknown>>;

/** The reply as a stream of the Responses API: events with their names and numbers, and no `[DONE]`. */
export function responsesAnswer(reply: OpenAiReply, number: number, model: string): HttpAnswer {
  const id = `resp_${number}`;
  const output: Item[] = [];
  const events: Event[] = [];
  const response = (status: string, more: object = {}) => ({
    response: { id, object: "response", model, status, output, error: null, incomplete_details: null, ...more },
  });
  const add = (made: { readonly events: readonly Event[]; readonly item: Item }) => {
    events.push(...made.events);
    output.push(made.item);
  };

  events.push({ type: "response.created", ...response("in_progress", { output: [] }) });
  events.push({ type: "response.in_progress", ...response("in_progress", { output: [] }) });
  if (reply.reasoning === true) add(reasoning(`rs_${number}`, output.length));
  if (reply.text !== undefined || reply.refusal !== undefined) add(message(`msg_${number}`, output.length, reply));
  if (reply.error === undefined) {
    for (const call of reply.toolCalls ?? []) add(functionCall(`fc_${number}_${output.length}`, output.length, call));
  }
  events.push(last(reply, response));
  return eventStream(
    events.map(
      (event, index) => `event: ${event.type}\ndata: ${JSON.stringify({ ...event, sequence_number: index })}\n\n`,
    ),
  );
}

function last(reply: OpenAiReply, response: (status: string, more?: object) => object): Event {
  if (reply.error !== undefined) return { type: "error", ...reply.error, param: null };
  const { input, output, cached } = usageOf(reply);
  const usage = {
    input_tokens: input,
    input_tokens_details: { cached_tokens: cached },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: input + output,
  };
  if (reply.cut === undefined) return { type: "response.completed", ...response("completed", { usage }) };
  const reason = reply.cut === "length" ? "max_output_tokens" : "content_filter";
  return { type: "response.incomplete", ...response("incomplete", { usage, incomplete_details: { reason } }) };
}

function reasoning(id: string, index: number): { events: Event[]; item: Item } {
  const item = { id, type: "reasoning", summary: [], encrypted_content: sealOf(id) };
  return {
    item,
    events: [
      { type: "response.output_item.added", output_index: index, item: { ...item, encrypted_content: "" } },
      { type: "response.output_item.done", output_index: index, item },
    ],
  };
}

function message(id: string, index: number, { text = [], refusal }: OpenAiReply): { events: Event[]; item: Item } {
  const kind = refusal === undefined ? "output_text" : "refusal";
  const fragments = refusal === undefined ? text : fragmentsOf(refusal);
  const whole = fragments.join("");
  const place = { item_id: id, output_index: index, content_index: 0 };
  const part = (words: string) =>
    refusal === undefined ? { type: kind, text: words, annotations: [] } : { type: kind, refusal: words };
  const item = { id, type: "message", role: "assistant", status: "completed", content: [part(whole)] };
  return {
    item,
    events: [
      {
        type: "response.output_item.added",
        output_index: index,
        item: { ...item, status: "in_progress", content: [] },
      },
      { type: "response.content_part.added", ...place, part: part("") },
      ...fragments.map((delta) => ({ type: `response.${kind}.delta`, ...place, delta })),
      { type: `response.${kind}.done`, ...place, [refusal === undefined ? "text" : "refusal"]: whole },
      { type: "response.content_part.done", ...place, part: part(whole) },
      { type: "response.output_item.done", output_index: index, item },
    ],
  };
}

function functionCall(
  id: string,
  index: number,
  call: NonNullable<OpenAiReply["toolCalls"]>[number],
): { events: Event[]; item: Item } {
  const item = {
    id,
    type: "function_call",
    status: "completed",
    call_id: call.id,
    name: call.name,
    arguments: call.arguments,
  };
  const place = { item_id: id, output_index: index };
  return {
    item,
    events: [
      {
        type: "response.output_item.added",
        output_index: index,
        item: { ...item, status: "in_progress", arguments: "" },
      },
      ...fragmentsOf(call.arguments).map((delta) => ({
        type: "response.function_call_arguments.delta",
        ...place,
        delta,
      })),
      { type: "response.function_call_arguments.done", ...place, name: call.name, arguments: call.arguments },
      { type: "response.output_item.done", output_index: index, item },
    ],
  };
}
