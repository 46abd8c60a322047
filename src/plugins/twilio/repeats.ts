/** So many numbers are remembered: a second of audio and more. */
export const REMEMBERED_NUMBERS = 64;

/** Tells whether a message with this number came before, not long ago. Without a number nothing can be told. */
export function createRepeatCheck(): (sequenceNumber: number | undefined) => boolean {
  const seen = new Set<number>();
  return (sequenceNumber) => {
    if (sequenceNumber === undefined) return false;
    if (seen.has(sequenceNumber)) return true;
    seen.add(sequenceNumber);
    const [oldest] = seen;
    if (seen.size > REMEMBERED_NUMBERS && oldest !== undefined) seen.delete(oldest);
    return false;
  };
}
