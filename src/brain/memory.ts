import { z } from "zod";
import type { ModelToolCall } from "../spec/index.js";

/** A round of tools: what the model called for, and what came of it. */
export interface ToolRound {
  /** What the model said before it called. */
  readonly text: string;
  readonly calls: readonly ModelToolCall[];
  /** One a call, in their order. */
  readonly results: readonly { readonly toolCallId: string; readonly name: string; readonly text: string }[];
}

/**
 * What a model's brain remembers of one call beside what was heard: the tools it used, turn by turn, and what older turns
 * came to. Plain JSON, given back to it by the session.
 */
export interface ModelMemory {
  /** By turn id. */
  readonly toolRounds: Readonly<Record<string, readonly ToolRound[]>>;
  /** What was said up to and including a turn. */
  readonly summary?: { readonly throughTurnId: number; readonly text: string };
}

export const NO_MEMORY: ModelMemory = Object.freeze({ toolRounds: Object.freeze({}) });

const toolCall = z.object({ toolCallId: z.string(), name: z.string(), inputText: z.string() });
const toolRound = z.object({
  text: z.string(),
  calls: z.array(toolCall),
  results: z.array(z.object({ toolCallId: z.string(), name: z.string(), text: z.string() })),
});
const modelMemory = z.object({
  toolRounds: z.record(z.string(), z.array(toolRound)),
  summary: z.object({ throughTurnId: z.number(), text: z.string() }).optional(),
});

/** Reads what the session gave back. Another brain's memory, or none, is an empty one. */
export function readMemory(value: unknown): ModelMemory {
  const { success, data } = modelMemory.safeParse(value);
  if (!success) return NO_MEMORY;
  const { toolRounds, summary } = data;
  return summary === undefined ? { toolRounds } : { toolRounds, summary };
}

/** With one more round of tools in a turn. */
export function withToolRound(memory: ModelMemory, turnId: number, round: ToolRound): ModelMemory {
  const before = memory.toolRounds[turnId] ?? [];
  return { ...memory, toolRounds: { ...memory.toolRounds, [turnId]: [...before, round] } };
}

/** Without what belongs to turns that are told of no more. */
export function forgetBefore(memory: ModelMemory, firstTurnId: number): ModelMemory {
  const kept = Object.entries(memory.toolRounds).filter(([turnId]) => Number(turnId) >= firstTurnId);
  return { ...memory, toolRounds: Object.fromEntries(kept) };
}
