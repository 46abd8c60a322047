import type { CallIntent } from "../../spec/index.js";
import { act, clearDeadlines, type Draft, emit, setDeadline } from "./draft.js";
import { endCall, endingOf, goodbyeFor } from "./ending.js";
import { awaitWords } from "./fill-in.js";
import { isListenersTurn, noteListening } from "./interruption.js";
import { followLanguage } from "./language.js";
import { askBrain, callersQuestion, commitSpeculation, dropSpeculation, remember } from "./reply.js";
import { answers } from "./speculation.js";
import type { CallerTurn } from "./state.js";
import { isComplete, newTextOf, textOf } from "./turn.js";

/** So many dealt-with utterances are remembered, to know what comes late. */
const CLOSED_UTTERANCES = 64;

/** So many of the caller's pauses tell their pace. */
const KEPT_PAUSES = 20;

/** Speech so long is more than a cough, in ms. */
const NO_COUGH_MS = 700;

/** After so many turns that were never heard, one after another, the call cannot go on. */
const MOST_UNHEARD = 3;

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
  const idle = state.reply === undefined && state.ending === undefined;
  if (isListenersTurn(draft, turn) || cutByListener(draft, turn)) noteListening(draft, turn);
  else if (newTextOf(turn) !== "" || (text !== "" && idle)) answerTurn(draft, turn, text);
  else if (idle && turn.utterances.some((utterance) => utterance.notUnderstood)) answerUnclear(draft, turn);
  else if (idle && turn.speechMs >= NO_COUGH_MS && !isComplete(turn)) answerUnheard(draft, turn);
  else releaseReply(draft, turn);
}

/** The agent was stopped by what turned out to be a listener's "haan": it goes on where it was cut. */
function cutByListener(draft: Draft, turn: CallerTurn): boolean {
  const { cutReply, ending, reply } = draft.state;
  if (cutReply === undefined || ending !== undefined || reply !== undefined || turn.inherited > 0) return false;
  return draft.rules.words.isBackchannel(newTextOf(turn));
}

/** The recogniser never said what it was. The caller spoke for long, and hears so; a recogniser that stays silent ends the call. */
function answerUnheard(draft: Draft, turn: CallerTurn): void {
  const { state, rules } = draft;
  state.unheardTurns += 1;
  const message = `Speech-to-text gave no transcript within ${rules.limits.transcriptMs} ms of ${turn.speechMs} ms of speech.`;
  emit(draft, { type: "warning", code: "no-transcript", message });
  if (state.unheardTurns >= MOST_UNHEARD) endCall(draft, "error", rules.lines.failureGoodbye);
  else answerUnclear(draft, turn);
}

function answerTurn(draft: Draft, turn: CallerTurn, text: string): void {
  const { state, rules, atMs } = draft;
  const { turnId, silentSinceMs, language } = turn;
  state.closedTurn = turn;
  state.earlierPausesMs = [...state.earlierPausesMs, ...turn.pausesMs].slice(-KEPT_PAUSES);
  state.cutReply = undefined;
  state.silencePrompts = 0;
  state.unheardTurns = 0;
  followLanguage(draft, turn, text);
  const intent = rules.words.callIntent(text);
  const wanted = intent === undefined ? {} : { intent };
  emit(draft, { type: "turn-end", turnId, text, language, ...wanted, waitedMs: atMs - silentSinceMs });
  const ending = endingOf(draft, intent);
  if (state.ending === undefined && ending === undefined) answerCaller(draft, turn, text, intent);
  // A turn that goes on with a closed one stands in the history once, whole.
  state.history = state.history.filter((entry) => entry.role !== "caller" || entry.turnId !== turnId);
  remember(draft, { role: "caller", turnId, text, language });
  if (ending !== undefined) endCall(draft, ending, goodbyeFor(draft, ending));
}

/** With what was made ahead, if it answers just this; else anew. */
function answerCaller(draft: Draft, turn: CallerTurn, text: string, intent: CallIntent | undefined): void {
  const { speculation, language } = draft.state;
  const { turnId, silentSinceMs: callerSilentAtMs, transcribedAtMs } = turn;
  if (speculation !== undefined && answers(speculation, text) && speculation.language === language) {
    commitSpeculation(draft, { callerSilentAtMs, transcribedAtMs });
    if (speculation.reply.endsCall) endCall(draft, "agent-end");
  } else {
    askBrain(draft, callersQuestion(turnId, text, intent), { callerSilentAtMs, transcribedAtMs });
  }
}

function answerUnclear(draft: Draft, turn: CallerTurn): void {
  const { state, atMs } = draft;
  const { turnId, silentSinceMs } = turn;
  state.closedTurn = turn;
  state.cutReply = undefined;
  state.silencePrompts = 0;
  const waitedMs = atMs - silentSinceMs;
  emit(draft, { type: "turn-end", turnId, text: "", language: state.language, waitedMs });
  askBrain(draft, { kind: "not-understood", turnId, text: "" }, { callerSilentAtMs: silentSinceMs });
}

/** There were no words after all: a reply that was kept back goes on. */
function releaseReply(draft: Draft, { silentSinceMs }: CallerTurn): void {
  dropSpeculation(draft);
  const { reply } = draft.state;
  if (reply === undefined || !reply.held) return;
  draft.state.reply = { ...reply, held: false };
  setDeadline(draft, "first-sound", draft.atMs + draft.rules.limits.firstSoundMs);
  awaitWords(draft, silentSinceMs);
  act(draft, { type: "release-reply", generation: reply.generation });
}
