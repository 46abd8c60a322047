/** A number that is being told figure by figure. */
export interface ToldNumber {
  /** Figures so far. */
  readonly figures: number;
  /** How many it will have, where the words around tell. */
  readonly wanted: number | undefined;
}

const FIGURES: ReadonlySet<string> = new Set(
  (
    "zero oh one two three four five six seven eight nine shunya sunya ek do teen tin char chaar paanch panch chhe chhah che saat sat aath nau no " +
    "शून्य एक दो तीन चार पाँच पांच छह छे सात आठ नौ"
  ).split(" "),
);
const DOUBLED: ReadonlyMap<string, number> = new Map([
  ["double", 2],
  ["triple", 3],
  ["डबल", 2],
  ["ट्रिपल", 3],
]);

/** The words for a number, and how many figures it has. */
const KINDS: readonly (readonly [words: RegExp, figures: number])[] = [
  [/^(?:pincode|pin|पिनकोड|पिन)$/u, 6],
  [/^(?:otp|ओटीपी)$/u, 6],
  [/^(?:phone|mobile|whatsapp|contact|फ़ोन|फोन|मोबाइल|व्हाट्सऐप)$/u, 10],
];

/** Fewer figures than this, with no word for what they are, are an amount or an answer: "two", "do sau". */
const LEAST_UNNAMED = 3;

/** The number that the last words are telling, if they are. */
export function toldNumber(words: readonly string[]): ToldNumber | undefined {
  let figures = 0;
  let at = words.length;
  for (; at > 0; at -= 1) {
    const word = words[at - 1] ?? "";
    const count = /^\p{Nd}+$/u.test(word) ? word.length : FIGURES.has(word) ? 1 : undefined;
    if (count !== undefined) figures += count;
    else if (DOUBLED.has(word)) figures += (DOUBLED.get(word) ?? 1) - 1;
    else break;
  }
  // One word alone is mostly none of a number: "kar do", "oh no".
  if (figures === 0 || (words.length - at === 1 && !/^\p{Nd}/u.test(words[at] ?? ""))) return undefined;
  const before = words.slice(Math.max(0, at - 6), at);
  const wanted = KINDS.find(([kind]) => before.some((word) => kind.test(word)))?.[1];
  return wanted === undefined && figures < LEAST_UNNAMED ? undefined : { figures, wanted };
}

/** The words announce a number that has not begun: "my number is", "मेरा नंबर है". */
export function announcesNumber(words: readonly string[]): boolean {
  const last = words.at(-1) ?? "";
  if (!/^(?:is|hai|h|है)$/u.test(last)) return false;
  const named = words.at(-2) ?? "";
  return /^(?:number|id|नंबर)$/u.test(named) || KINDS.some(([kind]) => kind.test(named));
}
