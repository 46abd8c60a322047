import { act, clearDeadlines, type Draft, emit, setDeadline } from "./draft.js";
import { weighEndpoint } from "./endpoint.js";
import type { InputOf } from "./input.js";
import { duck, speakOn, weighVoice } from "./interruption.js";
import { noteCallerActive } from "./silence.js";
import type { CallerTurn, Utterance } from "./state.js";
import { withUtterance } from "./turn.js";

/** How the session's own utterance ids begin. */
export const OWN_ID = "utterance-";

/** The caller began to speak. */
export function onSpeechStart(draft: Draft): void {
  const { state } = draft;
  if (state.callerSpeaking) return;
  state.callerSpeaking = true;
  state.voicedMs = 0;
  noteCallerActive(draft);
  clearDeadlines(draft, "endpoint", "transcript");
  const paused = state.turn;
  const turn = openTurn(draft);
  const utteranceId = addUtterance(
    draft,
    { ...turn, endpointReached: false, ended: false, transcriptsGivenUp: false },
    "speaking",
  );
  if (paused !== undefined && paused.utterances.length > paused.inherited) notePause(draft, paused);
  emit(draft, { type: "speech-start", turnId: turn.turnId, utteranceId });
  act(draft, { type: "utterance-start", utteranceId });
  const { reply } = state;
  if (reply === undefined) return;
  if (reply.audible) {
    state.reply = { ...reply, voicedBeforeMs: 0 };
    duck(draft);
  } else if (mayBeDropped(draft)) {
    state.reply = { ...reply, held: true };
    act(draft, { type: "hold-reply", generation: reply.generation });
  }
}

/** The caller speaks on. */
export function onSpeech(draft: Draft, input: InputOf<"speech">): void {
  if (!draft.state.callerSpeaking) return;
  draft.state.voicedMs = input.voicedMs;
  weighVoice(draft);
}

/** The caller fell silent. */
export function onSpeechEnd(draft: Draft, input: InputOf<"speech-end">): void {
  const { state, rules } = draft;
  if (!state.callerSpeaking) return;
  state.callerSpeaking = false;
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
  speakOn(draft);
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
  noteCallerActive(draft);
  setDeadline(draft, "turn-limit", atMs + draft.rules.limits.turnMs);
  if (goesOn) {
    return {
      ...closedTurn,
      utterances: closedTurn.utterances.map((utterance) => ({ ...utterance, status: "done" })),
      inherited: closedTurn.utterances.length,
      endpointReached: false,
      ended: false,
      transcriptsGivenUp: false,
      speculations: 0,
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
    ended: false,
    transcriptsGivenUp: false,
    speculations: 0,
  };
}

/** A turn that went on with a closed one is one of its own after all: the answer to the closed one was heard first. */
export function standAlone(draft: Draft, turnId: number): void {
  const { state } = draft;
  const { turn, closedTurn } = state;
  if (turn === undefined || turn.turnId !== turnId || turn.inherited === 0) return;
  state.turnCount += 1;
  state.turn = {
    ...turn,
    turnId: state.turnCount,
    utterances: turn.utterances.slice(turn.inherited),
    inherited: 0,
    speechMs: turn.speechMs - (closedTurn?.speechMs ?? 0),
    pausesMs: turn.pausesMs.slice(closedTurn?.pausesMs.length ?? 0),
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

/** The turn is over, by the app's word or because it never ends. */
export function endTurn(draft: Draft): void {
  const { state, atMs } = draft;
  if (state.callerSpeaking) onSpeechEnd(draft, { type: "speech-end", atMs, endedAtMs: atMs, speechMs: 0 });
  if (state.turn !== undefined) state.turn = { ...state.turn, endpointReached: true, ended: true };
  clearDeadlines(draft, "endpoint");
}
