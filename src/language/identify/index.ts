export {
  DEFAULT_CLEAR_WORDS,
  DEFAULT_LEAST_CONFIDENCE,
  DEFAULT_LONG_WORDS,
  DEFAULT_TURNS_TO_SWITCH,
  followLanguage,
  type HeardLanguage,
  type LanguageMemory,
  startLanguage,
} from "./follow-language.js";
export { guessLanguage, type LanguageGuess } from "./guess-language.js";
export { identifyLanguage, spokenLanguage } from "./identify-language.js";
export { requestedLanguage } from "./requested-language.js";
