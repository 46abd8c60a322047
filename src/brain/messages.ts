import type { BrainTurn, HistoryEntry, ModelMessage } from "../spec/index.js";
import { INTENT_NOTES, NOTES, note } from "./instructions.js";
import type { ModelMemory, ToolRound } from "./memory.js";
import { resultText } from "./run-tool.js";

/** How much of a call a model is told, at most. */
export interface MemoryLimits {
  /** The newest so many turns, whole. */
  readonly turns: number;
  /** Of them, as many whole turns as fit into so many UTF-16 units; the newest one always. */
  readonly characters: number;
}

/** One turn of a call that is over: what the caller said, what tools gave, what was heard of the answer. */
export interface PastTurn {
  readonly turnId: number;
  readonly lines: readonly HistoryEntry[];
  readonly rounds: readonly ToolRound[];
}

/** The history, turn by turn. */
export function pastTurns(history: readonly HistoryEntry[], memory: ModelMemory): PastTurn[] {
  const turns = new Map<number, HistoryEntry[]>();
  for (const entry of history) {
    const lines = turns.get(entry.turnId);
    if (lines === undefined) turns.set(entry.turnId, [entry]);
    else lines.push(entry);
  }
  return [...turns].map(([turnId, lines]) => ({ turnId, lines, rounds: memory.toolRounds[turnId] ?? [] }));
}

/** The newest turns that fit, each whole. */
export function withinLimits(turns: readonly PastTurn[], limits: MemoryLimits): readonly PastTurn[] {
  const newest = turns.slice(-Math.max(1, limits.turns));
  let kept = 0;
  let characters = 0;
  for (const turn of newest.toReversed()) {
    characters += charactersOf(turn);
    if (kept > 0 && characters > limits.characters) break;
    kept += 1;
  }
  return newest.slice(newest.length - kept);
}

function charactersOf({ lines, rounds }: PastTurn): number {
  const spoken = lines.reduce((sum, { text }) => sum + text.length, 0);
  return rounds.reduce((sum, round) => sum + JSON.stringify(round).length, spoken);
}

/** What a model is told: the turns that are over, and the one it is to answer. Begins with the caller, and ends with them. */
export function messagesOf(past: readonly PastTurn[], turn: BrainTurn): ModelMessage[] {
  const messages = past.flatMap(messagesOfTurn);
  const interrupted = past.at(-1)?.lines.at(-1)?.interrupted === true;
  messages.push({ role: "user", text: callerText(turn, interrupted) });
  const opening: ModelMessage[] = messages[0]?.role === "user" ? [] : [{ role: "user", text: note(NOTES.callBegins) }];
  return [...opening, ...messages];
}

/** A round of tools as messages. */
export function messagesOfRound({ text, calls, results }: ToolRound, carry?: unknown): ModelMessage[] {
  return [
    { role: "assistant", text, toolCalls: calls, ...(carry === undefined ? {} : { carry }) },
    ...results.map((result): ModelMessage => ({ role: "tool", ...result })),
  ];
}

/** The caller's words stand before the tools they led to, the answer behind. */
function messagesOfTurn({ lines, rounds }: PastTurn): ModelMessage[] {
  const messages = lines.map(
    ({ role, text }): ModelMessage => ({ role: role === "caller" ? "user" : "assistant", text }),
  );
  const caller = lines.findLastIndex(({ role }) => role === "caller");
  // What was said before a tool was called is in the lines already, as far as it was heard.
  const told = rounds.flatMap((round) => messagesOfRound({ ...round, text: "" }));
  return [...messages.slice(0, caller + 1), ...told, ...messages.slice(caller + 1)];
}

function callerText({ kind, text, intent, lateToolResults }: BrainTurn, interrupted: boolean): string {
  const notes = [
    ...(interrupted ? [NOTES.interrupted] : []),
    ...lateToolResults.map(({ name, output }) => `The tool ${name} has given meanwhile: ${resultText(output)}`),
    ...(intent === undefined ? [] : [INTENT_NOTES[intent]]),
    ...(kind === "greeting" ? [NOTES.begin] : []),
    ...(kind === "not-understood" ? [NOTES.notUnderstood] : []),
  ];
  return [...notes.flatMap((words) => (words === undefined ? [] : [note(words)])), ...(text === "" ? [] : [text])].join(
    "\n",
  );
}
