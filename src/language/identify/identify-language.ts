import type { Language } from "../../spec/index.js";
import { guessLanguage } from "./guess-language.js";

/**
 * Which language a text is in: {@link guessLanguage}, or the `prior` where its words do not tell (empty, digits, "okay", a name).
 * @param prior What the conversation is in so far.
 */
export function identifyLanguage(text: string, prior: Language): Language {
  return guessLanguage(text).language ?? prior;
}

/** The language to speak in to a caller of `language`: mixed speakers get Hindi. */
export function spokenLanguage(language: Language): "hi" | "en" {
  return language === "en" ? "en" : "hi";
}
