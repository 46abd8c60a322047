import { wordsOf } from "../../language/index.js";
import { act, type Draft, emit } from "./draft.js";
import { stopReply } from "./reply.js";
import type { CallerTurn, ReplyVolume } from "./state.js";
import { isComplete, newTextOf } from "./turn.js";

/** Whether the caller may stop the reply that is being heard. */
export function mayInterrupt(draft: Draft): boolean {
  const { reply, ending } = draft.state;
  return (
    reply?.audible === true && reply.stopping === undefined && reply.interruption !== "none" && ending === undefined
  );
}

/** The caller began to speak over the agent: the agent lowers its voice. */
export function duck(draft: Draft): void {
  if (mayInterrupt(draft) && draft.state.reply?.interruption === "duck") setVolume(draft, "soft");
}

/** The caller has fallen silent, and it is still open what was said: the agent does not leave the line silent. */
export function speakOn(draft: Draft): void {
  if (draft.state.reply?.volume === "silent") setVolume(draft, "soft");
}

/** The caller did not mean to interrupt: the agent speaks up again. */
export function restore(draft: Draft, from: "here" | "ducked-word"): void {
  setVolume(draft, "full", from);
}

function setVolume(draft: Draft, volume: ReplyVolume, from: "here" | "ducked-word" = "here"): void {
  const { reply } = draft.state;
  if (reply === undefined || reply.volume === volume || reply.stopping !== undefined) return;
  draft.state.reply = { ...reply, volume };
  act(draft, { type: "set-volume", generation: reply.generation, volume, from });
}

/** The caller speaks on, over the agent: enough voice stops it. */
export function weighVoice(draft: Draft): void {
  const { state, rules } = draft;
  const { reply, turn, voicedMs } = state;
  if (!mayInterrupt(draft) || reply === undefined) return;
  const overMs = voicedMs - reply.voicedBeforeMs;
  const { speechMs, hushMs, stopMs } = rules.interruption;
  if (reply.interruption === "immediate" && overMs >= speechMs) stopReply(draft, "speech");
  if (reply.interruption !== "duck" || seemsToListen(draft, turn)) return;
  if (overMs >= stopMs) stopReply(draft, "speech");
  else if (overMs >= hushMs && reply.volume === "soft") setVolume(draft, "silent");
}

/** The caller's words over the agent: they may stop it. */
export function weighWords(draft: Draft, words: string): void {
  const { reply } = draft.state;
  if (!mayInterrupt(draft) || reply === undefined) return;
  if (wordsInterrupt(draft, words)) stopReply(draft, "words");
  else speakOn(draft);
}

function wordsInterrupt({ rules, state }: Draft, words: string): boolean {
  const { isStopRequest, isBackchannel, beginsBackchannel, isHalfWord } = rules.words;
  const policy = state.reply?.interruption;
  if (policy === "immediate" || isStopRequest(words)) return true;
  if (isHalfWord(words) || isBackchannel(words) || beginsBackchannel(words)) return false;
  return policy === "duck" || wordsOf(words).length >= rules.interruption.minWords;
}

/** The words so far are a listener's. */
function seemsToListen({ rules }: Draft, turn: CallerTurn | undefined): boolean {
  const words = turn?.utterances.findLast(({ status }) => status === "speaking")?.text ?? "";
  return words !== "" && (rules.words.isBackchannel(words) || rules.words.beginsBackchannel(words));
}

/** The caller has fallen silent, and everything is known of what was said: if it was a listener's noise, the agent speaks up at once. */
export function restoreIfListening(draft: Draft): void {
  const { turn, callerSpeaking, reply } = draft.state;
  if (reply === undefined || reply.volume === "full" || callerSpeaking || turn === undefined || !isComplete(turn))
    return;
  const text = newTextOf(turn);
  if (isListening(draft, text)) restore(draft, resumesFrom(draft, text));
}

/** What drowned nothing lets the agent go on from where it is; behind a cough the caller hears the word again. */
function resumesFrom({ rules }: Draft, text: string): "here" | "ducked-word" {
  return rules.words.isBackchannel(text) ? "here" : "ducked-word";
}

/** Nothing was said that wants an answer while the agent is heard: no words, half of one, or "haan". */
export function isListening({ rules }: Draft, text: string): boolean {
  return text === "" || rules.words.isHalfWord(text) || rules.words.isBackchannel(text);
}

/** The turn that is open holds nothing but a listener's noise, and the agent is still being heard. */
export function isListenersTurn(draft: Draft, turn: CallerTurn): boolean {
  const { reply, ending } = draft.state;
  if (reply?.audible !== true || reply.stopping !== undefined || ending !== undefined) return false;
  return turn.inherited === 0 && isListening(draft, newTextOf(turn));
}

/** The caller only listened: the agent goes on, and nobody answers. */
export function noteListening(draft: Draft, turn: CallerTurn): void {
  const text = newTextOf(turn);
  // Its words may come once more; and what the caller says next is no part of the turn before.
  draft.state.closedTurn = turn;
  if (draft.rules.words.isBackchannel(text)) emit(draft, { type: "backchannel", turnId: turn.turnId, text });
  restore(draft, resumesFrom(draft, text));
}
