import type { Sound } from "./sounds.js";

/**
 * How romanised Hindi sounds, as people type it: longest spelling first where two begin alike. Casual spelling leaves the
 * length of vowels open, so most have two ways. English names not in the dictionary are read by these rules too.
 */
const SPELLINGS: Readonly<Record<string, Sound>> = {
  aa: ["AA"],
  ai: ["EH", "AY", "AE"],
  au: ["AO", "AW", "AA UW"],
  ay: ["EY", "AY"],
  aiy: ["AA IY", "EH Y"],
  iy: ["IY", "IH Y"],
  ee: ["IY"],
  ei: ["EY"],
  ey: ["EY"],
  ii: ["IY"],
  oo: ["UW"],
  ou: ["AW", "OW"],
  oi: ["OW IY", "OY"],
  uu: ["UW"],
  a: ["AH", "AA"],
  e: ["EY", "EH"],
  i: ["IH", "IY"],
  o: ["OW", "AO"],
  u: ["UH", "UW"],
  chh: ["CH", "CH HH", "T Y"],
  ksh: ["K SH"],
  ch: ["CH"],
  kh: ["K", "K HH"],
  gh: ["G", "G HH"],
  gy: ["G Y"],
  jh: ["JH"],
  jn: ["G Y"],
  th: ["T", "TH"],
  dh: ["D", "DH"],
  ph: ["P", "F"],
  bh: ["B", "B HH"],
  sh: ["SH"],
  ck: ["K"],
  ng: ["NG G", "NG"],
  nk: ["NG K"],
  tr: ["T R"],
  b: ["B"],
  c: ["K"],
  d: ["D", "DH", "B"],
  f: ["F", "P"],
  g: ["G"],
  h: ["HH"],
  j: ["JH", "Y"],
  k: ["K"],
  l: ["L"],
  m: ["M"],
  n: ["N"],
  p: ["P"],
  q: ["K"],
  r: ["R"],
  s: ["S", "TH"],
  t: ["T", "TH"],
  v: ["V", "W"],
  w: ["V", "W"],
  x: ["K S"],
  y: ["Y"],
  z: ["Z", "JH"],
};

const LONGEST_SPELLING = 3;
/** At the end of a word vowels are long. */
const FINAL: Readonly<Record<string, Sound>> = {
  a: ["AA", "AH"],
  i: ["IY"],
  u: ["UW"],
  e: ["EY", "EH"],
  o: ["OW"],
  y: ["IY"],
};
/** "haan", "nahin", "mein", "kaun": an n behind a last vowel may be no more than a nasal vowel. */
const FINAL_NASAL: Sound = ["N", "", "NG"];
/** At the end of a word and of a syllable ("subah", "mehnat") the breath may go. */
const SWALLOWED_H: Sound = ["HH", ""];
const VOWEL_LETTERS = /^[aeiou]/;

/** The sounds of a word in Latin letters; other characters are passed over. */
export function romanisedSounds(word: string): Sound[] {
  const spellings = spellingsOf(word.toLowerCase());
  return spellings.map((spelling, at) => {
    const next = spellings[at + 1];
    const previous = spellings[at - 1];
    if (next === undefined) {
      if (previous !== undefined && FINAL[spelling] !== undefined) return FINAL[spelling];
      if (spelling === "n" && previous !== undefined && VOWEL_LETTERS.test(previous)) return FINAL_NASAL;
    }
    // "kahna", "bahut": an "a" beside "h" is spoken towards "e".
    if (spelling === "a" && next === "h") return ["EH", "AH", "AA"];
    if (spelling === "h" && at > 0 && !VOWEL_LETTERS.test(next ?? "")) return SWALLOWED_H;
    // "paanch", "chaand": the n may be no more than a nasal vowel.
    if (spelling === "n" && next === "ch") return ["N", ""];
    if (spelling === "n" && next !== undefined && /^[pb]/.test(next)) return ["M", "N"];
    return SPELLINGS[spelling] ?? [];
  });
}

function spellingsOf(word: string): string[] {
  const spellings: string[] = [];
  for (let at = 0; at < word.length; ) {
    let length = LONGEST_SPELLING;
    while (length > 1 && !(word.slice(at, at + length) in SPELLINGS)) length -= 1;
    const spelling = word.slice(at, at + length);
    if (spelling in SPELLINGS) spellings.push(spelling);
    at += length;
  }
  return spellings;
}
