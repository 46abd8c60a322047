import { type MappedText, rewrite } from "./mapped-text.js";
import type { Spoken } from "./quantity.js";

const LONG_FORMS: Readonly<Record<string, readonly [en: string, hi: string]>> = {
  "dr.": ["Doctor", "डॉक्टर"],
  "mr.": ["Mister", "मिस्टर"],
  "mrs.": ["Missus", "मिसेज़"],
  "ms.": ["Miss", "मिस"],
  "prof.": ["Professor", "प्रोफ़ेसर"],
  "pvt.": ["Private", "प्राइवेट"],
  "ltd.": ["Limited", "लिमिटेड"],
  "e.g.": ["for example", "जैसे"],
  "i.e.": ["that is", "यानी"],
  "vs.": ["versus", "बनाम"],
  vs: ["versus", "बनाम"],
  "approx.": ["approximately", "लगभग"],
  "p.a.": ["per annum", "सालाना"],
  "etc.": ["et cetera", "वगैरह"],
  "a/c": ["account", "अकाउंट"],
  "w/o": ["without", "बिना"],
  "डॉ.": ["doctor", "डॉक्टर"],
  "श्री.": ["shri", "श्री"],
  "कि.मी.": ["kilometres", "किलोमीटर"],
};
const KNOWN = new RegExp(
  `(?<![\\p{L}\\p{M}\\p{N}])(?:${Object.keys(LONG_FORMS)
    .map((short) => short.replaceAll(".", "\\."))
    .join("|")})(?![\\p{L}\\p{M}\\p{N}])`,
  "giu",
);
/** "No." alone is an answer; before a figure it is a number. */
const NUMBERED = /(?<![\p{L}\p{M}])(?:No\.\s?|#\s?)(?=\d)/gu;
/** Said letter by letter. Acronyms said as words (PAN, SIM, RERA, NASA) are not here, so they stay. */
const SPELLED = new Set(
  "EMI GST KYC SMS ATM OTP UPI IFSC SBI HDFC ICICI LIC TV AC DC API USA UK UAE ID CEO HR IT SIP NRI MBA RTO RBI CVV FD RD EV LED LPG CNG GPS FAQ PDF URL USP ROI ITR TDS CA ABC BPO CRM NGO IPO GB MB NOC RC PUC PF EPF ESI HR BJP IPL".split(
    " ",
  ),
);

/** Abbreviations in full. */
export function sayAbbreviations(from: MappedText, language: Spoken): MappedText {
  const numbered = rewrite(from, NUMBERED, () => (language === "hi" ? "नंबर " : "number "));
  return rewrite(numbered, KNOWN, ([short]) => LONG_FORMS[short.toLowerCase()]?.[language === "hi" ? 1 : 0]);
}

/** Acronyms letter by letter. */
export function sayAcronyms(from: MappedText): MappedText {
  return rewrite(from, /(?<![\p{L}\p{M}\p{N}])[A-Z]{2,5}(?![\p{L}\p{M}\p{N}])/gu, ([word]) =>
    SPELLED.has(word) ? [...word].join(" ") : undefined,
  );
}

const SIGNS: readonly (readonly [RegExp, en: string, hi: string])[] = [
  [/(?<=\p{L}\p{M}*)_+(?=\p{L})/gu, " ", " "],
  [/\s?&\s?/g, " and ", " और "],
  [/\s?\+\s?/g, " plus ", " प्लस "],
  [/\s?(?:≤|<=)\s?/g, " at most ", " ज़्यादा से ज़्यादा "],
  [/\s?(?:≥|>=)\s?/g, " at least ", " कम से कम "],
  [/\s?<\s?/g, " less than ", " से कम "],
  [/\s?>\s?/g, " more than ", " से ज़्यादा "],
  [/\s?=\s?/g, " equals ", " बराबर "],
  [/\s?×\s?/g, " times ", " गुणा "],
  [/\s?@\s?/g, " at ", " at "],
  [/(?<=[\p{L}\p{M}])\/(?=\p{L})/gu, " ", " "],
  [/[#|\\^~{}[\]_]+/g, " ", " "],
  [/(?<=[\p{L}\p{M}\p{N}])%/gu, " percent", " प्रतिशत"],
];

/** Signs that are words when spoken, and those that are nothing. */
export function saySigns(from: MappedText, language: Spoken): MappedText {
  return SIGNS.reduce((text, [sign, en, hi]) => rewrite(text, sign, () => (language === "hi" ? hi : en)), from);
}
