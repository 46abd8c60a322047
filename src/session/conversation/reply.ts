import type { HistoryEntry, Language, ReplyEvent, ReplyKind } from "../../spec/index.js";
import { act, clearDeadlines, type Draft, emit, setDeadline } from "./draft.js";
import type { HeardInput } from "./input.js";
import type { ActiveReply, BrainQuestion } from "./state.js";

/** Asks the brain, and makes its answer the reply. */
export function askBrain(
  draft: Draft,
  question: Pick<BrainQuestion, "kind" | "text" | "turnId">,
  silentAtMs?: number,
): void {
  const { language, history, memory } = draft.state;
  const kind = question.kind === "greeting" ? "greeting" : "answer";
  const reply = beginReply(draft, kind, question.turnId, language, silentAtMs);
  act(draft, {
    type: "ask-brain",
    generation: reply.generation,
    language,
    question: { ...question, language, history: history.slice(-draft.rules.limits.historyLines), memory },
  });
}

/** Makes a fixed text the reply. */
export function speak(
  draft: Draft,
  kind: ReplyKind,
  text: string,
  language = draft.state.language,
  turnId = draft.state.turnCount,
): void {
  const reply = beginReply(draft, kind, turnId, language);
  act(draft, { type: "speak", generation: reply.generation, text, language });
}

function beginReply(
  draft: Draft,
  kind: ReplyKind,
  turnId: number,
  language: Language,
  silentAtMs?: number,
): ActiveReply {
  const generation = draft.state.generationCount + 1;
  draft.state.generationCount = generation;
  const reply: ActiveReply = {
    generation,
    turnId,
    kind,
    language,
    audible: false,
    protected: kind === "goodbye" || (kind === "greeting" && draft.rules.greeting?.protected === true),
    held: false,
    askedAtMs: draft.atMs,
    ...(silentAtMs === undefined ? {} : { callerSilentAtMs: silentAtMs }),
  };
  draft.state.reply = reply;
  clearDeadlines(draft, "silence");
  setDeadline(draft, "first-sound", draft.atMs + draft.rules.limits.firstSoundMs);
  emit(draft, { type: "reply-start", turnId, generation, kind });
  return reply;
}

/** Tells the shell to silence the reply. What becomes of it follows when the shell has said what was heard. */
export function stopReply(draft: Draft, why: NonNullable<ActiveReply["stopping"]>): void {
  const { reply } = draft.state;
  if (reply === undefined || reply.stopping !== undefined) return;
  draft.state.reply = { ...reply, stopping: why };
  clearDeadlines(draft, "barge-in", "first-sound");
  act(draft, { type: "stop-reply", generation: reply.generation });
}

/** The reply is over: into the history goes what was heard of it. */
export function closeReply(draft: Draft, reply: ActiveReply, heard: HeardInput, outcome: ReplyEvent["outcome"]): void {
  const { generation, turnId, kind, language } = reply;
  draft.state.reply = undefined;
  clearDeadlines(draft, "barge-in", "first-sound");
  if (heard.heardText !== "") {
    remember(draft, {
      role: "agent",
      turnId,
      text: heard.heardText,
      language,
      ...(outcome === "played" ? {} : { interrupted: true as const }),
    });
  }
  const { text, heardText } = heard;
  emit(draft, { type: "reply", turnId, generation, kind, text, heardText, language, outcome });
}

export function remember(draft: Draft, entry: HistoryEntry): void {
  draft.state.history = [...draft.state.history, entry].slice(-draft.rules.limits.historyLines);
}
