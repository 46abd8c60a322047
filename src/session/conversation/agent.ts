import { inLanguage } from "../../language/index.js";
import { standAlone } from "./caller.js";
import { clearDeadlines, type Draft, emit } from "./draft.js";
import { endCall } from "./ending.js";
import type { InputOf } from "./input.js";
import { duck } from "./interruption.js";
import { switchLanguage } from "./language.js";
import { closeReply, keepToolResults, speak, stopReply } from "./reply.js";
import type { ActiveReply } from "./state.js";

/** The reply of a generation, if it is the one being made or heard: what is said of any other is stale. */
function currentReply(draft: Draft, generation: number): ActiveReply | undefined {
  const { reply } = draft.state;
  return reply?.generation === generation ? reply : undefined;
}

/** Something became known of a reply, be it one already or made ahead. */
function amend(draft: Draft, generation: number, change: (reply: ActiveReply) => Partial<ActiveReply>): void {
  const { reply, speculation } = draft.state;
  if (reply?.generation === generation) draft.state.reply = { ...reply, ...change(reply) };
  else if (speculation?.reply.generation === generation) {
    draft.state.speculation = { ...speculation, reply: { ...speculation.reply, ...change(speculation.reply) } };
  }
}

export function onReplyText(draft: Draft, generation: number): void {
  amend(draft, generation, ({ firstTextAtMs = draft.atMs }) => ({ firstTextAtMs }));
}

export function onReplyInterruption(draft: Draft, input: InputOf<"reply-interruption">): void {
  amend(draft, input.generation, () => ({ interruption: input.policy }));
}

/** The words that follow are in this language. The call's own language follows the caller alone. */
export function onReplyLanguage(draft: Draft, input: InputOf<"reply-language">): void {
  amend(draft, input.generation, () => ({ language: input.language }));
}

/** What the brain wants remembered counts once the caller hears the reply. */
export function onReplyMemory(draft: Draft, input: InputOf<"reply-memory">): void {
  if (currentReply(draft, input.generation)?.audible) draft.state.memory = input.value;
  else amend(draft, input.generation, () => ({ memory: { value: input.value } }));
}

export function onReplyEndsCall(draft: Draft, generation: number): void {
  const reply = currentReply(draft, generation);
  if (reply === undefined) amend(draft, generation, () => ({ endsCall: true }));
  else if (reply.stopping === undefined) endCall(draft, "agent-end");
}

/** The brain has decided on the call's language. While it runs ahead, that waits for the turn to be sure. */
export function onReplySwitchesLanguage(draft: Draft, input: InputOf<"reply-switches-language">): void {
  const { generation, language } = input;
  if (currentReply(draft, generation) !== undefined) switchLanguage(draft, language);
  else amend(draft, generation, () => ({ switchesTo: language }));
}

export function onUsage(draft: Draft, { generation, usage }: InputOf<"usage">): void {
  const { reply, speculation, turnCount } = draft.state;
  const user = [reply, speculation?.reply].find((one) => one?.generation === generation);
  emit(draft, { type: "usage", turnId: user?.turnId ?? turnCount, ...usage });
}

export function onToolCall(draft: Draft, input: InputOf<"tool-call">): void {
  const reply = currentReply(draft, input.generation);
  if (reply === undefined) return;
  const { toolCallId, name, filler } = input;
  const atWork = { toolCallId, ...(filler === undefined ? {} : { filler }) };
  draft.state.reply = { ...reply, toolsAtWork: [...(reply.toolsAtWork ?? []), atWork] };
  emit(draft, { type: "tool-call", turnId: reply.turnId, toolCallId, name, input: input.input });
}

/** A tool has answered. If its reply is over, the brain is told with the next question: nobody speaks of it out of turn. */
export function onToolResult(draft: Draft, input: InputOf<"tool-result">): void {
  const { state } = draft;
  const { toolCallId, name, output } = input;
  const reply = currentReply(draft, input.generation);
  emit(draft, { type: "tool-result", turnId: reply?.turnId ?? state.turnCount, toolCallId, name, output });
  const result = { toolCallId, name, output };
  if (reply === undefined || reply.stopping !== undefined) keepToolResults(draft, [result]);
  else
    amend(draft, reply.generation, ({ toolResults = [], toolsAtWork = [] }) => ({
      toolResults: [...toolResults, result],
      toolsAtWork: toolsAtWork.filter((tool) => tool.toolCallId !== toolCallId),
    }));
}

