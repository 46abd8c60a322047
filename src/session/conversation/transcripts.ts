import { wordsOf } from "../../language/index.js";
import type { TranscriptResult } from "../../spec/index.js";
import { addUtterance, mayBeDropped, OWN_ID, openTurn } from "./caller.js";
import { type Draft, emit } from "./draft.js";
import { weighEndpoint } from "./endpoint.js";
import { weighWords } from "./interruption.js";
import { stopReply } from "./reply.js";
import type { CallerTurn } from "./state.js";
import { indexOfUtterance, withUtterance } from "./turn.js";

/** The recogniser said something. */
export function onTranscript(draft: Draft, result: TranscriptResult): void {
  const { state } = draft;
  const words = result.type === "transcript" ? result.text.trim() : "";
  const final = result.type !== "transcript" || result.final;
  if (state.turn === undefined || indexOfUtterance(state.turn, result.utteranceId) < 0) {
    if (isLate(draft, result.utteranceId, words)) {
      if (final && words !== "" && (state.turn === undefined || result.utteranceId !== undefined))
        warnLate(draft, words);
      return;
    }
  }
  const place = placeFor(draft, result, words, final);
  if (place === undefined) return;
  const utterance = place.turn.utterances[place.index];
  if (utterance === undefined) return;
  if (utterance.status === "done" && (!final || words === "")) return;
  if (final && repeats(utterance.finalText, words)) return;

  const text = revised(utterance.finalText, words);
  state.turn = withUtterance(place.turn, place.index, {
    text: final || words !== "" ? text : utterance.text,
    ...(final ? { finalText: text } : {}),
    ...(final ? (utterance.status === "speaking" ? { heardFinal: true as const } : { status: "done" as const }) : {}),
    ...(result.utteranceId === undefined || result.utteranceId === utterance.utteranceId
      ? {}
      : { providerId: result.utteranceId }),
    ...(result.type === "not-understood" ? { notUnderstood: true as const } : {}),
  });
  if (words !== "" && result.type === "transcript") noteWords(draft, result, words);
  if (!state.callerSpeaking) weighEndpoint(draft);
}

/** A final that comes again, whole or its last part. */
function repeats(before: string | undefined, words: string): boolean {
  return before !== undefined && words !== "" && (before === words || before.endsWith(` ${words}`));
}

/** What an utterance says once words come behind its final ones: other words for them, or more of them. Nothing takes nothing back. */
function revised(before: string | undefined, words: string): string {
  if (before === undefined || before === "" || words === "") return words === "" ? (before ?? "") : words;
  const known = wordsOf(before);
  const now = wordsOf(words);
  const shared = now.filter((word) => known.includes(word)).length;
  return 2 * shared >= Math.min(known.length, now.length) ? words : `${before} ${words}`;
}

/** The words count: they are told, set the turn's language, and stop a reply that they speak against. */
function noteWords(draft: Draft, result: Extract<TranscriptResult, { type: "transcript" }>, words: string): void {
  const { state, rules } = draft;
  const { turn, reply } = state;
  if (turn === undefined) return;
  const { language: tag, confidence } = result;
  const language = rules.words.identifyLanguage(words, tag ?? state.language);
  state.turn = {
    ...turn,
    language,
    ...(result.final ? { transcribedAtMs: draft.atMs } : {}),
    ...(tag === undefined ? {} : { tag }),
    ...(confidence === undefined ? {} : { confidence }),
  };
  emit(draft, {
    type: "transcript",
    turnId: turn.turnId,
    final: result.final,
    text: words,
    language,
    ...(result.confidence === undefined ? {} : { confidence: result.confidence }),
  });
  if (reply === undefined) return;
  if (reply.audible) weighWords(draft, words);
  else if (mayBeDropped(draft)) stopReply(draft, "dropped");
}

/** Where a result belongs: its own utterance, the oldest one that waits, or a new one that voice activity did not hear. */
function placeFor(
  draft: Draft,
  result: TranscriptResult,
  words: string,
  final: boolean,
): { readonly turn: CallerTurn; readonly index: number } | undefined {
  const { state } = draft;
  if (state.turn !== undefined) {
    const own = indexOfUtterance(state.turn, result.utteranceId);
    if (own >= 0) return { turn: state.turn, index: own };
    const waiting = state.turn.utterances.findIndex(
      ({ status, providerId }) => status !== "done" && providerId === undefined,
    );
    if (waiting >= 0 && result.utteranceId?.startsWith(OWN_ID) !== true) return { turn: state.turn, index: waiting };
  }
  if (words === "" || !final) return undefined;
  const opened = openTurn(draft);
  const turn = state.deadlines.endpoint === undefined ? { ...opened, silentSinceMs: draft.atMs } : opened;
  const own = indexOfUtterance(turn, result.utteranceId);
  if (own >= 0) return { turn, index: own };
  addUtterance(draft, turn, "awaiting", result.utteranceId);
  return { turn: state.turn ?? turn, index: turn.utterances.length };
}

/** For an utterance that was dealt with, or the same words again without any speech. */
function isLate(draft: Draft, utteranceId: string | undefined, words: string): boolean {
  const { state } = draft;
  if (utteranceId !== undefined) return state.closedUtterances.includes(utteranceId);
  const last = (state.turn ?? state.closedTurn)?.utterances.at(-1);
  return words !== "" && last?.text === words && (state.turn === undefined || last.status === "done");
}

function warnLate(draft: Draft, words: string): void {
  emit(draft, {
    type: "warning",
    code: "late-transcript",
    message: `A transcript of ${wordsOf(words).length} word(s) came for a turn that was closed; it was dropped.`,
  });
}
