import { wait } from "../async.js";
import { BolchaalError } from "../errors.js";
import type {
  Brain,
  BrainPart,
  BrainTurn,
  CallRequest,
  Clock,
  LanguageModel,
  ModelMessage,
  ModelRequest,
  ModelToolCall,
  ModelUsage,
  ReplyOptions,
  Tool,
} from "../spec/index.js";
import { systemClock } from "../system-clock.js";
import { NOTES, note, phoneInstructions } from "./instructions.js";
import { forgetBefore, type ModelMemory, readMemory, withToolRound } from "./memory.js";
import { type MemoryLimits, messagesOf, messagesOfRound, type PastTurn, pastTurns, withinLimits } from "./messages.js";
import { type Summary, type SummaryRules, sumUp, turnsToSum } from "./summary.js";
import { toolRound } from "./tool-round.js";

/** Of {@link modelBrain}. */
export interface ModelBrainOptions {
  /** Who the agent is and what it is to achieve. How to speak on the phone, and in which language, is added. */
  readonly instructions: string | ((turn: BrainTurn) => string);
  /** What the agent can do besides talking. @default nothing */
  readonly tools?: readonly Tool[];
  /** So many rounds of tools in one answer, at most. @default DEFAULT_MAX_TOOL_ROUNDS */
  readonly maxToolRounds?: number;
  /** How much of the call the model is told. @default DEFAULT_MEMORY_LIMITS */
  readonly memory?: Partial<MemoryLimits>;
  /** Has the model sum up older turns, beside the answer. @default false: what exceeds `memory` is not told */
  readonly summary?: boolean | Partial<SummaryRules>;
  /** @default the system's clock */
  readonly clock?: Clock;
}

/** So many rounds of tools in one answer, at most. */
export const DEFAULT_MAX_TOOL_ROUNDS = 5;

/** A model is told so much of a call: ten minutes of talk, some 4,000 tokens. */
export const DEFAULT_MEMORY_LIMITS: MemoryLimits = Object.freeze({ turns: 60, characters: 16_000 });

/** When older turns are summed up, where asked for. */
export const DEFAULT_SUMMARY: SummaryRules = Object.freeze({ afterTurns: 20, keepTurns: 8, timeoutMs: 8_000 });

/** An answer that is there waits so long for the summary that is made beside it, in ms. */
const WAIT_FOR_SUMMARY_MS = 1_000;

interface Settings {
  readonly instructions: (turn: BrainTurn) => string;
  readonly tools: readonly Tool[];
  readonly maxToolRounds: number;
  readonly memory: MemoryLimits;
  readonly summary: SummaryRules | undefined;
  readonly clock: Clock;
}

/**
 * A brain made of a language model: tells it the call so far as it was heard, in bounds, runs its tools, and speaks what
 * it says as it comes.
 * @throws BolchaalError `invalid-option` for two tools of one name.
 */
export function modelBrain(model: LanguageModel, options: ModelBrainOptions): Brain {
  const settings = resolve(options);
  return Object.freeze({
    specVersion: "v1",
    name: model.name,
    doReply: (turn, how) => reply(model, settings, turn, how),
  } satisfies Brain);
}

function resolve({ instructions, tools = [], maxToolRounds, memory, summary, clock }: ModelBrainOptions): Settings {
  const names = tools.map(({ name }) => name);
  const double = names.find((name, index) => names.indexOf(name) !== index);
  if (double !== undefined) {
    const message = `Two tools are called ${double}. Give each a name of its own.`;
    throw new BolchaalError(message, { code: "invalid-option", component: "brain" });
  }
  return {
    instructions: typeof instructions === "string" ? () => instructions : instructions,
    tools,
    maxToolRounds: maxToolRounds ?? DEFAULT_MAX_TOOL_ROUNDS,
    memory: { ...DEFAULT_MEMORY_LIMITS, ...memory },
    summary:
      summary === undefined || summary === false
        ? undefined
        : { ...DEFAULT_SUMMARY, ...(summary === true ? {} : summary) },
    clock: clock ?? systemClock,
  };
}

async function* reply(
  model: LanguageModel,
  settings: Settings,
  turn: BrainTurn,
  { signal, warn }: ReplyOptions,
): AsyncGenerator<BrainPart, void, void> {
  signal.throwIfAborted();
  const before = readMemory(turn.memory);
  const untold = pastTurns(turn.history, before).filter(({ turnId }) => turnId > (before.summary?.throughTurnId ?? -1));
  const told = withinLimits(untold, settings.memory);
  const summing = startSummary(model, settings, untold, before, signal);
  const instructions = [settings.instructions(turn), phoneInstructions(turn.language), ...summaryIn(before)].join(
    "\n\n",
  );
  const memory = yield* converse(model, settings, turn, forgetBefore(before, told[0]?.turnId ?? turn.turnId), {
    instructions,
    messages: messagesOf(told, turn),
    tools: settings.tools,
    signal,
    ...(warn === undefined ? {} : { warn }),
  });
  yield* summed(await summing?.(), memory, model);
}

