import { type MappedText, rewrite } from "./mapped-text.js";
import { numberInWords } from "./number-words.js";
import { APART, ENDS, NUMBER, SCALE, type Spoken, sayScaled } from "./quantity.js";

interface Currency {
  readonly en: readonly [one: string, many: string, part: string];
  readonly hi: readonly [one: string, many: string, part: string];
}

const RUPEE: Currency = { en: ["rupee", "rupees", "paise"], hi: ["रुपया", "रुपये", "पैसे"] };
const OTHERS: Readonly<Record<string, Currency>> = {
  $: { en: ["dollar", "dollars", "cents"], hi: ["डॉलर", "डॉलर", "सेंट"] },
  usd: { en: ["dollar", "dollars", "cents"], hi: ["डॉलर", "डॉलर", "सेंट"] },
  "€": { en: ["euro", "euros", "cents"], hi: ["यूरो", "यूरो", "सेंट"] },
  "£": { en: ["pound", "pounds", "pence"], hi: ["पाउंड", "पाउंड", "पेंस"] },
};
const MONEY = new RegExp(
  `(?<![\\p{L}\\p{M}\\p{N}])(₹|Rs\\.?|INR|रु\\.?|रू\\.?|USD|[$€£])\\s?(${NUMBER})(?:\\s?[-–]\\s?(?:₹|Rs\\.?)?\\s?(${NUMBER}))?(?:\\s?(${SCALE})(?![\\p{L}\\p{M}\\p{N}]))?(?:\\s?/-)?${ENDS}`,
  "giu",
);
const RUPEE_TAIL = new RegExp(`${APART}(${NUMBER})\\s?/-`, "gu");

/** Sums of money: the currency goes behind, as it is spoken. */
export function sayMoney(from: MappedText, language: Spoken): MappedText {
  const signed = rewrite(from, MONEY, ([, sign = "", first = "", last, scale]) => {
    const currency = OTHERS[sign.toLowerCase()] ?? RUPEE;
    const until = last === undefined ? "" : ` ${language === "hi" ? "से" : "to"} `;
    if (scale !== undefined) {
      const head = last === undefined ? "" : numberInWords(first, { language }) + until;
      return `${head}${sayScaled(last ?? first, scale, language)} ${currency[language][1]}`;
    }
    if (last !== undefined) return numberInWords(first, { language }) + until + saySum(last, currency, language);
    return saySum(first, currency, language);
  });
  return rewrite(signed, RUPEE_TAIL, ([, sum = ""]) => saySum(sum, RUPEE, language));
}

function saySum(written: string, currency: Currency, language: Spoken): string {
  const [whole = "0", decimals = ""] = written.replaceAll(",", "").split(".");
  const [one, many, part] = currency[language];
  if (decimals.length > 2) return `${numberInWords(written, { language })} ${many}`;
  const parts = Number(decimals.padEnd(2, "0"));
  const wholes = BigInt(whole);
  const head = wholes === 0n && parts > 0 ? "" : `${numberInWords(wholes, { language })} ${wholes === 1n ? one : many}`;
  const tail = parts === 0 ? "" : `${numberInWords(parts, { language })} ${part}`;
  return [head, tail].filter(Boolean).join(" ");
}
