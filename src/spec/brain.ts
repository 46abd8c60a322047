import type { CallInfo } from "./call.js";
import type { CallIntent } from "./intent.js";
import type { InterruptionPolicy } from "./interruption.js";
import type { Language, Localized } from "./language.js";
import type { ModelUsage } from "./language-model.js";

/**
 * What decides what the agent says. One object serves all calls and keeps nothing of any: what it wants to remember
 * of a call it gives back as a `memory` part, and finds again in the next turn of the same call.
 */
export interface Brain {
  readonly specVersion: "v1";
  /** The provider's name in events and errors, such as `openai`. */
  readonly name: string;
  /**
   * Answers one turn, as a stream of parts. Not to be called by apps.
   * The session aborts `signal` when the reply is interrupted or given up; the stream then ends, or throws `signal.reason`.
   */
  doReply(turn: BrainTurn, options: ReplyOptions): AsyncIterable<BrainPart>;
}

/** What goes along with a question to a brain. */
export interface ReplyOptions {
  /** Aborts when the reply is interrupted or given up. */
  readonly signal: AbortSignal;
  /** Tells of a failure that the brain got over by itself: it becomes a `warning` event. */
  readonly warn?: (warning: Error) => void;
}

/** A brain can be a plain function: give back the words, or a stream of words and parts. */
export type BrainFunction = (
  turn: BrainTurn,
  options: ReplyOptions,
) => AsyncIterable<string | BrainPart> | Promise<string> | string;

/** What the brain is asked. */
export interface BrainTurn {
  readonly call: CallInfo;
  readonly turnId: number;
  /**
   * - `greeting`: the call has just begun; speak first.
   * - `caller`: the caller said `text`.
   * - `not-understood`: the caller spoke, but the recogniser made no words of it; `text` is empty.
   */
  readonly kind: "greeting" | "caller" | "not-understood";
  /** What the caller said in this turn. */
  readonly text: string;
  /** What the words want of the call itself, if anything: to talk to a person, to hear it again … */
  readonly intent?: CallIntent;
  /** The language to answer in. */
  readonly language: Language;
  /** The call so far, without this turn. What the agent said stands there as far as the caller heard it. */
  readonly history: readonly HistoryEntry[];
  /** What tools gave too late to be spoken of: the caller had gone on by then. Each is given once. */
  readonly lateToolResults: readonly ToolResult[];
  /** What the brain last gave as its `memory` part in this call; undefined at first. */
  readonly memory: unknown;
}

/** One line of the conversation. */
export interface HistoryEntry {
  readonly role: "caller" | "agent";
  readonly turnId: number;
  /** Of the agent: what the caller heard of it. */
  readonly text: string;
  readonly language: Language;
  /** The agent was interrupted here. */
  readonly interrupted?: true;
}

/** A piece of an answer. */
export type BrainPart =
  /** Words to speak, in any cut: a token, a sentence, the whole. */
  | { readonly type: "text"; readonly text: string }
  /** The language of the words that follow. */
  | { readonly type: "language"; readonly language: Language }
  /** To be given back in the next turn's `memory`. Kept only if the reply is not given up before it is heard. */
  | { readonly type: "memory"; readonly value: unknown }
  /** How the words that follow may be interrupted; the session's own policy until then. */
  | { readonly type: "interruption"; readonly policy: InterruptionPolicy }
  | ToolCallPart
  /** What a model used for this answer: for metrics and cost. */
  | ({ readonly type: "usage" } & BrainUsage)
  /** The call itself goes on in this language, whatever the caller spoke last. */
  | { readonly type: "switch-language"; readonly language: Language }
  /** Hang up once the words of this answer were played out. */
  | { readonly type: "end-call" };

/** What one request to a model used. */
export interface BrainUsage extends Omit<ModelUsage, "madeBy"> {
  /** Who is to be paid, such as `openai`. */
  readonly provider: string;
  /** The model's id there. */
  readonly model: string;
}

/**
 * A tool that the answer needs. The session runs it, once the turn it answers is sure, and tells of it as events; the
 * stream goes on at once, so the brain may speak while it waits for what its own `run` gives.
 */
export interface ToolCallPart {
  readonly type: "tool-call";
  readonly toolCallId: string;
  readonly name: string;
  readonly input: unknown;
  /**
   * Does the work. `signal` aborts when the call is over; without a side effect, also when the reply is interrupted.
   */
  readonly run: (options: { readonly signal: AbortSignal }) => Promise<unknown> | unknown;
  /** It changes something outside, such as a booking: once begun it is not cancelled by talk. @default true */
  readonly sideEffect?: boolean;
  /** What the caller hears when it takes long; false for nothing. @default the session's own lines */
  readonly filler?: Localized | false;
}

/** What a tool gave. */
export interface ToolResult {
  readonly toolCallId: string;
  readonly name: string;
  readonly output: unknown;
}
