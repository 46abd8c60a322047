export {
  createPieceSplitter,
  FIRST_CLAUSE_LENGTH,
  LONGEST_PIECE_LENGTH,
  type PieceSplitter,
  type PieceSplitterOptions,
} from "./piece-splitter.js";
export { createSentenceSplitter, LONGEST_SENTENCE_LENGTH, type SentenceSplitter } from "./sentence-splitter.js";
