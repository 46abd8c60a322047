import { wordsOf } from "../../../language/words.js";

/** Whether the words that were spoken are those that were asked for: signs and capitals do not count, nor how numbers are written. */
export function saysTheSame(asked: string, spoken: string): boolean {
  return comparable(asked) === comparable(spoken);
}

function comparable(text: string): string {
  return wordsOf(text)
    .filter((word) => !/\p{N}/u.test(word))
    .join(" ");
}
