/**
 * How an abbreviation stands in a sentence:
 *
 * - `title`: in front of a name, a number or another word. Never the last of a sentence: "Dr.", "Rs.", "डॉ.".
 * - `number`: in front of a number, and an ordinary word elsewhere: "No. 5", but "No. Not today."
 * - `suffix`: behind a name; the sentence may end with it: "Co.", "etc."
 * - `clock`: "a.m."; the sentence may end with it.
 * - `letters`: single letters with dots, "U.S." or "A.P.J."; the sentence seldom ends with them.
 * - `initial`: one capital letter.
 */
export type Abbreviation = "title" | "number" | "suffix" | "clock" | "letters" | "initial";

const LISTED: ReadonlyMap<string, Abbreviation> = new Map([
  ...listed(
    "title",
    "dr mr mrs ms mx prof shri sri smt km kum adv er hon rev gen col maj capt lt mt pt rs inr usd approx dept govt vs viz e.g i.e cf al pvt est max min tel ph mob whatsapp.no add addr",
  ),
  ...listed("title", "डॉ डा श्री श्रीमती सुश्री कु प्रो पं मो रु रू इं एड कि.मी कि.ग्रा से.मी मि.मी मी ग्रा"),
  ...listed("number", "no nos p pp fig vol art sec ch pg n° नं क्र पृ"),
  ...listed("suffix", "co inc ltd corp bros jr sr etc st rd ave blvd इत्यादि लि"),
  ...listed("clock", "a.m p.m am.pm"),
]);

function listed(kind: Abbreviation, words: string): [string, Abbreviation][] {
  return words.split(" ").map((word) => [word, kind]);
}

/** What a word in front of a full stop abbreviates, if anything. */
export function abbreviationOf(word: string): Abbreviation | undefined {
  const known = LISTED.get(word.toLowerCase());
  if (known !== undefined) return known;
  if (/^(?:\p{L}\p{M}*\.)+\p{L}\p{M}*$/u.test(word)) return "letters";
  // Devanagari letter by letter: "ए.पी.जे".
  if (/^(?:[\p{Script=Devanagari}\p{M}]{1,4}\.)+[\p{Script=Devanagari}\p{M}]{1,4}$/u.test(word)) return "letters";
  return /^\p{Lu}$/u.test(word) ? "initial" : undefined;
}

const STARTERS = new Set(
  (
    "a an and are as at but can could did do does for from had has have he her here his how i if in is it its let may my no now of on or our " +
    "please shall she should so thank that the then there these they this those to was we were what when where which who why will with would yes you your " +
    "aap aapka aapki aapke aaj abhi agar aur haan hum hamara hamare is iska iske ji kab kahan kal kaise kaun kya kyun lekin main mera mere nahi par phir " +
    "to toh unka uska vah woh yah yeh"
  ).split(" "),
);

/** Words that begin sentences more often than they go on with a name. */
export function startsSentences(word: string): boolean {
  return STARTERS.has(word.toLowerCase());
}
