import { BolchaalError } from "../../errors.js";

/** In which language a number is said. */
export interface NumberOptions {
  readonly language: "hi" | "en";
}

const ENGLISH_SMALL =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const ENGLISH_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
/** Hindi has a word of its own for each number below a hundred. */
const HINDI_SMALL = `शून्य एक दो तीन चार पाँच छह सात आठ नौ
  दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस
  बीस इक्कीस बाईस तेईस चौबीस पच्चीस छब्बीस सत्ताईस अट्ठाईस उनतीस
  तीस इकतीस बत्तीस तैंतीस चौंतीस पैंतीस छत्तीस सैंतीस अड़तीस उनतालीस
  चालीस इकतालीस बयालीस तैंतालीस चौंतालीस पैंतालीस छियालीस सैंतालीस अड़तालीस उनचास
  पचास इक्यावन बावन तिरपन चौवन पचपन छप्पन सत्तावन अट्ठावन उनसठ
  साठ इकसठ बासठ तिरसठ चौंसठ पैंसठ छियासठ सड़सठ अड़सठ उनहत्तर
  सत्तर इकहत्तर बहत्तर तिहत्तर चौहत्तर पचहत्तर छिहत्तर सतहत्तर अठहत्तर उनासी
  अस्सी इक्यासी बयासी तिरासी चौरासी पचासी छियासी सत्तासी अट्ठासी नवासी
  नब्बे इक्यानवे बानवे तिरानवे चौरानवे पचानवे छियानवे सत्तानवे अट्ठानवे निन्यानवे`
  .normalize("NFC")
  .split(/\s+/);

const WORDS = {
  en: { hundred: "hundred", thousand: "thousand", lakh: "lakh", crore: "crore", point: "point", minus: "minus" },
  hi: { hundred: "सौ", thousand: "हज़ार", lakh: "लाख", crore: "करोड़", point: "दशमलव", minus: "माइनस" },
} as const;

const CRORE = 10_000_000n;
const STEPS = [
  ["lakh", 100_000n],
  ["thousand", 1000n],
  ["hundred", 100n],
] as const;

/** The most figures a number may have to be said as one; longer ones are said figure by figure. */
export const LONGEST_SPOKEN_NUMBER = 15;

/**
 * A number as it is said in India: crore, lakh, thousand; figures after the point one by one. Above a crore the crores are counted
 * on ("one thousand crore"), as people do, and not called arab or kharab.
 *
 * @param value A finite number, or a text of figures (either script) that may have a sign, commas and a decimal point.
 * @throws BolchaalError `invalid-option` if it is not a number.
 */
export function numberInWords(value: number | bigint | string, options: NumberOptions): string {
  const written = plainFigures(value);
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(written);
  if (!parts) {
    throw new BolchaalError(`"${value}" is not a number. Give a finite number, or a text of figures.`, {
      code: "invalid-option",
      component: "session",
    });
  }
  const [, sign, whole = "", decimals] = parts;
  const words = WORDS[options.language];
  const said =
    whole.length > LONGEST_SPOKEN_NUMBER ? digitsInWords(whole, options) : wholeInWords(BigInt(whole), options);
  return [sign && words.minus, said, decimals && `${words.point} ${digitsInWords(decimals, options)}`]
    .filter(Boolean)
    .join(" ");
}

/** Figure by figure: "110001" is "one one zero zero zero one". What is no figure is left out. */
export function digitsInWords(figures: string, options: NumberOptions): string {
  const small = options.language === "hi" ? HINDI_SMALL : ENGLISH_SMALL;
  return (latinDigits(figures).match(/\d/g) ?? []).map((figure) => small[Number(figure)]).join(" ");
}

/** Devanagari figures as 0 to 9; each place keeps its index. */
export function latinDigits(text: string): string {
  return text.replace(/[०-९]/g, (figure) => String(figure.charCodeAt(0) - 0x0966));
}

function plainFigures(value: number | bigint | string): string {
  if (typeof value === "number" && Number.isFinite(value) && /e/i.test(String(value))) {
    return Math.abs(value) >= 1 ? BigInt(Math.trunc(value)).toString() : value.toFixed(20).replace(/\.?0+$/, "");
  }
  return latinDigits(String(value).trim()).replaceAll(",", "");
}

function wholeInWords(value: bigint, options: NumberOptions): string {
  const words = WORDS[options.language];
  if (value >= CRORE) {
    const rest = value % CRORE;
    return joined(`${wholeInWords(value / CRORE, options)} ${words.crore}`, rest, options);
  }
  for (const [name, size] of STEPS) {
    if (value >= size) return joined(`${wholeInWords(value / size, options)} ${words[name]}`, value % size, options);
  }
  return belowHundred(Number(value), options);
}

function joined(head: string, rest: bigint, options: NumberOptions): string {
  return rest === 0n ? head : `${head} ${wholeInWords(rest, options)}`;
}

function belowHundred(value: number, { language }: NumberOptions): string {
  if (language === "hi") return HINDI_SMALL[value] ?? "";
  if (value < 20) return ENGLISH_SMALL[value] ?? "";
  const tens = ENGLISH_TENS[Math.floor(value / 10)] ?? "";
  return value % 10 === 0 ? tens : `${tens} ${ENGLISH_SMALL[value % 10]}`;
}
