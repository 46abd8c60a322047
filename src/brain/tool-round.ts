import { wait } from "../async.js";
import { inLanguage } from "../language/index.js";
import type {
  BrainPart,
  BrainTurn,
  CallRequest,
  Clock,
  Localized,
  ModelToolCall,
  Tool,
  ToolCallPart,
} from "../spec/index.js";
import type { ToolRound } from "./memory.js";
import { errorText, resultText, runTool } from "./run-tool.js";

/** What the caller hears while tools take long, one after another, in ms of waiting. */
export interface FillerRules {
  readonly lines: readonly Localized[];
  /** The first one comes after so long, unless the model has just spoken. */
  readonly afterMs: number;
  /** The next ones come so long after the one before. */
  readonly everyMs: number;
}

/** What a round of tools needs. */
export interface ToolRoundOptions {
  readonly turn: BrainTurn;
  readonly tools: readonly Tool[];
  readonly fillers: FillerRules;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** What a tool asks of the call. */
  readonly request: (request: CallRequest) => void;
}

interface Pending {
  readonly part: ToolCallPart;
  readonly filler: Localized | false | undefined;
  readonly text: Promise<string>;
  settled: boolean;
}

/**
 * Has the tools run that the model called for, all at once, and waits for each. The caller hears a line now and then
 * meanwhile. One that fails gives its error to the model, in words.
 */
export async function* toolRound(
  said: { readonly text: string; readonly calls: readonly ModelToolCall[] },
  options: ToolRoundOptions,
): AsyncGenerator<BrainPart, ToolRound, void> {
  const pending = said.calls.map((call) => pendingCall(call, options));
  for (const { part } of pending) yield part;
  const texts = Promise.all(pending.map(({ text }) => text));
  yield* fillers(texts, pending, said.text !== "", options);
  const results = (await texts).map((text, index) => {
    const { toolCallId, name } = said.calls[index] as ModelToolCall;
    return { toolCallId, name, text };
  });
  return { text: said.text, calls: said.calls, results };
}

function pendingCall(call: ModelToolCall, { turn, tools, clock, request }: ToolRoundOptions): Pending {
  const tool = tools.find(({ name }) => name === call.name);
  let resolve: (text: string) => void = () => {};
  const text = new Promise<string>((settle) => {
    resolve = settle;
  });
  const pending: Pending = {
    filler: tool?.filler,
    text,
    settled: false,
    part: {
      type: "tool-call",
      toolCallId: call.toolCallId,
      name: call.name,
      input: parsedInput(call.inputText),
      ...(tool?.sideEffect === undefined ? {} : { sideEffect: tool.sideEffect }),
      async run({ signal }) {
        const { turnId, language } = turn;
        const context = { call: turn.call, turnId, toolCallId: call.toolCallId, language, signal, request };
        try {
          const output = await runTool({ tool, call, context, clock });
          resolve(resultText(output));
          return output;
        } catch (thrown) {
          resolve(errorText(thrown));
          throw thrown;
        } finally {
          pending.settled = true;
        }
      },
    },
  };
  return pending;
}

/** Lines until all is there. */
async function* fillers(
  all: Promise<unknown>,
  pending: readonly Pending[],
  hasSpoken: boolean,
  { turn, fillers: rules, clock, signal }: ToolRoundOptions,
): AsyncGenerator<BrainPart, void, void> {
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  const done = all.then(() => true);
  try {
    for (let spoken = 0; ; spoken += 1) {
      const waitMs = spoken === 0 && !hasSpoken ? rules.afterMs : rules.everyMs;
      if (await Promise.race([done, wait(clock, waitMs, either).then(() => false)])) return;
      const line = fillerLine(pending, rules.lines, spoken);
      // The space tells that the sentence is over.
      if (line !== undefined) yield { type: "text", text: `${inLanguage(line, turn.language)} ` };
    }
  } finally {
    over.abort();
  }
}

/** The line of a tool that is still at work, first; then the brain's own. None when each tool at work wants none. */
function fillerLine(pending: readonly Pending[], lines: readonly Localized[], spoken: number): Localized | undefined {
  const atWork = pending.filter(({ settled }) => !settled).map(({ filler }) => filler);
  if (atWork.every((filler) => filler === false)) return undefined;
  const own = spoken > 0 ? [] : atWork.filter((filler) => filler !== undefined && filler !== false);
  return own[0] ?? lines[spoken];
}

function parsedInput(text: string): unknown {
  try {
    return text.trim() === "" ? {} : JSON.parse(text);
  } catch {
    return text;
  }
}
