import type { LanguageMemory } from "../../language/index.js";
import { act, type Draft, emit } from "./draft.js";
import type { CallerTurn } from "./state.js";

/** What is known of the call's languages once the caller has said `text`. */
export function languagesAfter({ state, rules }: Draft, turn: CallerTurn, text: string): LanguageMemory {
  const { tag, confidence } = turn;
  return rules.words.followLanguage(state.languages, {
    text,
    ...(tag === undefined ? {} : { tag }),
    ...(confidence === undefined ? {} : { confidence }),
  });
}

/** The call goes on in the caller's language: speech-to-text is told, and with the next reply brain, voice and prompts. */
export function followLanguage(draft: Draft, turn: CallerTurn, text: string): void {
  const { state } = draft;
  const from = state.language;
  state.languages = languagesAfter(draft, turn, text);
  const to = state.languages.language;
  if (to === from) return;
  state.language = to;
  act(draft, { type: "set-language", language: to });
  emit(draft, { type: "language", from, to });
}
