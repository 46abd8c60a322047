import { type MappedText, rewrite } from "./mapped-text.js";
import { digitsInWords } from "./number-words.js";
import { APART, ENDS, type Spoken } from "./quantity.js";

const MOBILE = new RegExp(`(?<![\\p{L}\\p{M}\\p{N}_+])(?:\\+?(91)[\\s-]?|0)?([6-9]\\d{4})[\\s-]?(\\d{5})${ENDS}`, "gu");
const TOLL_FREE = new RegExp(`${APART}(18[06]0)[\\s-]?(\\d{2,3})[\\s-]?(\\d{3,4})${ENDS}`, "gu");
const ABROAD = /(?<![\p{L}\p{N}+])\+(\d{1,3}(?:[\s-]\d{2,5}){2,4})(?![\p{L}\p{N}])/gu;

/** Words that make the figures behind them a code and not a count. */
const CODE_WORD =
  "otp|pin|pincode|pin code|code|passcode|cvv|ending (?:in|with)|last (?:four|4) digits|account|a/c|card|number|ओटीपी|पिन|पिनकोड|पिन कोड|कोड|नंबर|नम्बर|खाता|कार्ड";
const CODE_AFTER = new RegExp(
  `(?<![\\p{L}\\p{M}\\p{N}])((?:${CODE_WORD})(?:\\s(?:number|no\\.?|नंबर|code))?(?:\\s(?:is|hai|है))?\\s?[:#-]?\\s?)(\\d{3,8}(?:[\\s-]\\d{3,6}){0,4}|\\d{9,20})${ENDS}`,
  "giu",
);
const CODE_BEFORE = new RegExp(
  `${APART}(\\d{3,8})(?=\\s(?:(?:is|hai|है)\\s)?(?:your|aapka|आपका)?\\s?(?:otp|pin|code|pincode|ओटीपी|पिन|कोड|नंबर)(?![\\p{L}\\p{M}]))`,
  "giu",
);

/** Phone numbers, one-time codes, PINs and account numbers, figure by figure, with a comma where one pauses. */
export function sayFigures(from: MappedText, language: Spoken): MappedText {
  const groups = (...figures: readonly string[]) =>
    figures.map((group) => digitsInWords(group, { language })).join(", ");
  const plus = language === "hi" ? "प्लस" : "plus";
  const mobile = rewrite(from, MOBILE, ([, country, first = "", second = ""]) =>
    country === undefined ? groups(first, second) : `${plus} ${groups(country, first, second)}`,
  );
  const free = rewrite(mobile, TOLL_FREE, ([, ...parts]) => groups(...parts));
  const abroad = rewrite(free, ABROAD, ([, figures = ""]) => `${plus} ${groups(...figures.split(/[\s-]/))}`);
  const after = rewrite(abroad, CODE_AFTER, ([, word = "", figures = ""]) => word + groups(...figures.split(/[\s-]/)));
  return rewrite(after, CODE_BEFORE, ([, figures = ""]) => groups(figures));
}
