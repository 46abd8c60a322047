export { LONGEST_SPOKEN_NUMBER, type NumberOptions, numberInWords } from "./number-words.js";
export { transliterateToDevanagari, transliterateToLatin } from "./script.js";
export { DEFAULT_SPOKEN_SCRIPT, type SpokenOptions, type SpokenText, speakable } from "./speakable.js";
