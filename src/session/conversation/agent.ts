import { clearDeadlines, type Draft, emit, inLanguage, setDeadline } from "./draft.js";
import { endCall } from "./ending.js";
import type { InputOf } from "./input.js";
import { mayInterrupt } from "./interruption.js";
import { closeReply, speak, stopReply } from "./reply.js";
import type { ActiveReply } from "./state.js";

/** The reply of a generation, if it is the one being made: what is said of any other is stale. */
function currentReply(draft: Draft, generation: number): ActiveReply | undefined {
  const { reply } = draft.state;
  return reply?.generation === generation ? reply : undefined;
}

export function onReplyText(draft: Draft, generation: number): void {
  const reply = currentReply(draft, generation);
  if (reply !== undefined && reply.firstTextAtMs === undefined)
    draft.state.reply = { ...reply, firstTextAtMs: draft.atMs };
}

/** The words that follow are in this language. The call's own language follows the caller alone. */
export function onReplyLanguage(draft: Draft, input: InputOf<"reply-language">): void {
  const reply = currentReply(draft, input.generation);
  if (reply !== undefined) draft.state.reply = { ...reply, language: input.language };
}

/** What the brain wants remembered counts once the caller hears the reply. */
export function onReplyMemory(draft: Draft, input: InputOf<"reply-memory">): void {
  const reply = currentReply(draft, input.generation);
  if (reply === undefined) return;
  if (reply.audible) draft.state.memory = input.value;
  else draft.state.reply = { ...reply, memory: { value: input.value } };
}

export function onReplyEndsCall(draft: Draft, generation: number): void {
  const reply = currentReply(draft, generation);
  if (reply !== undefined && reply.stopping === undefined) endCall(draft, "agent-end");
}

/** The caller begins to hear the reply. */
export function onPlaybackStart(draft: Draft, input: InputOf<"playback-start">): void {
  const { state, atMs, rules } = draft;
  const reply = currentReply(draft, input.generation);
  if (reply === undefined || reply.audible) return;
  const { turnId, generation } = reply;
  state.reply = { ...reply, audible: true };
  if (reply.memory !== undefined) state.memory = reply.memory.value;
  clearDeadlines(draft, "first-sound");
  emit(draft, { type: "playback-start", turnId, generation });
  if (reply.kind === "answer") emitMetrics(draft, reply, input.voiceMs);
  if (state.callerSpeaking && mayInterrupt(draft)) setDeadline(draft, "barge-in", atMs + rules.interruption.speechMs);
}

function emitMetrics(draft: Draft, reply: ActiveReply, voiceMs: number): void {
  const { turnId, askedAtMs, firstTextAtMs, callerSilentAtMs } = reply;
  emit(draft, {
    type: "metrics",
    turnId,
    voiceMs,
    ...(firstTextAtMs === undefined ? {} : { brainMs: firstTextAtMs - askedAtMs }),
    ...(callerSilentAtMs === undefined
      ? {}
      : { endpointMs: askedAtMs - callerSilentAtMs, totalMs: draft.atMs - callerSilentAtMs }),
  });
}

/** The reply is over by itself. */
export function onReplyOver(draft: Draft, input: InputOf<"reply-over">): void {
  const reply = currentReply(draft, input.generation);
  if (reply === undefined) return;
  const { turnId, generation } = reply;
  if (reply.audible) emit(draft, { type: "playback-end", turnId, generation, playedMs: input.playedMs });
  else if (reply.memory !== undefined && !input.failed) draft.state.memory = reply.memory.value;
  closeReply(draft, reply, input, input.failed ? "failed" : "played");
  if (input.failed) recoverFromFailure(draft);
  else if (reply.kind === "answer") draft.state.failures = 0;
}

/** The shell has silenced the reply, and tells what was heard of it. */
export function onReplyStopped(draft: Draft, input: InputOf<"reply-stopped">): void {
  const reply = currentReply(draft, input.generation);
  if (reply === undefined) return;
  const { turnId, generation, kind, language, stopping } = reply;
  if (stopping === "speech" || stopping === "words") {
    const { heardText, playedMs, unheardText } = input;
    emit(draft, { type: "barge-in", turnId, generation, heardText, playedMs, reason: stopping });
    if (unheardText !== "") draft.state.cutReply = { turnId, kind, language, rest: unheardText };
  }
  closeReply(draft, reply, input, stopping === "failed" ? "failed" : reply.audible ? "interrupted" : "dropped");
  if (stopping === "failed") recoverFromFailure(draft);
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
