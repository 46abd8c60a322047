import { type MappedText, rewrite } from "./mapped-text.js";
import { numberInWords } from "./number-words.js";
import { APART, type Spoken } from "./quantity.js";

const HALF = String.raw`(a\.?m\.?|p\.?m\.?)(?![\p{L}\p{M}\p{N}])`;
const OCLOCK = String.raw`(baje|bajey|बजे)(?![\p{L}\p{M}\p{N}])`;
const WITH_MINUTES = new RegExp(
  `${APART}([01]?\\d|2[0-3]):([0-5]\\d)(?::[0-5]\\d)?(?![\\d:])(?:\\s?${HALF}|\\s${OCLOCK})?`,
  "giu",
);
const POINT_MINUTES = new RegExp(`${APART}(1?\\d|2[0-3])\\.([0-5]\\d)\\s?(?:${HALF}|${OCLOCK})`, "giu");
const HOUR = new RegExp(`${APART}(?:(1?\\d|2[0-3])\\s?[-–]\\s?)?(1?\\d|2[0-3])\\s?(?:${HALF}|${OCLOCK})`, "giu");

/** Times of day: साढ़े, सवा and पौने in Hindi; "ten thirty A M" in English. */
export function sayTimes(from: MappedText, language: Spoken): MappedText {
  const say = language === "hi" ? hindiTime : englishTime;
  const colon = rewrite(from, WITH_MINUTES, ([, hour, minute, half, oclock]) =>
    say(Number(hour), Number(minute), half, oclock),
  );
  const point = rewrite(colon, POINT_MINUTES, ([, hour, minute, half, oclock]) =>
    say(Number(hour), Number(minute), half, oclock),
  );
  return rewrite(point, HOUR, ([, first, hour, half, oclock]) => {
    if (first === undefined) return say(Number(hour), 0, half, oclock);
    const until = `${numberInWords(first, { language })} ${language === "hi" ? "से" : "to"} `;
    if (language === "en" || half === undefined) return until + say(Number(hour), 0, half, oclock);
    return `${partOfDay(Number(first), half)} ${until}${numberInWords(hour ?? "0", { language })} बजे`;
  });
}

function englishTime(hour: number, minute: number, half: string | undefined, oclock: string | undefined): string {
  const onTwelve = hour % 12 || 12;
  const named = half ?? (hour > 12 || hour === 0 ? (hour >= 12 ? "p" : "a") : undefined);
  const say = (value: number) => numberInWords(value, { language: "en" });
  const minutes =
    minute === 0
      ? named === undefined && oclock === undefined
        ? "o'clock"
        : ""
      : `${minute < 10 ? "oh " : ""}${say(minute)}`;
  return [say(onTwelve), minutes, named && `${named[0]?.toUpperCase()} M`, oclock && "baje"].filter(Boolean).join(" ");
}

function hindiTime(hour: number, minute: number, half: string | undefined): string {
  const onTwelve = hour % 12 || 12;
  const say = (value: number) => numberInWords(value, { language: "hi" });
  const part = half !== undefined || hour > 12 || hour === 0 ? `${partOfDay(hour, half)} ` : "";
  if (minute === 0) return `${part}${say(onTwelve)} बजे`;
  if (minute === 15) return `${part}सवा ${say(onTwelve)} बजे`.replace("सवा एक ", "सवा ");
  if (minute === 45) return `${part}${onTwelve === 12 ? "पौन" : `पौने ${say(onTwelve + 1)}`} बजे`;
  if (minute === 30) return `${part}${onTwelve === 1 ? "डेढ़" : onTwelve === 2 ? "ढाई" : `साढ़े ${say(onTwelve)}`} बजे`;
  return `${part}${say(onTwelve)} बजकर ${say(minute)} मिनट`;
}

function partOfDay(hour: number, half: string | undefined): string {
  const onDay = half === undefined ? hour : (hour % 12) + (/^p/i.test(half) ? 12 : 0);
  if (onDay < 4 || onDay >= 20) return "रात";
  if (onDay < 12) return "सुबह";
  return onDay < 16 ? "दोपहर" : "शाम";
}