/** Asks the model until it wants no more tools. @returns what is to be remembered. */
async function* converse(
  model: LanguageModel,
  settings: Settings,
  turn: BrainTurn,
  before: ModelMemory,
  request: ModelRequest,
): AsyncGenerator<BrainPart, ModelMemory, void> {
  const { tools, clock } = settings;
  const requests: CallRequest[] = [];
  const messages: ModelMessage[] = [...request.messages];
  let memory = before;
  let hasSpoken = false;
  for (let rounds = 0; ; rounds += 1) {
    const said = yield* generate(model, { ...request, messages });
    hasSpoken ||= said.text.trim() !== "";
    if (said.calls.length === 0) break;
    if (rounds === settings.maxToolRounds) throw noWords(model, "wanted tools without end");
    const round = yield* toolRound(said, {
      turn,
      tools,
      clock,
      request: (asked) => requests.push(asked),
    });
    memory = withToolRound(memory, turn.turnId, round);
    yield { type: "memory", value: memory };
    yield* languageSwitches(requests);
    messages.push(...messagesOfRound(round, said.carry));
    if (rounds + 1 === settings.maxToolRounds) messages.push({ role: "user", text: note(NOTES.noMoreTools) });
  }
  const endsCall = requests.some(({ type }) => type === "end-call");
  if (!hasSpoken && !endsCall) throw noWords(model, "answered without a word");
  if (endsCall) yield { type: "end-call" };
  return memory;
}

interface Said {
  readonly text: string;
  readonly calls: readonly ModelToolCall[];
  readonly carry?: unknown;
}

/** One answer of the model: its words go out as they come, its calls are gathered. */
async function* generate(model: LanguageModel, request: ModelRequest): AsyncGenerator<BrainPart, Said, void> {
  const calls: ModelToolCall[] = [];
  let text = "";
  let carry: unknown;
  for await (const part of model.doGenerate(request)) {
    if (part.type === "text") {
      text += part.text;
      yield part;
    } else if (part.type === "tool-call") {
      const { toolCallId, name, inputText } = part;
      calls.push({ toolCallId, name, inputText });
    } else if (part.type === "carry") carry = part.value;
    else if (part.type === "usage") yield usagePart(model, part);
  }
  request.signal.throwIfAborted();
  return { text, calls, ...(carry === undefined ? {} : { carry }) };
}

/** The languages that tools have asked for, each once: for the words that follow, and for the call. */
function* languageSwitches(requests: CallRequest[]): Generator<BrainPart, void, void> {
  for (const request of requests.splice(0)) {
    if (request.type === "switch-language") {
      yield { type: "switch-language", language: request.language };
      yield { type: "language", language: request.language };
    } else requests.push(request);
  }
}

/** Begins to sum up older turns, beside the answer. @returns what gives the summary once the answer is there. */
function startSummary(
  model: LanguageModel,
  { summary: rules, clock }: Settings,
  past: readonly PastTurn[],
  memory: ModelMemory,
  signal: AbortSignal,
): (() => Promise<Summary | undefined>) | undefined {
  const turns = rules === undefined ? [] : turnsToSum(past, rules);
  if (rules === undefined || turns.length === 0) return undefined;
  const { timeoutMs } = rules;
  const summing = sumUp(model, { turns, before: memory.summary?.text ?? "", timeoutMs }, clock, signal);
  return async () => {
    const over = new AbortController();
    const late = wait(clock, WAIT_FOR_SUMMARY_MS, AbortSignal.any([signal, over.signal])).then(() => undefined);
    try {
      return await Promise.race([summing, late]);
    } finally {
      over.abort();
      late.catch(() => {});
    }
  };
}

function* summed(
  summary: Summary | undefined,
  memory: ModelMemory,
  model: LanguageModel,
): Generator<BrainPart, void, void> {
  if (summary === undefined) return;
  const { throughTurnId, text, usage } = summary;
  for (const used of usage) yield usagePart(model, used);
  yield { type: "memory", value: { ...forgetBefore(memory, throughTurnId + 1), summary: { throughTurnId, text } } };
}

function summaryIn({ summary }: ModelMemory): string[] {
  return summary === undefined ? [] : [`What was said before, in short:\n${summary.text}`];
}

function usagePart(
  model: LanguageModel,
  { madeBy = model, inputTokens, outputTokens, cachedInputTokens }: ModelUsage,
): BrainPart {
  return {
    type: "usage",
    provider: madeBy.name,
    model: madeBy.modelId ?? model.modelId,
    inputTokens,
    outputTokens,
    ...(cachedInputTokens === undefined ? {} : { cachedInputTokens }),
  };
}

function noWords(model: LanguageModel, happened: string): BolchaalError {
  const message = `The model ${model.modelId} ${happened}. Try again, or look at the instructions and tools.`;
  return new BolchaalError(message, {
    code: "provider-failed",
    component: "brain",
    provider: model.name,
    retryable: true,
  });
}
