import { wait } from "../async.js";
import type { Clock, LanguageModel, ModelUsage } from "../spec/index.js";
import type { PastTurn } from "./messages.js";

/** When older turns are summed up, and how. */
export interface SummaryRules {
  /** Once more turns than this are told in full … */
  readonly afterTurns: number;
  /** … all but the newest so many are summed up. */
  readonly keepTurns: number;
  /** The summary may take so long, in ms; then it is tried again at the next turn. */
  readonly timeoutMs: number;
}

/** What was said before, in few words. */
export interface Summary {
  readonly throughTurnId: number;
  readonly text: string;
  readonly usage: readonly ModelUsage[];
}

const INSTRUCTIONS = `You keep notes of a phone call between a caller and an agent. Write what the agent needs to go on: who the caller is, what they want, what was agreed, amounts, dates, names, numbers, what tools gave, what is still open. Plain sentences in English, at most 150 words. Nothing that was not said.`;

/** The turns to be summed up now, if any. */
export function turnsToSum(past: readonly PastTurn[], rules: SummaryRules): readonly PastTurn[] {
  return past.length > rules.afterTurns ? past.slice(0, -rules.keepTurns) : [];
}

/** Asks the model to sum up turns. @returns nothing if it fails or takes too long: the turns are still there to be told. */
export async function sumUp(
  model: LanguageModel,
  {
    turns,
    before,
    timeoutMs,
  }: { readonly turns: readonly PastTurn[]; readonly before: string; readonly timeoutMs: number },
  clock: Clock,
  signal: AbortSignal,
): Promise<Summary | undefined> {
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  const late = wait(clock, timeoutMs, either).then(() => undefined);
  try {
    return await Promise.race([summaryOf(model, turns, before, either), late]);
  } catch {
    return undefined;
  } finally {
    over.abort();
    late.catch(() => {});
  }
}

async function summaryOf(model: LanguageModel, turns: readonly PastTurn[], before: string, signal: AbortSignal) {
  const text = [...(before === "" ? [] : [`Notes so far: ${before}`]), ...turns.map(transcriptOf)].join("\n");
  const usage: ModelUsage[] = [];
  let summary = "";
  for await (const part of model.doGenerate({
    instructions: INSTRUCTIONS,
    messages: [{ role: "user", text }],
    tools: [],
    signal,
  })) {
    if (part.type === "text") summary += part.text;
    if (part.type === "usage") usage.push(part);
  }
  const throughTurnId = turns.at(-1)?.turnId;
  return summary.trim() === "" || throughTurnId === undefined
    ? undefined
    : { throughTurnId, text: summary.trim(), usage };
}

function transcriptOf({ lines, rounds }: PastTurn): string {
  const tools = rounds.flatMap(({ results }) => results.map(({ name, text }) => `Tool ${name}: ${text}`));
  const said = lines.map(
    ({ role, text, interrupted }) =>
      `${role === "caller" ? "Caller" : "Agent"}: ${text}${interrupted ? " (interrupted)" : ""}`,
  );
  return [...said, ...tools].join("\n");
}
