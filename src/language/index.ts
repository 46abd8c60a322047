export { type Completeness, completeness } from "./completeness/index.js";
export {
  followLanguage,
  guessLanguage,
  type HeardLanguage,
  identifyLanguage,
  type LanguageGuess,
  type LanguageMemory,
  requestedLanguage,
  spokenLanguage,
  startLanguage,
} from "./identify/index.js";
export {
  type Announcement,
  type AnnouncementKind,
  announcementOf,
  beginsBackchannel,
  callIntent,
  DEFAULT_BACKCHANNELS,
  DEFAULT_STOP_PHRASES,
  isBackchannel,
  isFarewell,
  isHalfWord,
  isStopRequest,
  type PhraseList,
} from "./intents/index.js";
export { inLanguage } from "./localized.js";
export {
  createPieceSplitter,
  createSentenceSplitter,
  FIRST_CLAUSE_LENGTH,
  LONGEST_PIECE_LENGTH,
  type PieceSplitter,
  type PieceSplitterOptions,
  type SentenceSplitter,
} from "./pieces/index.js";
export {
  type NumberOptions,
  numberInWords,
  type SpokenOptions,
  type SpokenText,
  speakable,
  transliterateToDevanagari,
  transliterateToLatin,
} from "./spoken/index.js";
export { wordsOf } from "./words.js";
