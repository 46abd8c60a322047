export { identifyLanguage, spokenLanguage } from "./identify.js";
export {
  beginsBackchannel,
  callIntent,
  isBackchannel,
  isFarewell,
  isHalfWord,
  isStopRequest,
} from "./intents/index.js";
export {
  createPieceSplitter,
  FIRST_CLAUSE_LENGTH,
  LONGEST_PIECE_LENGTH,
  type PieceSplitter,
} from "./speakable-pieces.js";
export { wordsOf } from "./words.js";
