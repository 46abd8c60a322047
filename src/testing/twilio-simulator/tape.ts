/** Sound as it comes, in pieces. */
export interface Tape {
  /** How long it is so far, in ms of µ-law at 8 kHz. */
  readonly lengthMs: number;
  add(sound: Uint8Array): void;
  /** All of it. Empty if nothing was kept. */
  sound(): Uint8Array;
}

/** @param keep Without it, only the length is known. */
export function createTape(keep: boolean): Tape {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  return {
    get lengthMs() {
      return bytes / 8;
    },
    add(sound) {
      bytes += sound.length;
      if (keep) pieces.push(sound);
    },
    sound: () => Uint8Array.from(Buffer.concat(pieces)),
  };
}
