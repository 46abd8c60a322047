import { wordsOf } from "../../language/index.js";
import type { Draft } from "./draft.js";
import { endingOf } from "./ending.js";
import { languagesAfter } from "./language.js";
import { askBrainAhead, callersQuestion, dropSpeculation } from "./reply.js";
import type { Speculation } from "./state.js";
import { textOf } from "./turn.js";

/** A turn is answered ahead of its end so many times at most. */
const MOST_SPECULATIONS = 3;

/**
 * The caller has fallen silent, and may go on: the answer to the words so far is begun, unless it is already. When the
 * words change it is thrown away, and begun again.
 */
export function speculate(draft: Draft): void {
  const { state, rules } = draft;
  const { turn, speculation, reply } = state;
  if (turn === undefined || state.callerSpeaking || state.ending !== undefined) return;
  const text = textOf(turn);
  if (speculation !== undefined && !answers(speculation, text)) dropSpeculation(draft);
  if (state.speculation !== undefined || reply !== undefined || !rules.turns.speculativeStart) return;
  const { callIntent, isHalfWord } = rules.words;
  if (text === "" || turn.endpointReached || isHalfWord(text)) return;
  if (turn.speculations >= MOST_SPECULATIONS) return;
  const intent = callIntent(text);
  if (endingOf(draft, intent) !== undefined) return;
  state.turn = { ...turn, speculations: turn.speculations + 1 };
  askBrainAhead(draft, callersQuestion(turn.turnId, text, intent), languagesAfter(draft, turn, text).language);
}

/** Whether what was made ahead answers these words: capitals and full stops do not count. */
export function answers(speculation: Speculation, text: string): boolean {
  return wordsOf(speculation.text).join(" ") === wordsOf(text).join(" ");
}
