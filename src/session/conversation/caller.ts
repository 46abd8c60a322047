import { wordsOf } from "../../language/index.js";
import { act, clearDeadlines, type Draft, emit, setDeadline } from "./draft.js";
import { endCall } from "./ending.js";
import type { InputOf } from "./input.js";
import { mayInterrupt } from "./interruption.js";
import { askBrain, remember } from "./reply.js";
import type { CallerTurn, Utterance } from "./state.js";
import { isComplete, newTextOf, soFar, textOf, withUtterance } from "./turn.js";

/** So many dealt-with utterances are remembered, to know what comes late. */
const CLOSED_UTTERANCES = 64;

/** How the session's own utterance ids begin. */
export const OWN_ID = "utterance-";

/** The caller began to speak. */
export function onSpeechStart(draft: Draft): void {
  const { state, rules } = draft;
  if (state.callerSpeaking) return;
  state.callerSpeaking = true;
  clearDeadlines(draft, "silence", "endpoint", "transcript");
  const paused = state.turn;
  const turn = openTurn(draft);
  const utteranceId = addUtterance(draft, { ...turn, endpointReached: false, transcriptsGivenUp: false }, "speaking");
  if (paused !== undefined && paused.utterances.length > paused.inherited) notePause(draft, paused);
  emit(draft, { type: "speech-start", turnId: turn.turnId, utteranceId });
  act(draft, { type: "utterance-start", utteranceId });
  const { reply } = state;
  if (reply === undefined) return;
  if (reply.audible) {
    if (mayInterrupt(draft)) setDeadline(draft, "barge-in", draft.atMs + rules.interruption.speechMs);
  } else if (mayBeDropped(draft)) {
    state.reply = { ...reply, held: true };
    act(draft, { type: "hold-reply", generation: reply.generation });
  }
}

/** The caller fell silent. */
export function onSpeechEnd(draft: Draft, input: InputOf<"speech-end">): void {
  const { state, rules } = draft;
  if (!state.callerSpeaking) return;
  state.callerSpeaking = false;
  clearDeadlines(draft, "barge-in");
  const { turn } = state;
  const index = turn?.utterances.findIndex((utterance) => utterance.status === "speaking") ?? -1;
  if (turn === undefined || index < 0) return;
  const { utteranceId = "", heardFinal } = turn.utterances[index] ?? {};
  state.turn = {
    ...withUtterance(turn, index, { status: heardFinal ? "done" : "awaiting" }),
    speechMs: turn.speechMs + input.speechMs,
    silentSinceMs: input.endedAtMs,
  };
  emit(draft, { type: "speech-end", turnId: turn.turnId, utteranceId, speechMs: input.speechMs });
  act(draft, { type: "utterance-end", utteranceId });
  setDeadline(draft, "transcript", input.endedAtMs + rules.limits.transcriptMs);
  weighEndpoint(draft);
}

/** A reply nobody has heard gives way to the caller's words; an opening or a line of the app's waits for its time instead. */
export function mayBeDropped(draft: Draft): boolean {
  const { reply, ending } = draft.state;
  return ending === undefined && (reply?.kind === "answer" || reply?.kind === "silence-prompt");
}

/** The open turn; or the last one again, if its answer is not audible yet; or a new one. */
export function openTurn(draft: Draft): CallerTurn {
  const { state, atMs } = draft;
  if (state.turn !== undefined) return state.turn;
  const { closedTurn, reply } = state;
  const goesOn =
    closedTurn !== undefined && reply?.kind === "answer" && !reply.audible && reply.turnId === closedTurn.turnId;
  clearDeadlines(draft, "silence");
  setDeadline(draft, "turn-limit", atMs + draft.rules.limits.turnMs);
  if (goesOn) {
    return {
      ...closedTurn,
      utterances: closedTurn.utterances.map((utterance) => ({ ...utterance, status: "done" })),
      inherited: closedTurn.utterances.length,
      endpointReached: false,
      transcriptsGivenUp: false,
    };
  }
  state.turnCount += 1;
  return {
    turnId: state.turnCount,
    utterances: [],
    speechMs: 0,
    pausesMs: [],
    silentSinceMs: atMs,
    language: state.language,
    inherited: 0,
    endpointReached: false,
    transcriptsGivenUp: false,
  };
}

export function addUtterance(draft: Draft, turn: CallerTurn, status: Utterance["status"], providerId?: string): string {
  const { state } = draft;
  state.utteranceCount += 1;
  const utteranceId = `${OWN_ID}${state.utteranceCount}`;
  const utterance: Utterance = { utteranceId, status, text: "", ...(providerId === undefined ? {} : { providerId }) };
  state.turn = { ...turn, utterances: [...turn.utterances, utterance] };
  return utteranceId;
}

function notePause(draft: Draft, paused: CallerTurn): void {
  const { turn } = draft.state;
  if (turn === undefined) return;
  draft.state.turn = { ...turn, pausesMs: [...turn.pausesMs, Math.max(0, draft.atMs - paused.silentSinceMs)] };
}

