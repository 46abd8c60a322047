import { type MappedText, rewrite } from "./mapped-text.js";
import { numberInWords } from "./number-words.js";
import { APART, ENDS, NUMBER, type Spoken } from "./quantity.js";

const PERCENTAGES = new RegExp(`${APART}(${NUMBER})\\s?%\\s?[-–—]\\s?(?=${NUMBER}\\s?%)`, "gu");
const RATIO = new RegExp(`${APART}(\\d{1,4})(\\s?[:/]\\s?)(\\d{1,4})${ENDS}`, "gu");

/** "30% – 40%" as one range; "3:1" is "three to one", "10/10" "ten by ten". Dates and times were said before. */
export function sayRatios(from: MappedText, language: Spoken): MappedText {
  const ranges = rewrite(from, PERCENTAGES, ([, low]) => `${low}-`);
  return rewrite(ranges, RATIO, ([, first = "", sign = "", second = ""]) => {
    const between = sign.includes(":") ? (language === "hi" ? "अनुपात" : "to") : language === "hi" ? "बटा" : "by";
    return `${numberInWords(first, { language })} ${between} ${numberInWords(second, { language })}`;
  });
}
