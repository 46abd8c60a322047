import type { ProviderName } from "./text-to-speech.js";
import type { JsonSchema } from "./tool.js";

/**
 * A language model: takes a conversation, streams an answer. What a vendor has to write for a brain; instructions, memory
 * and tools are `modelBrain`'s. One object serves all calls and keeps nothing of any.
 */
export interface LanguageModel {
  readonly specVersion: "v1";
  /** The provider's name in events and errors, such as `openai`. */
  readonly name: string;
  /** The model's id at the provider, such as `gpt-6-luna`. */
  readonly modelId: string;
  /**
   * Answers one request, as a stream of parts, `finish` last. Not to be called by apps.
   * Ends, or throws `signal.reason`, soon after `signal` aborts. Runs no tools: it tells what the model wants called.
   * @throws BolchaalError when the provider cannot be reached, refuses, or breaks off.
   */
  doGenerate(request: ModelRequest): AsyncIterable<ModelPart>;
}

/** What a model is asked. */
export interface ModelRequest {
  /** Who it is and how it is to speak. */
  readonly instructions: string;
  /** The conversation, the newest last. */
  readonly messages: readonly ModelMessage[];
  /** What it may call. Empty: nothing. */
  readonly tools: readonly ModelTool[];
  readonly signal: AbortSignal;
  /** Tells of a failure that the model got over by itself: it becomes a `warning` event. */
  readonly warn?: (warning: Error) => void;
}

/** One message of the conversation. */
export type ModelMessage =
  | { readonly role: "user"; readonly text: string }
  | {
      readonly role: "assistant";
      readonly text: string;
      readonly toolCalls?: readonly ModelToolCall[];
      /** What the model itself gave as a `carry` part with this message, for its eyes only. */
      readonly carry?: unknown;
    }
  /** What a tool gave, as text: the answer to one of the `toolCalls` of the assistant before. */
  | { readonly role: "tool"; readonly toolCallId: string; readonly name: string; readonly text: string };

/** A tool, as the model sees it. */
export interface ModelTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: JsonSchema;
}

/** A call of a tool. */
export interface ModelToolCall {
  readonly toolCallId: string;
  readonly name: string;
  /** JSON as the model wrote it: it may be wrong. */
  readonly inputText: string;
}

/** A piece of a model's answer. */
export type ModelPart =
  | { readonly type: "text"; readonly text: string }
  /** A whole call of a tool. */
  | ({ readonly type: "tool-call" } & ModelToolCall)
  /** What must go back with this message while its tools are being answered, such as sealed reasoning. Opaque, JSON. */
  | { readonly type: "carry"; readonly value: unknown }
  | ({ readonly type: "usage" } & ModelUsage)
  | { readonly type: "finish"; readonly reason: ModelFinishReason };

/** `stop`: it has said all. `tool-calls`: it waits for tools. `length`: cut by a limit. `filtered`: the provider held it back. */
export type ModelFinishReason = "stop" | "tool-calls" | "length" | "filtered";

/** What an answer used, in tokens. */
export interface ModelUsage {
  /** Who made it, where it is not the model itself but one of several behind it. */
  readonly madeBy?: ProviderName;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Of the input, what the provider had in its cache. */
  readonly cachedInputTokens?: number;
}
