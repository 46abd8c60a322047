import type { TurnSoFar } from "../../spec/index.js";
import type { CallerTurn, Utterance } from "./state.js";

/** All the caller said in a turn. */
export function textOf(turn: CallerTurn, from = 0): string {
  return turn.utterances
    .slice(from)
    .map((utterance) => utterance.text)
    .filter((text) => text !== "")
    .join(" ");
}

/** The words of a turn beyond those it inherited from the one it goes on with. */
export function newTextOf(turn: CallerTurn): string {
  return textOf(turn, turn.inherited);
}

export function isComplete(turn: CallerTurn): boolean {
  return turn.utterances.every((utterance) => utterance.status === "done");
}

export function soFar(turn: CallerTurn, earlierPausesMs: readonly number[]): TurnSoFar {
  const { language, speechMs, pausesMs } = turn;
  return { text: textOf(turn), final: isComplete(turn), language, speechMs, pausesMs, earlierPausesMs };
}

export function withUtterance(turn: CallerTurn, index: number, change: Partial<Utterance>): CallerTurn {
  return {
    ...turn,
    utterances: turn.utterances.map((utterance, at) => (at === index ? { ...utterance, ...change } : utterance)),
  };
}

/** The place of an utterance by the session's id or the recogniser's; -1 if it is none of this turn's. */
export function indexOfUtterance(turn: CallerTurn, id: string | undefined): number {
  if (id === undefined) return -1;
  return turn.utterances.findIndex((utterance) => utterance.utteranceId === id || utterance.providerId === id);
}
