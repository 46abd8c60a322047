import { z } from "zod";
import type { ModelMessage } from "../../spec/index.js";

/** What the SDK itself made of an answer that wants tools: with the model's thoughts, sealed as its provider seals them. */
const carrySchema = z.object({ aiSdk: z.string(), messages: z.array(z.looseObject({ role: z.literal("assistant") })) });

/** The conversation as the AI SDK takes it. */
export function sdkMessages(messages: readonly ModelMessage[], modelId: string): object[] {
  return messages.flatMap((message) => sdkMessage(message, modelId));
}

/** What is to go back with an answer, while its tools are at work. */
export function carryOf(messages: readonly unknown[], modelId: string): unknown {
  const { success, data } = carrySchema.safeParse({ aiSdk: modelId, messages: JSON.parse(JSON.stringify(messages)) });
  return success && data.messages.length > 0 ? data : undefined;
}

function sdkMessage(message: ModelMessage, modelId: string): object[] {
  if (message.role === "user") return [{ role: "user", content: message.text }];
  if (message.role === "tool") {
    const { toolCallId, name: toolName, text: value } = message;
    return [
      { role: "tool", content: [{ type: "tool-result", toolCallId, toolName, output: { type: "text", value } }] },
    ];
  }
  const { success, data } = carrySchema.safeParse(message.carry);
  // Another model could not make anything of it.
  if (success && data.aiSdk === modelId) return data.messages;
  const { text, toolCalls = [] } = message;
  return [
    {
      role: "assistant",
      content: [
        ...(text === "" ? [] : [{ type: "text", text }]),
        ...toolCalls.map(({ toolCallId, name, inputText }) => ({
          type: "tool-call",
          toolCallId,
          toolName: name,
          input: parsed(inputText),
        })),
      ],
    },
  ];
}

function parsed(text: string): unknown {
  try {
    return text.trim() === "" ? {} : JSON.parse(text);
  } catch {
    return { text };
  }
}
