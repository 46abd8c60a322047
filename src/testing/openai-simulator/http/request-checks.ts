import { z } from "zod";
import { sealOf } from "./responses-stream.js";
import { Refused } from "./wire.js";

const toolName = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/);
const parameters = z.looseObject({ type: z.literal("object") });

const common = {
  model: z.string().min(1),
  stream: z.literal(true),
  temperature: z.number().min(0).max(2).optional(),
  parallel_tool_calls: z.boolean().optional(),
  service_tier: z.string().optional(),
  metadata: z.record(z.string(), z.string()).optional(),
};

const inputItem = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("message").default("message"),
    role: z.enum(["user", "assistant", "system", "developer"]),
    content: z.string(),
  }),
  z.strictObject({
    type: z.literal("function_call"),
    id: z.string().startsWith("fc_").optional(),
    call_id: z.string().min(1),
    name: toolName,
    arguments: z.string(),
  }),
  z.strictObject({ type: z.literal("function_call_output"), call_id: z.string().min(1), output: z.string() }),
  z.strictObject({
    type: z.literal("reasoning"),
    id: z.string().startsWith("rs_"),
    summary: z.array(z.unknown()),
    encrypted_content: z.string().optional(),
  }),
]);

const responsesRequest = z.strictObject({
  ...common,
  input: z.array(z.preprocess(withType, inputItem)).min(1),
  instructions: z.string().optional(),
  tools: z
    .array(
      z.strictObject({
        type: z.literal("function"),
        name: toolName,
        description: z.string().optional(),
        parameters,
        strict: z.boolean(),
      }),
    )
    .optional(),
  tool_choice: z.enum(["auto", "none", "required"]).optional(),
  store: z.boolean().optional(),
  include: z.array(z.literal("reasoning.encrypted_content")).optional(),
  max_output_tokens: z.number().int().min(16).optional(),
  reasoning: z.strictObject({ effort: z.enum(["none", "minimal", "low", "medium", "high", "xhigh"]) }).optional(),
});

const toolCall = z.strictObject({
  id: z.string().min(1),
  type: z.literal("function"),
  function: z.strictObject({ name: toolName, arguments: z.string() }),
});

const chatMessage = z.discriminatedUnion("role", [
  z.strictObject({ role: z.literal("system"), content: z.string() }),
  z.strictObject({ role: z.literal("developer"), content: z.string() }),
  z.strictObject({ role: z.literal("user"), content: z.string() }),
  z.strictObject({
    role: z.literal("assistant"),
    content: z.string().nullish(),
    tool_calls: z.array(toolCall).min(1).optional(),
  }),
  z.strictObject({ role: z.literal("tool"), tool_call_id: z.string().min(1), content: z.string() }),
]);

const chatRequest = z.strictObject({
  ...common,
  messages: z.array(chatMessage).min(1),
  tools: z
    .array(
      z.strictObject({
        type: z.literal("function"),
        function: z.strictObject({ name: toolName, description: z.string().optional(), parameters }),
      }),
    )
    .min(1)
    .optional(),
  tool_choice: z.enum(["auto", "none", "required"]).optional(),
  stream_options: z
    .strictObject({ include_usage: z.boolean().optional(), include_obfuscation: z.boolean().optional() })
    .optional(),
  max_completion_tokens: z.number().int().min(1).optional(),
  reasoning_effort: z.enum(["none", "minimal", "low", "medium", "high", "xhigh"]).optional(),
});

/** A message needs no type of its own. */
function withType(item: unknown): unknown {
  return typeof item === "object" && item !== null && !("type" in item) ? { type: "message", ...item } : item;
}

/** A body that the simulator understands, or what is wrong with it. */
export function parsedBy<T>(schema: z.ZodType<T>, body: unknown): T {
  const { success, data, error } = schema.safeParse(body);
  if (success) return data;
  const [issue] = error.issues;
  const unknownKey = issue?.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  const param = [...(issue?.path ?? []), ...(unknownKey === undefined ? [] : [unknownKey])].map(String).join(".");
  throw new Refused(400, {
    message: unknownKey === undefined ? `Invalid '${param}': ${issue?.message}.` : `Unknown parameter: '${param}'.`,
    param,
    code: unknownKey === undefined ? "invalid_value" : "unknown_parameter",
  });
}

/** A request to `/v1/responses`. @throws Refused */
export function checkResponsesRequest(body: unknown): z.output<typeof responsesRequest> {
  const request = parsedBy(responsesRequest, body);
  const asked = new Set<string>();
  const answered = new Set<string>();
  for (const [index, item] of request.input.entries()) {
    if (item.type === "function_call") asked.add(item.call_id);
    if (item.type === "function_call_output") {
      if (!asked.has(item.call_id))
        throw wrongInput(`No tool call found for function call output with call_id ${item.call_id}.`);
      answered.add(item.call_id);
    }
    if (item.type === "reasoning") checkReasoning(item, request.input[index + 1]);
  }
  for (const callId of asked) {
    if (!answered.has(callId)) throw wrongInput(`No tool output found for function call ${callId}.`);
  }
  return request;
}

type InputItem = z.output<typeof inputItem>;

function checkReasoning(item: InputItem & { type: "reasoning" }, next: InputItem | undefined): void {
  if (item.encrypted_content === undefined)
    throw new Refused(404, {
      message: `Item with id '${item.id}' not found. Items are not persisted when \`store\` is set to false.`,
      param: "input",
    });
  if (item.encrypted_content !== sealOf(item.id))
    throw new Refused(400, {
      message: "The encrypted content could not be verified.",
      code: "invalid_encrypted_content",
    });
  const follows =
    next?.type === "function_call" ||
    next?.type === "reasoning" ||
    (next?.type === "message" && next.role === "assistant");
  if (!follows)
    throw wrongInput(`Item '${item.id}' of type 'reasoning' was provided without its required following item.`);
}

function wrongInput(message: string): Refused {
  return new Refused(400, { message, param: "input" });
}

/** A request to `/v1/chat/completions`. @throws Refused */
export function checkChatRequest(body: unknown): z.output<typeof chatRequest> {
  const request = parsedBy(chatRequest, body);
  let open = new Set<string>();
  for (const [index, message] of request.messages.entries()) {
    const param = `messages.[${index}].role`;
    if (message.role === "tool") {
      if (!open.delete(message.tool_call_id))
        throw new Refused(400, {
          message:
            "Invalid parameter: messages with role 'tool' must be a response to a preceding message with 'tool_calls'.",
          param,
        });
      continue;
    }
    if (open.size > 0) break;
    if (message.role !== "assistant") continue;
    if (message.tool_calls === undefined && !message.content)
      throw new Refused(400, { message: "Invalid value for 'content': expected a string, got null.", param });
    open = new Set(message.tool_calls?.map(({ id }) => id));
  }
  if (open.size > 0)
    throw new Refused(400, {
      message: `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${[...open].join(", ")}`,
      param: "messages",
    });
  return request;
}
