import { inLanguage } from "../../language/index.js";
import type { ConversationAction } from "./action.js";
import {
  onFirstSoundOverdue,
  onPlaybackStart,
  onReplyEndsCall,
  onReplyInterruption,
  onReplyLanguage,
  onReplyMemory,
  onReplyOver,
  onReplyStopped,
  onReplySwitchesLanguage,
  onReplyText,
  onToolCall,
  onToolResult,
  onUsage,
} from "./agent.js";
import { closeTurn } from "./answer.js";
import { endTurn, onSpeech, onSpeechEnd, onSpeechStart } from "./caller.js";
import { type Draft, emit, setDeadline, takeDue } from "./draft.js";
import { endCall, finishCall, hangUp, settleEnding } from "./ending.js";
import { settleTurn } from "./endpoint.js";
import { onFillInDue, onReplyDry, onReplyFlows } from "./fill-in.js";
import type { ConversationInput, InputOf } from "./input.js";
import { mayInterrupt } from "./interruption.js";
import { askBrain, speak, stopReply } from "./reply.js";
import type { ConversationRules } from "./rules.js";
import { noteCallerActive, onAway, onSilence, waitForCaller } from "./silence.js";
import type { ConversationState } from "./state.js";
import { onTranscript } from "./transcripts.js";

/**
 * The conversation: what was, and what happened now, give what is and what to do. Pure: no clock, no I/O, no chance.
 * The same inputs always give the same actions.
 */
export function step(
  state: ConversationState,
  input: ConversationInput,
  rules: ConversationRules,
): { readonly state: ConversationState; readonly actions: readonly ConversationAction[] } {
  if (state.phase === "over") return { state, actions: [] };
  const draft: Draft = { state: { ...state }, actions: [], atMs: input.atMs, rules };
  take(draft, input);
  passTime(draft);
  settle(draft);
  return { state: draft.state, actions: draft.actions };
}

/** What each input does, before time and consequences. */
const TAKE: { readonly [Type in ConversationInput["type"]]: (draft: Draft, input: InputOf<Type>) => void } = {
  "call-start": onCallStart,
  "speech-start": onSpeechStart,
  speech: onSpeech,
  "speech-end": onSpeechEnd,
  transcript: (draft, { result }) => onTranscript(draft, result),
  dtmf: (draft, { digit }) => onDtmf(draft, digit),
  "reply-text": (draft, { generation }) => onReplyText(draft, generation),
  "reply-language": onReplyLanguage,
  "reply-interruption": onReplyInterruption,
  "reply-memory": onReplyMemory,
  "reply-ends-call": (draft, { generation }) => onReplyEndsCall(draft, generation),
  "reply-switches-language": onReplySwitchesLanguage,
  usage: onUsage,
  warning: (draft, { message }) => emit(draft, { type: "warning", code: "plug-in", message }),
  "tool-call": onToolCall,
  "tool-result": onToolResult,
  "playback-start": onPlaybackStart,
  "reply-dry": onReplyDry,
  "reply-flows": onReplyFlows,
  "reply-over": onReplyOver,
  "reply-stopped": onReplyStopped,
  say: onSay,
  "end-turn": endTurn,
  interrupt: (draft) => onInterrupt(draft, "app"),
  interrupted: (draft, { by }) => stopReply(draft, by),
  end: (draft, { lastWords }) => endCall(draft, "agent-end", lastWords),
  "hearing-failed": (draft) => endCall(draft, "error", draft.rules.lines.failureGoodbye),
  "transport-end": (draft, { reason }) => onTransportEnd(draft, reason),
  tick: () => {},
};

function take<Type extends ConversationInput["type"]>(draft: Draft, input: InputOf<Type>): void {
  (TAKE[input.type as Type] as (draft: Draft, input: InputOf<Type>) => void)(draft, input);
}

function onSay(draft: Draft, { text, interruption }: InputOf<"say">): void {
  if (draft.state.ending !== undefined) return;
  const line = { text, ...(interruption === undefined ? {} : { interruption }) };
  draft.state.pendingLines = [...draft.state.pendingLines, line];
}

function onInterrupt(draft: Draft, by: "app" | "dtmf"): void {
  if (mayInterrupt(draft)) stopReply(draft, by);
}

