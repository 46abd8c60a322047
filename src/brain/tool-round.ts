import type { BrainPart, BrainTurn, CallRequest, Clock, ModelToolCall, Tool, ToolCallPart } from "../spec/index.js";
import type { ToolRound } from "./memory.js";
import { errorText, resultText, runTool } from "./run-tool.js";

/** What a round of tools needs. */
export interface ToolRoundOptions {
  readonly turn: BrainTurn;
  readonly tools: readonly Tool[];
  readonly clock: Clock;
  /** What a tool asks of the call. */
  readonly request: (request: CallRequest) => void;
}

interface Pending {
  readonly part: ToolCallPart;
  /** What it came to, as text for the model. */
  readonly text: Promise<string>;
}

/**
 * Has the tools run that the model called for, all at once, and waits for each. One that fails gives its error to the
 * model, in words.
 */
export async function* toolRound(
  said: { readonly text: string; readonly calls: readonly ModelToolCall[] },
  options: ToolRoundOptions,
): AsyncGenerator<BrainPart, ToolRound, void> {
  const pending = said.calls.map((call) => pendingCall(call, options));
  for (const { part } of pending) yield part;
  const texts = await Promise.all(pending.map(({ text }) => text));
  const results = said.calls.map(({ toolCallId, name }, index) => ({ toolCallId, name, text: texts[index] as string }));
  return { text: said.text, calls: said.calls, results };
}

function pendingCall(call: ModelToolCall, { turn, tools, clock, request }: ToolRoundOptions): Pending {
  const { toolCallId, name, inputText } = call;
  const tool = tools.find((each) => each.name === name);
  let settle: (text: string) => void = () => {};
  const text = new Promise<string>((resolve) => {
    settle = resolve;
  });
  return {
    text,
    part: {
      type: "tool-call",
      toolCallId,
      name,
      input: parsedInput(inputText),
      ...(tool?.sideEffect === undefined ? {} : { sideEffect: tool.sideEffect }),
      ...(tool?.filler === undefined ? {} : { filler: tool.filler }),
      async run({ signal }) {
        const { turnId, language } = turn;
        const context = { call: turn.call, turnId, toolCallId, language, signal, request };
        try {
          const output = await runTool({ tool, call, context, clock });
          settle(resultText(output));
          return output;
        } catch (thrown) {
          settle(errorText(thrown));
          throw thrown;
        }
      },
    },
  };
}

function parsedInput(text: string): unknown {
  try {
    return text.trim() === "" ? {} : JSON.parse(text);
  } catch {
    return text;
  }
}
