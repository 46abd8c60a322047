import { wordsOf } from "../../language/index.js";
import type { Language } from "../../spec/index.js";
import { act, type Draft, emit } from "./draft.js";

/** The language the call goes on in once the caller has said `text`. */
export function nextLanguage(draft: Draft, language: Language, text: string): Language {
  const from = draft.state.language;
  return language === "en" && wordsOf(text).length < 2 ? from : language;
}

/** The call goes on in the caller's language. */
export function followLanguage(draft: Draft, language: Language, text: string): void {
  const { state } = draft;
  const from = state.language;
  const to = nextLanguage(draft, language, text);
  if (to === from) return;
  state.language = to;
  act(draft, { type: "set-language", language: to });
  emit(draft, { type: "language", from, to });
}
