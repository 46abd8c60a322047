import type {
  CallIntent,
  HistoryEntry,
  InterruptionPolicy,
  Language,
  ReplyEvent,
  ReplyKind,
  ToolResult,
} from "../../spec/index.js";
import { act, clearDeadlines, type Draft, emit, setDeadline } from "./draft.js";
import { awaitWords } from "./fill-in.js";
import type { HeardInput } from "./input.js";
import { switchLanguage } from "./language.js";
import type { ActiveReply, BrainQuestion } from "./state.js";

/** What a brain is asked about. */
type Question = Pick<BrainQuestion, "kind" | "text" | "turnId" | "intent">;

/** What a reply may have of its own. */
interface ReplyTraits {
  readonly language?: Language;
  readonly turnId?: number;
  readonly interruption?: InterruptionPolicy | undefined;
  readonly callerSilentAtMs?: number | undefined;
  readonly transcribedAtMs?: number | undefined;
  readonly asksBrain?: true;
}

/** The question that a caller's words are. */
export function callersQuestion(turnId: number, text: string, intent: CallIntent | undefined): Question {
  return { kind: "caller", turnId, text, ...(intent === undefined ? {} : { intent }) };
}

/** Asks the brain, and makes its answer the reply. */
export function askBrain(draft: Draft, question: Question, traits: ReplyTraits = {}): void {
  const kind = question.kind === "greeting" ? "greeting" : "answer";
  const reply = newReply(draft, kind, { turnId: question.turnId, asksBrain: true, ...traits });
  beginReply(draft, reply);
  actAskBrain(draft, reply, question, false);
}

/** Asks the brain ahead of time: its answer is no reply yet. */
export function askBrainAhead(draft: Draft, question: Question, language: Language): void {
  const reply = newReply(draft, "answer", { turnId: question.turnId, language, asksBrain: true });
  draft.state.speculation = { reply, text: question.text, language };
  actAskBrain(draft, reply, question, true);
}

/** Makes a fixed text the reply. */
export function speak(draft: Draft, kind: ReplyKind, text: string, traits: ReplyTraits = {}): void {
  const reply = newReply(draft, kind, traits);
  beginReply(draft, reply);
  const { generation, language, interruption } = reply;
  act(draft, { type: "speak", generation, text, language, interruption });
}

/** What was made ahead becomes the reply. */
export function commitSpeculation(
  draft: Draft,
  traits: Pick<ReplyTraits, "callerSilentAtMs" | "transcribedAtMs">,
): void {
  const { speculation } = draft.state;
  if (speculation === undefined) return;
  draft.state.speculation = undefined;
  draft.state.lateToolResults = [];
  const { reply } = speculation;
  beginReply(draft, { ...reply, askedAtMs: draft.atMs, ...timesOf(traits) });
  act(draft, { type: "commit-reply", generation: reply.generation });
  if (reply.switchesTo !== undefined) switchLanguage(draft, reply.switchesTo);
}

/** What was made ahead is thrown away without a trace. */
export function dropSpeculation(draft: Draft): void {
  const { speculation } = draft.state;
  if (speculation === undefined) return;
  draft.state.speculation = undefined;
  act(draft, { type: "stop-reply", generation: speculation.reply.generation });
}

function newReply(draft: Draft, kind: ReplyKind, traits: ReplyTraits): ActiveReply {
  const { state, rules, atMs } = draft;
  state.generationCount += 1;
  const own = traits.interruption ?? (kind === "greeting" ? rules.greeting?.interruption : undefined);
  return {
    generation: state.generationCount,
    turnId: traits.turnId ?? state.turnCount,
    kind,
    language: traits.language ?? state.language,
    audible: false,
    interruption: kind === "goodbye" ? "none" : (own ?? rules.interruption.policy),
    volume: "full",
    voicedBeforeMs: 0,
    held: false,
    askedAtMs: atMs,
    ...(traits.asksBrain === undefined ? {} : { asksBrain: traits.asksBrain }),
    ...timesOf(traits),
  };
}

function timesOf({ callerSilentAtMs, transcribedAtMs }: ReplyTraits) {
  return {
    ...(callerSilentAtMs === undefined ? {} : { callerSilentAtMs }),
    ...(transcribedAtMs === undefined ? {} : { transcribedAtMs }),
  };
}

function beginReply(draft: Draft, reply: ActiveReply): void {
  dropSpeculation(draft);
  draft.state.reply = reply;
  const { turnId, generation, kind } = reply;
  clearDeadlines(draft, "silence");
  if (kind !== "silence-prompt") clearDeadlines(draft, "away");
  setDeadline(draft, "first-sound", draft.atMs + draft.rules.limits.firstSoundMs);
  awaitWords(draft, reply.callerSilentAtMs ?? draft.atMs);
  emit(draft, { type: "reply-start", turnId, generation, kind });
}

function actAskBrain(draft: Draft, reply: ActiveReply, question: Question, speculative: boolean): void {
  const { history, memory, lateToolResults } = draft.state;
  const { generation, language, interruption, turnId } = reply;
  // A turn that goes on with a closed one is asked about whole: its first part is not history.
  const before = history.filter((entry) => entry.role !== "caller" || entry.turnId !== turnId);
  act(draft, {
    type: "ask-brain",
    generation,
    speculative,
    language,
    interruption,
    question: {
      ...question,
      language,
      history: before.slice(-draft.rules.limits.historyLines),
      memory,
      lateToolResults,
    },
  });
  if (!speculative) draft.state.lateToolResults = [];
}

/** Tells the shell to silence the reply. What becomes of it follows when the shell has said what was heard. */
export function stopReply(draft: Draft, why: NonNullable<ActiveReply["stopping"]>): void {
  const { reply } = draft.state;
  if (reply === undefined || reply.stopping !== undefined) return;
  draft.state.reply = { ...reply, stopping: why };
  clearDeadlines(draft, "first-sound", "fill-in");
  act(draft, { type: "stop-reply", generation: reply.generation });
}

/** The reply is over: into the history goes what was heard of it. */
export function closeReply(draft: Draft, reply: ActiveReply, heard: HeardInput, outcome: ReplyEvent["outcome"]): void {
  const { generation, turnId, kind, language } = reply;
  draft.state.reply = undefined;
  clearDeadlines(draft, "first-sound", "fill-in");
  // What its tools gave would be lost with it: the brain is told with the next question.
  if (!reply.audible && outcome !== "played") keepToolResults(draft, reply.toolResults ?? []);
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

/** So many results of tools wait for the next question at most. */
const LATE_TOOL_RESULTS = 16;

/** Results that nobody spoke of: the brain is told with the next question. */
export function keepToolResults(draft: Draft, results: readonly ToolResult[]): void {
  draft.state.lateToolResults = [...draft.state.lateToolResults, ...results].slice(-LATE_TOOL_RESULTS);
}

export function remember(draft: Draft, entry: HistoryEntry): void {
  draft.state.history = [...draft.state.history, entry].slice(-draft.rules.limits.historyLines);
}
