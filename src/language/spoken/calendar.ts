import { type MappedText, rewrite } from "./mapped-text.js";
import { numberInWords } from "./number-words.js";
import { sayOrdinal } from "./ordinal.js";
import { APART, ENDS, type Spoken } from "./quantity.js";

const MONTHS = {
  en: "January February March April May June July August September October November December".split(" "),
  hi: "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर".split(" "),
} as const;
const DAYS = {
  en: "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(" "),
  hi: "सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार".split(" "),
} as const;
const MONTH = `jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|${MONTHS.hi.join("|")}|फरवरी`;
const YEAR = String.raw`(?:,?\s((?:19|20)\d\d))?`;
const DAY_FIRST = new RegExp(`${APART}(\\d{1,2})([/.-])(\\d{1,2})\\2(\\d{4}|\\d{2})${ENDS}`, "gu");
const YEAR_FIRST = new RegExp(`${APART}((?:19|20)\\d\\d)[-/](\\d{1,2})[-/](\\d{1,2})${ENDS}`, "gu");
const DAY_MONTH = new RegExp(`${APART}(\\d{1,2})(?:st|nd|rd|th)?\\s(${MONTH})\\.?${YEAR}${ENDS}`, "giu");
const MONTH_DAY = new RegExp(`(?<![\\p{L}\\p{M}])(${MONTH})\\.?\\s(\\d{1,2})(?:st|nd|rd|th)?${YEAR}${ENDS}`, "giu");
const YEAR_ALONE = new RegExp(
  `(?<=(?<![\\p{L}\\p{M}])(?:in|since|by|from|until|till|year|of|${MONTH}|सन|साल|वर्ष|san|saal)\\s)((?:19|20)\\d\\d)${ENDS}`,
  "giu",
);
const DAY_RANGE =
  /(?<![\p{L}\p{M}])(mon|tue|wed|thu|fri|sat|sun)(?:\s?[-–]\s?)(mon|tue|wed|thu|fri|sat|sun)(?![\p{L}\p{M}])/giu;

/** Dates (day first, as India writes them), years and ranges of weekdays. */
export function sayDates(from: MappedText, language: Spoken): MappedText {
  const date = (day: string, month: number, year: string | undefined, match: string) => {
    const name = MONTHS[language][month - 1];
    const days = Number(day);
    if (name === undefined || days < 1 || days > 31) return match;
    const said = language === "en" ? sayOrdinal(days, "en") : numberInWords(days, { language });
    return [said, name, year && sayYear(year, language)].filter(Boolean).join(" ");
  };
  const yearFirst = rewrite(from, YEAR_FIRST, ([match, year, month, day = ""]) =>
    date(day, Number(month), year, match),
  );
  const dayFirst = rewrite(yearFirst, DAY_FIRST, ([match, day = "", , month, year]) =>
    date(day, Number(month), year, match),
  );
  const dayMonth = rewrite(dayFirst, DAY_MONTH, ([match, day = "", month = "", year]) =>
    date(day, monthOf(month), year, match),
  );
  const monthDay = rewrite(dayMonth, MONTH_DAY, ([match, month = "", day = "", year]) =>
    date(day, monthOf(month), year, match),
  );
  const alone = rewrite(monthDay, YEAR_ALONE, ([, year = ""]) => sayYear(year, language));
  return rewrite(alone, DAY_RANGE, ([, first = "", last = ""]) =>
    [dayOf(first, language), language === "hi" ? "से" : "to", dayOf(last, language)].join(" "),
  );
}

/** 1995 is "nineteen ninety five" and "उन्नीस सौ पचानवे"; two figures mean this century. */
export function sayYear(written: string, language: Spoken): string {
  const year = Number(written.length === 2 ? `20${written}` : written);
  const say = (value: number) => numberInWords(value, { language });
  const century = Math.floor(year / 100);
  const rest = year % 100;
  if (language === "hi") {
    return century === 19 ? [say(19), "सौ", rest && say(rest)].filter(Boolean).join(" ") : say(year);
  }
  if (year >= 2000 && year < 2010) return say(year);
  if (rest === 0) return `${say(century)} hundred`;
  return `${say(century)} ${rest < 10 ? "oh " : ""}${say(rest)}`;
}

function monthOf(name: string): number {
  const hindi = MONTHS.hi.indexOf(name.replace("फरवरी", "फ़रवरी"));
  if (hindi >= 0) return hindi + 1;
  return MONTHS.en.findIndex((month) => month.toLowerCase().startsWith(name.toLowerCase().slice(0, 3))) + 1;
}

function dayOf(name: string, language: Spoken): string {
  const index = DAYS.en.findIndex((day) => day.toLowerCase().startsWith(name.toLowerCase()));
  return DAYS[language][index] ?? name;
}
