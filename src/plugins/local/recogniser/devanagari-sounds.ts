import type { Sound } from "./sounds.js";

/**
 * How Hindi in Devanagari sounds, in the phones of an English model. Aspirates lose their breath, dental and retroflex
 * letters fall together, since the model hears no difference.
 */
const CONSONANTS: Readonly<Record<string, Sound>> = {
  क: ["K"],
  ख: ["K", "K HH"],
  ग: ["G"],
  घ: ["G", "G HH"],
  ङ: ["NG"],
  च: ["CH"],
  छ: ["CH", "CH HH", "T Y"],
  ज: ["JH", "Y"],
  झ: ["JH", "JH HH"],
  ञ: ["N"],
  ट: ["T"],
  ठ: ["T", "T HH"],
  ड: ["D"],
  ढ: ["D", "D HH"],
  ण: ["N"],
  त: ["T", "TH"],
  थ: ["T", "TH"],
  द: ["D", "DH", "B"],
  ध: ["D", "DH"],
  न: ["N"],
  प: ["P"],
  फ: ["P", "F"],
  ब: ["B"],
  भ: ["B", "B HH"],
  म: ["M"],
  य: ["Y"],
  र: ["R"],
  ल: ["L"],
  ळ: ["L"],
  व: ["V", "W"],
  श: ["SH"],
  ष: ["SH"],
  स: ["S", "TH"],
  ह: ["HH"],
  क़: ["K"],
  ख़: ["K", "HH"],
  ग़: ["G"],
  ज़: ["Z", "JH"],
  ड़: ["R", "D"],
  ढ़: ["R", "D"],
  फ़: ["F"],
};

const VOWELS: Readonly<Record<string, Sound>> = {
  अ: ["AH"],
  आ: ["AA"],
  इ: ["IH"],
  ई: ["IY"],
  उ: ["UH"],
  ऊ: ["UW"],
  ऋ: ["R IH"],
  ए: ["EY", "EH", "IH"],
  ऐ: ["EH", "AE"],
  ओ: ["OW"],
  औ: ["AO", "AW"],
  ऑ: ["AO", "AA"],
  ऍ: ["AE"],
};

/** Vowel signs, and the letters they stand for. */
const SIGNS: Readonly<Record<string, string>> = {
  "ा": "आ",
  "ि": "इ",
  "ी": "ई",
  "ु": "उ",
  "ू": "ऊ",
  "ृ": "ऋ",
  "े": "ए",
  "ै": "ऐ",
  "ो": "ओ",
  "ौ": "औ",
  "ॉ": "ऑ",
  "ॅ": "ऍ",
};

const VIRAMA = "्";
const NUKTA = "़";
const NASAL_SIGNS = "ंँ";
const LABIALS = "पफबभम";
const VELARS = "कखगघ";
/** A short vowel at the end of a word is a long one, as spoken. */
const FINAL_VOWELS: Readonly<Record<string, Sound>> = { इ: ["IY"], उ: ["UW"] };

interface Letter {
  readonly kind: "consonant" | "vowel" | "nasal";
  readonly letter: string;
  /** The "a" that a bare consonant carries: spoken or not by its place. */
  readonly inherent?: boolean;
}

/** The sounds of a word in Devanagari; letters of other scripts are passed over. */
export function devanagariSounds(word: string): Sound[] {
  const letters = withoutSilentVowels(lettersOf(word));
  return letters.map((letter, at) => soundOf(letter, letters[at + 1], letters[at - 1]));
}

function lettersOf(word: string): Letter[] {
  const characters = [...word.normalize("NFD")];
  const letters: Letter[] = [];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] as string;
    if (NASAL_SIGNS.includes(character)) letters.push({ kind: "nasal", letter: character });
    else if (character in VOWELS) letters.push({ kind: "vowel", letter: character });
    else if (SIGNS[character] !== undefined) letters.push({ kind: "vowel", letter: SIGNS[character] });
    else if (character in CONSONANTS) {
      const dotted = characters[at + 1] === NUKTA ? `${character}${NUKTA}` : undefined;
      if (dotted !== undefined) at += 1;
      letters.push({ kind: "consonant", letter: dotted !== undefined && dotted in CONSONANTS ? dotted : character });
      const next = characters[at + 1];
      if (next === VIRAMA) at += 1;
      else if (next === undefined || SIGNS[next] === undefined)
        letters.push({ kind: "vowel", letter: "अ", inherent: true });
    }
  }
  return letters;
}

/**
 * Hindi swallows the inherent vowel at the end of a word, and between a vowel with its consonant and a consonant with its
 * vowel (`VC_CV`), counted from the right: "लगेगा" stays, "करना" is "karna". Before "ह" it stays ("दोपहर").
 */
function withoutSilentVowels(letters: readonly Letter[]): Letter[] {
  const kept = [...letters];
  const kindAt = (at: number) => kept[at]?.kind;
  for (let at = kept.length - 1; at > 1; at -= 1) {
    if (kept[at]?.inherent !== true) continue;
    const final = at === kept.length - 1 && kept.some(({ kind }, other) => kind === "vowel" && other !== at);
    const between =
      kept[at + 1]?.letter !== "ह" &&
      kindAt(at - 2) === "vowel" &&
      kindAt(at - 1) === "consonant" &&
      kindAt(at + 1) === "consonant" &&
      kindAt(at + 2) === "vowel";
    if (final || between) kept.splice(at, 1);
  }
  return kept;
}

function soundOf({ kind, letter }: Letter, next: Letter | undefined, previous: Letter | undefined): Sound {
  if (kind === "nasal") return nasalBefore(next);
  // At the end of a word and of a syllable ("सुबह", "मेहनत") the breath may go.
  if (letter === "ह" && previous !== undefined && next?.kind !== "vowel") return ["HH", ""];
  if (kind === "consonant") return CONSONANTS[letter] ?? [];
  // "kahna", "bahut": an "a" before "h" is spoken towards "e".
  if (letter === "अ" && next?.letter === "ह") return ["EH", "AH"];
  if (letter === "अ" && previous?.letter === "ह") return ["AH", "EH"];
  return (next === undefined ? FINAL_VOWELS[letter] : undefined) ?? VOWELS[letter] ?? [];
}

/** The dot before a consonant is the nasal made where the consonant is made; elsewhere it only colours its vowel. */
function nasalBefore(next: Letter | undefined): Sound {
  if (next === undefined) return ["", "N", "NG"];
  if (next.kind === "vowel") return ["", "N"];
  if (LABIALS.includes(next.letter)) return ["M"];
  return VELARS.includes(next.letter) ? ["NG", "N"] : ["N", ""];
}
