import { type MappedText, rewrite } from "./mapped-text.js";
import { numberInWords } from "./number-words.js";
import { APART, type Spoken } from "./quantity.js";

const ENGLISH: Readonly<Record<string, string>> = {
  one: "first",
  two: "second",
  three: "third",
  five: "fifth",
  eight: "eighth",
  nine: "ninth",
  twelve: "twelfth",
};
/** Stems: the ending tells gender and number. */
const HINDI: Readonly<Record<number, string>> = { 1: "पहल", 2: "दूसर", 3: "तीसर", 4: "चौथ", 6: "छठ" };
const WRITTEN = new RegExp(
  `${APART}(\\d{1,4})(st|nd|rd|th|वाँ|वां|वीं|वें|ला|ली|ले|रा|री|रे|था|थी|थे|ठा|ठी|ठे)(?![\\p{L}\\p{M}\\p{N}])`,
  "giu",
);

/** "21st" and "5वीं". */
export function sayOrdinals(from: MappedText, language: Spoken): MappedText {
  return rewrite(from, WRITTEN, ([, count = "", ending = ""]) => sayOrdinal(Number(count), language, ending));
}

/** @param ending As written behind the figures; tells the gender in Hindi. */
export function sayOrdinal(count: number, language: Spoken, ending = ""): string {
  const said = numberInWords(count, { language });
  if (language === "en") {
    return said.replace(
      /[a-z]+$/,
      (word) => ENGLISH[word] ?? (word.endsWith("y") ? `${word.slice(0, -1)}ieth` : `${word}th`),
    );
  }
  const gender = /ी/.test(ending) ? "ी" : /े/.test(ending) ? "े" : "ा";
  const stem = HINDI[count];
  if (stem !== undefined) return stem + gender;
  return `${said}व${gender}${gender === "ा" ? "ँ" : "ं"}`;
}
