/**
 * One sound of a word as the recogniser's phones (ARPAbet), likeliest way first. A way may be two phones (`"K HH"`) or
 * none (`""`): a sound that is often swallowed.
 */
export type Sound = readonly string[];

/**
 * The likeliest ways to say a word: those that take each sound's first way come first, then those that change one
 * sound, then two; no way twice.
 * @param most How many ways to give at most.
 */
export function waysToSay(sounds: readonly Sound[], most: number): string[] {
  const ways = new Set<string>();
  let changed: readonly (readonly number[])[] = [sounds.map(() => 0)];
  while (changed.length > 0 && ways.size < most) {
    for (const picks of changed) {
      const way = spoken(sounds, picks);
      if (way !== "" && ways.size < most) ways.add(way);
    }
    changed = changed.flatMap((picks) => oneMoreChange(sounds, picks));
  }
  return [...ways];
}

function spoken(sounds: readonly Sound[], picks: readonly number[]): string {
  const phones = sounds.flatMap((sound, at) => (sound[picks[at] as number] as string).split(" ")).filter(Boolean);
  // A doubled consonant is one long one, which the phones cannot tell.
  return phones.filter((phone, at) => phone !== phones[at - 1]).join(" ");
}

/** Changes sounds from left to right only, so that no set of changes comes twice. */
function oneMoreChange(sounds: readonly Sound[], picks: readonly number[]): number[][] {
  const from = picks.findLastIndex((pick) => pick > 0) + 1;
  return sounds
    .slice(from)
    .flatMap((sound, offset) =>
      sound.slice(1).map((_, way) => picks.map((pick, at) => (at === from + offset ? way + 1 : pick))),
    );
}
