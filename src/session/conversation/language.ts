import type { LanguageMemory } from "../../language/index.js";
import type { Language } from "../../spec/index.js";
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
  state.languages = languagesAfter(draft, turn, text);
  goOnIn(draft, state.languages.language);
}

/** The brain or one of its tools has decided on a language. */
export function switchLanguage(draft: Draft, language: Language): void {
  draft.state.languages = draft.rules.words.startLanguage(language);
  goOnIn(draft, language);
}

function goOnIn(draft: Draft, to: Language): void {
  const { state } = draft;
  const from = state.language;
  if (to === from) return;
  state.language = to;
  act(draft, { type: "set-language", language: to });
  emit(draft, { type: "language", from, to });
}