/** Asks the turn detector how long to wait, and waits so long. */
export function weighEndpoint(draft: Draft): void {
  const { state, rules, atMs } = draft;
  const { turn } = state;
  if (turn === undefined) return;
  const endpointAtMs = turn.silentSinceMs + rules.turnDetector.silenceMs(soFar(turn));
  if (endpointAtMs > atMs) {
    state.turn = { ...turn, endpointReached: false };
    setDeadline(draft, "endpoint", endpointAtMs);
  } else {
    state.turn = { ...turn, endpointReached: true };
    clearDeadlines(draft, "endpoint");
  }
  if (isComplete(turn)) clearDeadlines(draft, "transcript");
  else if (state.deadlines.transcript === undefined) setDeadline(draft, "transcript", atMs + rules.limits.transcriptMs);
}

/** Closes the turn if the caller is done and nothing has to be waited for. */
export function settleTurn(draft: Draft): void {
  const { turn, callerSpeaking, reply, ending } = draft.state;
  if (turn === undefined || callerSpeaking || !turn.endpointReached) return;
  if (!isComplete(turn) && !turn.transcriptsGivenUp) return;
  const waitsForReply = reply !== undefined && newTextOf(turn) !== "" && ending === undefined;
  if (!waitsForReply) closeTurn(draft, turn);
}

/** A turn that never ends is ended here. */
export function cutTurnShort(draft: Draft): void {
  const { state, atMs } = draft;
  if (state.callerSpeaking) onSpeechEnd(draft, { type: "speech-end", atMs, endedAtMs: atMs, speechMs: 0 });
  if (state.turn !== undefined) state.turn = { ...state.turn, endpointReached: true };
  clearDeadlines(draft, "endpoint");
}

/** The turn is over, whatever is still missing. */
export function closeTurn(draft: Draft, turn: CallerTurn): void {
  const { state } = draft;
  state.turn = undefined;
  clearDeadlines(draft, "endpoint", "transcript", "turn-limit");
  // An utterance given up on without a word is not closed: its words are still welcome.
  const closed = turn.utterances.filter((utterance) => utterance.status === "done" || utterance.text !== "");
  const ids = closed.flatMap(({ utteranceId, providerId }) =>
    providerId === undefined ? [utteranceId] : [utteranceId, providerId],
  );
  state.closedUtterances = [...state.closedUtterances, ...ids].slice(-CLOSED_UTTERANCES);

  const text = textOf(turn);
  const unanswered = newTextOf(turn) !== "" || (text !== "" && state.reply === undefined && state.ending === undefined);
  if (unanswered) answerTurn(draft, turn, text);
  else if (
    turn.utterances.some((utterance) => utterance.notUnderstood) &&
    state.reply === undefined &&
    state.ending === undefined
  ) {
    answerUnclear(draft, turn);
  } else releaseReply(draft);
}

function answerTurn(draft: Draft, turn: CallerTurn, text: string): void {
  const { state, rules, atMs } = draft;
  const { turnId, silentSinceMs } = turn;
  state.closedTurn = turn;
  state.cutReply = undefined;
  state.silencePrompts = 0;
  followLanguage(draft, turn, text);
  emit(draft, { type: "turn-end", turnId, text, language: turn.language, waitedMs: atMs - silentSinceMs });
  // A turn that goes on with a closed one stands in the history once, whole.
  state.history = state.history.filter((entry) => entry.role !== "caller" || entry.turnId !== turnId);
  const farewell = rules.isFarewell(text);
  if (state.ending === undefined && !farewell) askBrain(draft, { kind: "caller", turnId, text }, silentSinceMs);
  remember(draft, { role: "caller", turnId, text, language: turn.language });
  if (farewell) endCall(draft, "farewell", rules.lines.goodbye);
}

function answerUnclear(draft: Draft, turn: CallerTurn): void {
  const { state, atMs } = draft;
  state.closedTurn = turn;
  state.cutReply = undefined;
  state.silencePrompts = 0;
  emit(draft, {
    type: "turn-end",
    turnId: turn.turnId,
    text: "",
    language: state.language,
    waitedMs: atMs - turn.silentSinceMs,
  });
  askBrain(draft, { kind: "not-understood", turnId: turn.turnId, text: "" }, turn.silentSinceMs);
}

/** There were no words after all: a reply that was kept back goes on. */
function releaseReply(draft: Draft): void {
  const { reply } = draft.state;
  if (reply === undefined || !reply.held) return;
  draft.state.reply = { ...reply, held: false };
  setDeadline(draft, "first-sound", draft.atMs + draft.rules.limits.firstSoundMs);
  act(draft, { type: "release-reply", generation: reply.generation });
}

/** The call goes on in the caller's language. A single English word ("okay", "hello") does not turn a Hindi call English. */
function followLanguage(draft: Draft, turn: CallerTurn, text: string): void {
  const { state } = draft;
  const from = state.language;
  const to = turn.language;
  if (to === from || (to === "en" && wordsOf(text).length < 2)) return;
  state.language = to;
  emit(draft, { type: "language", from, to });
}
