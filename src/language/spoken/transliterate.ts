import { DEVANAGARI_BY_LATIN, LATIN_BY_DEVANAGARI } from "./spellings.js";

const pairs = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text
      .normalize("NFC")
      .trim()
      .split(/\s+/)
      .map((pair) => pair.split(":") as [string, string]),
  );

const CONSONANTS =
  pairs(`क:k ख:kh ग:g घ:gh ङ:n च:ch छ:chh ज:j झ:jh ञ:n ट:t ठ:th ड:d ढ:dh ण:n त:t थ:th द:d ध:dh न:n प:p फ:ph ब:b भ:bh म:m
  य:y र:r ल:l व:v श:sh ष:sh स:s ह:h ळ:l क़:q ख़:kh ग़:g ज़:z ड़:d ढ़:dh फ़:f`);
const SIGNS = pairs("ा:aa ि:i ी:ee ु:u ू:oo ृ:ri े:e ै:ai ो:o ौ:au ॉ:o ॅ:e");
const VOWELS = pairs("अ:a आ:aa इ:i ई:ee उ:u ऊ:oo ऋ:ri ए:e ऐ:ai ओ:o औ:au ऑ:o ऍ:e");
const LATIN_CONSONANTS =
  pairs(`chh:छ kh:ख gh:घ ch:च jh:झ th:थ dh:ध ph:फ bh:भ sh:श k:क g:ग c:क j:ज t:त d:द n:न p:प b:ब m:म y:य r:र l:ल v:व w:व s:स h:ह
  q:क़ z:ज़ f:फ़ x:क्स`);
const LATIN_VOWELS: Readonly<Record<string, readonly [letter: string, sign: string]>> = {
  aa: ["आ", "ा"],
  ai: ["ऐ", "ै"],
  au: ["औ", "ौ"],
  ee: ["ई", "ी"],
  ii: ["ई", "ी"],
  oo: ["ऊ", "ू"],
  uu: ["ऊ", "ू"],
  a: ["अ", ""],
  i: ["इ", "ि"],
  u: ["उ", "ु"],
  e: ["ए", "े"],
  o: ["ओ", "ो"],
};

interface Syllable {
  readonly onset: string;
  readonly vowel: string;
  readonly inherent: boolean;
  readonly nasal: string;
  /** How many consonants begin it. */
  readonly weight: number;
}

/** One Devanagari word in Latin letters, as people type it. */
export function latinWord(word: string): string {
  const written = word.normalize("NFC");
  const known = LATIN_BY_DEVANAGARI.get(written);
  if (known !== undefined) return known;
  const syllables = syllablesOf(written);
  const silent = new Set<number>();
  for (let index = syllables.length - 1; index > 0; index--) {
    if (isSilent(syllables, index, silent)) silent.add(index);
  }
  return syllables
    .map(({ onset, vowel, nasal }, index) => {
      const atEnd = index === syllables.length - 1 && nasal === "";
      const said = silent.has(index) ? "" : atEnd ? vowel.replace("ee", "i").replace("oo", "u") : vowel;
      return onset + (atEnd && said === "aa" ? "a" : said) + nasal;
    })
    .join("");
}

/** Hindi does not say the short a at a word's end, nor between a vowel and a single consonant with a vowel of its own. */
function isSilent(syllables: readonly Syllable[], index: number, silent: ReadonlySet<number>): boolean {
  const here = syllables[index];
  if (!here?.inherent || here.nasal !== "") return false;
  const next = syllables[index + 1];
  // "satya" and "mitra" keep theirs, "maarch" and "dost" do not.
  if (next === undefined) return here.weight === 1 || !/[yrv]$/.test(here.onset);
  return here.weight === 1 && next.weight === 1 && next.vowel !== "" && !silent.has(index + 1);
}

function syllablesOf(word: string): Syllable[] {
  const found: Syllable[] = [];
  const pattern = /((?:[क-हळ]़?्)*[क-हळ]़?)(्|[ा-ौ])?([ंँः]*)|([अ-औ])([ंँः]*)|[\s\S]/gu;
  for (const [whole, cluster, sign, marks, vowel, vowelMarks] of word.matchAll(pattern)) {
    const nasal = /[ंँ]/.test(marks ?? vowelMarks ?? "") ? "n" : "";
    if (cluster !== undefined) {
      const letters = cluster.match(/[क-हळ]़?/gu) ?? [];
      const onset = letters
        .map((letter) => CONSONANTS.get(letter) ?? CONSONANTS.get(letter[0] ?? "") ?? "")
        .join("")
        .replace("jn", "gy");
      const bare = sign === "्";
      found.push({
        onset,
        vowel: bare ? "" : sign === undefined ? "a" : (SIGNS.get(sign) ?? ""),
        inherent: sign === undefined,
        nasal,
        weight: letters.length,
      });
    } else if (vowel !== undefined)
      found.push({ onset: "", vowel: VOWELS.get(vowel) ?? "", inherent: false, nasal, weight: 0 });
    else if (!/\p{M}/u.test(whole)) found.push({ onset: whole, vowel: "", inherent: false, nasal: "", weight: 0 });
  }
  return found;
}

/** One romanised Hindi word in Devanagari: the dictionary first, then rules. Latin spelling tells no t from ट and not every vowel's length. */
export function devanagariWord(word: string): string {
  const lower = word.toLowerCase();
  const known = DEVANAGARI_BY_LATIN.get(lower);
  if (known !== undefined) return known;
  let spoken = "";
  let afterConsonant = false;
  for (let at = 0; at < lower.length; ) {
    const consonant = longest(lower, at, 3, (piece) => LATIN_CONSONANTS.get(piece));
    const vowel = consonant ? undefined : longest(lower, at, 2, (piece) => LATIN_VOWELS[piece]);
    if (consonant) {
      const [letter, length] = consonant;
      const before = lower[at - 1];
      if (
        afterConsonant &&
        (before === "n" || (before === "m" && /[bp]/.test(lower[at] ?? ""))) &&
        lower[at] !== before &&
        lower[at] !== "h" &&
        lower[at] !== "y"
      ) {
        spoken = `${spoken.slice(0, -1)}ं`;
      } else if (afterConsonant) spoken += "्";
      spoken += letter;
      afterConsonant = true;
      at += length;
    } else if (vowel) {
      const [[letter, sign], length] = vowel;
      const last = at + length === lower.length;
      const long = last && length === 1 ? { a: "ा", i: "ी", u: "ू" }[lower[at] ?? ""] : undefined;
      spoken += afterConsonant ? (long ?? sign) : letter;
      afterConsonant = false;
      at += length;
    } else {
      spoken += lower[at++];
      afterConsonant = false;
    }
  }
  return spoken.normalize("NFC");
}

function longest<Found>(
  text: string,
  at: number,
  most: number,
  find: (piece: string) => Found | undefined,
): readonly [Found, number] | undefined {
  for (let length = Math.min(most, text.length - at); length > 0; length--) {
    const found = find(text.slice(at, at + length));
    if (found !== undefined) return [found, length];
  }
  return undefined;
}
