/**
 * The words of a text, lower-cased and without punctuation. Devanagari vowel signs and nukta stay with their letters,
 * apostrophes go ("don't" is `dont`).
 */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize("NFC")
      .toLowerCase()
      .replace(/['’]/g, "")
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  );
}
