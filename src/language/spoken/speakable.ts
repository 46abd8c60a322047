import { sayAbbreviations, sayAcronyms, saySigns } from "./abbreviation.js";
import { sayAddresses } from "./address.js";
import { sayDates } from "./calendar.js";
import { sayTimes } from "./clock.js";
import { sayFigures } from "./figures.js";
import { type MappedText, mappedText, rewrite, sourceAt } from "./mapped-text.js";
import { tidySpaces, withoutMarkup } from "./markup.js";
import { sayMoney } from "./money.js";
import { latinDigits } from "./number-words.js";
import { sayOrdinals } from "./ordinal.js";
import { type Spoken, sayQuantities } from "./quantity.js";
import { sayRatios } from "./ratio.js";
import { inDevanagari, inLatin } from "./script.js";

/** A text as a voice is to say it. */
export interface SpokenText {
  readonly text: string;
  /**
   * Where a place in `text` (UTF-16) stems from in the written text. It never falls, and the end stems from the end. Places inside
   * a spoken number are spread over the figures it was written with.
   */
  readonly sourceOf: (index: number) => number;
}

/** How a text is to be spoken. */
export interface SpokenOptions {
  /** The language of numbers, dates and signs. */
  readonly language: "hi" | "en";
  /** What the voice reads Hindi in. English text is always Latin. @default "devanagari" */
  readonly script?: "devanagari" | "latin";
}

/** What a Hindi voice reads Hindi in unless told. */
export const DEFAULT_SPOKEN_SCRIPT = "devanagari";

/**
 * What to give a plain voice for a written text: no markdown, tags or emoji; money, numbers, dates, times, addresses and
 * abbreviations in words, as people in India say them; Hindi in the script the voice reads. Takes time linear in the text's length.
 */
export function speakable(written: string, options: SpokenOptions): SpokenText {
  const { language, script = DEFAULT_SPOKEN_SCRIPT } = options;
  const said = STEPS.reduce((text, step) => step(text, language), mappedText(written));
  const scripted = language === "hi" && script === "devanagari" ? inDevanagari(said) : inLatin(said);
  const spoken = tidySpaces(scripted);
  return { text: spoken.text, sourceOf: (index) => sourceAt(spoken, index) };
}

/** The order matters: what is written longest is said first, plain numbers and signs last. */
const STEPS: readonly ((text: MappedText, language: Spoken) => MappedText)[] = [
  // Markup goes before addresses: the target of a link is not spoken, its text is.
  withoutMarkup,
  sayAddresses,
  (text) => rewrite(text, /[०-९]+/g, ([figures]) => latinDigits(figures)),
  sayMoney,
  sayDates,
  sayFigures,
  sayTimes,
  (text, language) =>
    rewrite(text, /(?<!\d)24\/7(?!\d)/g, () => (language === "hi" ? "चौबीसों घंटे" : "twenty four seven")),
  sayOrdinals,
  sayAbbreviations,
  sayRatios,
  sayQuantities,
  saySigns,
  (text) => sayAcronyms(text),
];