/** The caller begins to hear the reply. */
export function onPlaybackStart(draft: Draft, input: InputOf<"playback-start">): void {
  const { state } = draft;
  const reply = currentReply(draft, input.generation);
  if (reply === undefined || reply.audible) return;
  const { turnId, generation } = reply;
  state.reply = { ...reply, audible: true, voicedBeforeMs: state.callerSpeaking ? state.voicedMs : 0 };
  if (reply.memory !== undefined) state.memory = reply.memory.value;
  if (reply.kind === "answer" && reply.stopping === undefined) standAlone(draft, turnId);
  clearDeadlines(draft, "first-sound", "fill-in");
  emit(draft, { type: "playback-start", turnId, generation });
  if (reply.kind === "answer") emitMetrics(draft, reply, input.voiceMs);
  if (state.callerSpeaking) duck(draft);
}

function emitMetrics(draft: Draft, reply: ActiveReply, voiceMs: number): void {
  const { turnId, askedAtMs, firstTextAtMs, callerSilentAtMs, transcribedAtMs } = reply;
  emit(draft, {
    type: "metrics",
    turnId,
    voiceMs,
    firstPieceMs: Math.max(0, draft.atMs - voiceMs - askedAtMs),
    ...(firstTextAtMs === undefined ? {} : { brainMs: Math.max(0, firstTextAtMs - askedAtMs) }),
    ...(callerSilentAtMs === undefined
      ? {}
      : { endpointMs: askedAtMs - callerSilentAtMs, totalMs: draft.atMs - callerSilentAtMs }),
    ...(callerSilentAtMs === undefined || transcribedAtMs === undefined
      ? {}
      : { transcriptionMs: Math.max(0, transcribedAtMs - callerSilentAtMs) }),
  });
}

/** The reply is over by itself. */
export function onReplyOver(draft: Draft, input: InputOf<"reply-over">): void {
  // What was made ahead came to nothing: the turn's end asks anew.
  if (draft.state.speculation?.reply.generation === input.generation) draft.state.speculation = undefined;
  const reply = currentReply(draft, input.generation);
  if (reply === undefined) return;
  const { turnId, generation } = reply;
  if (reply.audible) emit(draft, { type: "playback-end", turnId, generation, playedMs: input.playedMs });
  else if (reply.memory !== undefined && !input.failed) draft.state.memory = reply.memory.value;
  closeReply(draft, reply, input, input.failed ? "failed" : "played");
  if (reply.kind === "answer" && !input.failed) standAlone(draft, turnId);
  if (input.failed) recoverFromFailure(draft);
  else if (reply.kind === "answer") draft.state.failures = 0;
}

/** The shell has silenced the reply, and tells what was heard of it. */
export function onReplyStopped(draft: Draft, input: InputOf<"reply-stopped">): void {
  const reply = currentReply(draft, input.generation);
  if (reply === undefined) return;
  const { turnId, generation, kind, language, interruption, stopping } = reply;
  if (stopping !== undefined && isBargeIn(stopping)) {
    const { heardText, playedMs, unheardText } = input;
    emit(draft, { type: "barge-in", turnId, generation, heardText, playedMs, reason: stopping });
    // What the app or a key has stopped is not taken up again: no caller's "haan" is behind it.
    if (unheardText !== "" && (stopping === "speech" || stopping === "words"))
      draft.state.cutReply = { turnId, kind, language, interruption, rest: unheardText };
  }
  closeReply(draft, reply, input, stopping === "failed" ? "failed" : reply.audible ? "interrupted" : "dropped");
  if (stopping === "failed") recoverFromFailure(draft);
}

function isBargeIn(stopping: NonNullable<ActiveReply["stopping"]>): stopping is "speech" | "words" | "dtmf" | "app" {
  return stopping === "speech" || stopping === "words" || stopping === "dtmf" || stopping === "app";
}

/** Nothing was heard of the reply in time. */
export function onFirstSoundOverdue(draft: Draft): void {
  const { reply } = draft.state;
  if (reply !== undefined && !reply.audible && !reply.held) stopReply(draft, "failed");
}

/** A reply could not be made: the caller hears so, and after too many the call ends. */
function recoverFromFailure(draft: Draft): void {
  const { state, rules } = draft;
  if (state.ending !== undefined || state.lineDown) return;
  state.failures += 1;
  if (state.failures >= rules.limits.failures) endCall(draft, "error", rules.lines.failureGoodbye);
  else speak(draft, "line", inLanguage(rules.lines.apology, state.language));
}