function onCallStart(draft: Draft, input: InputOf<"call-start">): void {
  const { state, rules, atMs } = draft;
  if (state.call !== undefined) return;
  Object.assign(state, {
    phase: "listening",
    call: input.call,
    startedAtMs: atMs,
    language: rules.language,
    languages: rules.words.startLanguage(rules.language),
  } satisfies Partial<ConversationState>);
  emit(draft, { type: "call-start", call: input.call, language: rules.language });
  setDeadline(draft, "call-limit", atMs + rules.limits.callMs);
  const { greeting } = rules;
  if (greeting === undefined) return;
  if (greeting.text === "brain") askBrain(draft, { kind: "greeting", turnId: 0, text: "" });
  else speak(draft, "greeting", inLanguage(greeting.text, rules.language));
}

function onDtmf(draft: Draft, digit: string): void {
  const { turns, interruption } = draft.rules;
  draft.state.silencePrompts = 0;
  noteCallerActive(draft);
  emit(draft, { type: "dtmf", digit });
  if (digit === turns.endKey) endTurn(draft);
  else if (interruption.dtmf) onInterrupt(draft, "dtmf");
}

/** The line is gone: whatever was being said is over, and the call with it. */
function onTransportEnd(draft: Draft, reason: InputOf<"transport-end">["reason"]): void {
  const { state } = draft;
  state.lineDown = true;
  state.ending ??= reason === "hung-up" ? "agent-end" : reason;
  state.lastWords = undefined;
  stopReply(draft, "ending");
}

/** What was due by now. */
function passTime(draft: Draft): void {
  const { state, rules } = draft;
  if (takeDue(draft, "endpoint") && state.turn !== undefined) state.turn = { ...state.turn, endpointReached: true };
  if (takeDue(draft, "transcript") && state.turn !== undefined)
    state.turn = { ...state.turn, transcriptsGivenUp: true };
  if (takeDue(draft, "turn-limit")) endTurn(draft);
  if (takeDue(draft, "first-sound")) onFirstSoundOverdue(draft);
  if (takeDue(draft, "fill-in")) onFillInDue(draft);
  if (takeDue(draft, "away")) onAway(draft);
  if (takeDue(draft, "silence")) onSilence(draft);
  if (takeDue(draft, "call-limit")) endCall(draft, "time-limit", rules.lines.limitGoodbye);
  if (takeDue(draft, "drain")) {
    state.lastWords = undefined;
    stopReply(draft, "ending");
    hangUp(draft);
  }
  if (takeDue(draft, "hang-up")) {
    state.lineDown = true;
    stopReply(draft, "ending");
  }
}

/** What follows from where things stand now: a turn closes, a line is said, silence is waited out, the call moves to its end. */
function settle(draft: Draft): void {
  const { state } = draft;
  if (state.call !== undefined || state.lineDown) {
    settleTurn(draft);
    if (state.lineDown) settleLineDown(draft);
    else if (state.ending !== undefined) settleEnding(draft);
    else if (state.reply === undefined && state.turn === undefined) settleIdle(draft);
  }
  tellState(draft);
}

function settleLineDown(draft: Draft): void {
  const { state } = draft;
  if (state.reply !== undefined) return;
  if (state.turn !== undefined) closeTurn(draft, state.turn);
  finishCall(draft);
}

function settleIdle(draft: Draft): void {
  const { state } = draft;
  const { cutReply, pendingLines } = state;
  const [line, ...later] = pendingLines;
  if (cutReply !== undefined) {
    state.cutReply = undefined;
    const { kind, rest, language, turnId, interruption } = cutReply;
    speak(draft, kind, rest, { language, turnId, interruption });
  } else if (line !== undefined) {
    state.pendingLines = later;
    speak(draft, "line", line.text, { interruption: line.interruption });
  } else waitForCaller(draft);
}

/** Tells what the agent is doing, if that has changed. */
function tellState(draft: Draft): void {
  const { state } = draft;
  if (state.phase === "over" || state.call === undefined) return;
  const phase =
    state.ending !== undefined
      ? "ending"
      : state.reply === undefined
        ? "listening"
        : state.reply.audible
          ? "speaking"
          : "thinking";
  if (phase === state.phase) return;
  state.phase = phase;
  emit(draft, { type: "state", state: phase });
}
