import type { Language, Localized } from "../spec/index.js";
import { spokenLanguage } from "./identify/index.js";

/** The words for the language being spoken. */
export function inLanguage<T>(localized: Localized<T>, language: Language): T {
  if (typeof localized === "object" && localized !== null && "en" in localized && "hi" in localized) {
    return localized[spokenLanguage(language)];
  }
  return localized as T;
}
