import { BolchaalError } from "../errors.js";
import type { Clock, ModelToolCall, Tool, ToolContext } from "../spec/index.js";

/** A tool may take so long, in ms, unless it says otherwise. */
export const DEFAULT_TOOL_TIMEOUT_MS = 10_000;

/** A result is cut behind so many UTF-16 units before it goes to the model. */
export const LONGEST_TOOL_RESULT = 8_000;

/** Of {@link runTool}. */
export interface ToolRun {
  readonly tool: Tool<unknown> | undefined;
  readonly call: ModelToolCall;
  readonly context: ToolContext;
  readonly clock: Clock;
}

/**
 * Checks a tool's input and runs it, for as long as it may take.
 * @returns what it gave.
 * @throws BolchaalError in words that the model can act on; `context.signal`'s reason when that aborts.
 */
export async function runTool({ tool, call, context, clock }: ToolRun): Promise<unknown> {
  if (tool === undefined) throw failure(call, "there is no such tool. Use one of those that are there.");
  const input = await checkedInput(tool, call);
  const overdue = new AbortController();
  const signal = AbortSignal.any([context.signal, overdue.signal]);
  const { timeoutMs = DEFAULT_TOOL_TIMEOUT_MS } = tool;
  const unwatch = clock.setTimer(() => overdue.abort(tookTooLong(call, tool, timeoutMs)), timeoutMs);
  try {
    return await Promise.race([settled(tool, call, input, { ...context, signal }), abortion(signal)]);
  } finally {
    unwatch();
  }
}

/** What a tool gave, as text for the model. */
export function resultText(output: unknown): string {
  const text = typeof output === "string" ? output : (JSON.stringify(output) ?? "done");
  return text.length <= LONGEST_TOOL_RESULT ? text : `${text.slice(0, LONGEST_TOOL_RESULT)} … (cut)`;
}

/** What went wrong with a tool, as text for the model. */
export function errorText(thrown: unknown): string {
  return `Error: ${thrown instanceof Error ? thrown.message.replace(/^(\[[^\]]*\] )+/, "") : String(thrown)}`;
}

async function checkedInput(tool: Tool<unknown>, call: ModelToolCall): Promise<unknown> {
  let value: unknown;
  try {
    value = call.inputText.trim() === "" ? {} : JSON.parse(call.inputText);
  } catch {
    throw failure(call, "its input is no JSON. Call it again with a JSON object.");
  }
  const checked = await tool.check(value);
  if (checked.ok) return checked.input;
  throw failure(call, `its input is wrong (${checked.wrong}). Ask the caller for what is missing, or call it again.`);
}

async function settled(
  tool: Tool<unknown>,
  call: ModelToolCall,
  input: unknown,
  context: ToolContext,
): Promise<unknown> {
  try {
    return await tool.run(input, context);
  } catch (cause) {
    if (context.signal.aborted || BolchaalError.isInstance(cause)) throw cause;
    throw failure(call, `it failed: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
  }
}

function tookTooLong(call: ModelToolCall, tool: Tool<unknown>, timeoutMs: number): BolchaalError {
  const outcome =
    tool.sideEffect === false
      ? "Go on without it."
      : "It may still be done: do not call it again, and tell the caller that it will be confirmed.";
  const message = `The tool ${call.name} gave nothing for ${timeoutMs} ms. ${outcome}`;
  return new BolchaalError(message, { code: "provider-timeout", component: "brain" });
}

function failure(call: ModelToolCall, happened: string, cause?: unknown): BolchaalError {
  return new BolchaalError(`The tool ${call.name} was not run to its end: ${happened}`, {
    code: "provider-failed",
    component: "brain",
    cause,
  });
}

function abortion(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
