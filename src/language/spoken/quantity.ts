import { type MappedText, rewrite } from "./mapped-text.js";
import { numberInWords } from "./number-words.js";

/** The language numbers are said in. */
export type Spoken = "hi" | "en";

/** A number with or without commas and decimals. */
export const NUMBER = String.raw`\d+(?:,\d+)*(?:\.\d+)?`;
/** Nothing that makes the following figures part of a longer word or number. */
export const APART = String.raw`(?<![\p{L}\p{M}\p{N}_]|\d[.,])`;
/** Nothing that makes the figures before part of a longer word or number. */
export const ENDS = String.raw`(?![\p{L}\p{M}\p{N}_]|[.,]\d)`;
/** Words for a thousand, a lakh and a crore. */
export const SCALE = "lakhs?|lacs?|crores?|cr|karod|hazaar|hazar|thousand|k|K|लाख|करोड़|करोड़|हज़ार|हज़ार|हजार";

const HINDI_SCALES: Readonly<Record<string, string>> = { l: "लाख", c: "करोड़", t: "हज़ार", h: "हज़ार" };

/** "lakh" or "करोड़" said in the language wanted; what is in the other script already stays. */
export function sayScale(scale: string, language: Spoken): string {
  const lower = scale.toLowerCase();
  if (language === "en") return lower === "k" ? "thousand" : lower === "cr" ? "crore" : scale;
  if (lower === "k") return "हज़ार";
  if (lower === "karod") return "करोड़";
  return HINDI_SCALES[lower[0] ?? ""] ?? scale;
}

/** 1.5 is डेढ़, 2.5 ढाई, 3.5 साढ़े तीन, 2.25 सवा दो, 2.75 पौने तीन; other numbers are said in full. */
export function hindiQuantity(written: string): string {
  const [whole = "0", decimals = ""] = written.replaceAll(",", "").split(".");
  const count = BigInt(whole);
  const fraction = decimals.replace(/0+$/, "");
  const say = (value: bigint) => numberInWords(value, { language: "hi" });
  if (fraction === "5" && count === 1n) return "डेढ़";
  if (fraction === "5" && count === 2n) return "ढाई";
  if (fraction === "5" && count > 2n) return `साढ़े ${say(count)}`;
  if (fraction === "25" && count > 0n) return count === 1n ? "सवा" : `सवा ${say(count)}`;
  if (fraction === "75") return count === 0n ? "पौन" : `पौने ${say(count + 1n)}`;
  return numberInWords(written, { language: "hi" });
}

/** A number before a lakh, crore or thousand. */
export function sayScaled(written: string, scale: string, language: Spoken): string {
  const count = language === "hi" ? hindiQuantity(written) : numberInWords(written, { language });
  return `${count} ${sayScale(scale, language)}`;
}

const UNITS: Readonly<Record<string, readonly [one: string, many: string, hindi: string]>> = {
  km: ["kilometre", "kilometres", "किलोमीटर"],
  "कि.मी.": ["kilometre", "kilometres", "किलोमीटर"],
  "km/h": ["kilometre per hour", "kilometres per hour", "किलोमीटर प्रति घंटा"],
  kmph: ["kilometre per hour", "kilometres per hour", "किलोमीटर प्रति घंटा"],
  m: ["metre", "metres", "मीटर"],
  cm: ["centimetre", "centimetres", "सेंटीमीटर"],
  mm: ["millimetre", "millimetres", "मिलीमीटर"],
  kg: ["kilogram", "kilograms", "किलो"],
  "कि.ग्रा.": ["kilogram", "kilograms", "किलो"],
  g: ["gram", "grams", "ग्राम"],
  gm: ["gram", "grams", "ग्राम"],
  mg: ["milligram", "milligrams", "मिलीग्राम"],
  l: ["litre", "litres", "लीटर"],
  ml: ["millilitre", "millilitres", "मिलीलीटर"],
  "sq ft": ["square foot", "square feet", "स्क्वायर फ़ीट"],
  "sq.ft.": ["square foot", "square feet", "स्क्वायर फ़ीट"],
  sqft: ["square foot", "square feet", "स्क्वायर फ़ीट"],
  ft: ["foot", "feet", "फ़ीट"],
  kw: ["kilowatt", "kilowatts", "किलोवाट"],
  kwh: ["kilowatt hour", "kilowatt hours", "किलोवाट घंटा"],
  mw: ["megawatt", "megawatts", "मेगावाट"],
  gb: ["gigabyte", "gigabytes", "जीबी"],
  mb: ["megabyte", "megabytes", "एमबी"],
  kb: ["kilobyte", "kilobytes", "केबी"],
  tb: ["terabyte", "terabytes", "टीबी"],
  mbps: ["megabit per second", "megabits per second", "एमबीपीएस"],
  "°c": ["degree Celsius", "degrees Celsius", "डिग्री सेल्सियस"],
  "°f": ["degree Fahrenheit", "degrees Fahrenheit", "डिग्री फ़ारेनहाइट"],
  hrs: ["hour", "hours", "घंटे"],
  hr: ["hour", "hours", "घंटे"],
  mins: ["minute", "minutes", "मिनट"],
  min: ["minute", "minutes", "मिनट"],
  sec: ["second", "seconds", "सेकंड"],
  "%": ["percent", "percent", "प्रतिशत"],
};
const UNIT = Object.keys(UNITS)
  .sort((one, other) => other.length - one.length)
  .map((unit) => unit.replace(/[.]/g, "\\."))
  .join("|");

/** `4G` and `5G` are networks, not grams: a capital G alone is no unit. */
const MEASURED = new RegExp(
  `${APART}([-−])?(${NUMBER})(?:\\s?[-–]\\s?(${NUMBER}))?(?:\\s?(${SCALE})(?![\\p{L}\\p{M}\\p{N}]))?(?:\\s?(?!G(?![a-z]))(${UNIT})(?![\\p{L}\\p{M}\\p{N}]))?${ENDS}`,
  "giu",
);

/** "12 MG Road" has no milligrams: these are initials when in capitals, and stay. */
const CAPITALS = /^(?:MG|M|L|G|GM|MIN|SEC|HR)$/;

/** Numbers, ranges, percentages and measures. */
export function sayQuantities(from: MappedText, language: Spoken): MappedText {
  return rewrite(from, MEASURED, ([, sign, first = "", last, scale, unit]) => {
    const say = (written: string) =>
      scale !== undefined && language === "hi" ? hindiQuantity(written) : numberInWords(written, { language });
    const names = unit === undefined || CAPITALS.test(unit) ? undefined : UNITS[unit.toLowerCase()];
    return [
      sign && (language === "hi" ? "माइनस" : "minus"),
      say(first),
      last && `${language === "hi" ? "से" : "to"} ${say(last)}`,
      scale && sayScale(scale, language),
      names === undefined
        ? unit
        : language === "hi"
          ? names[2]
          : first === "1" && last === undefined
            ? names[0]
            : names[1],
    ]
      .filter(Boolean)
      .join(" ");
  });
}
