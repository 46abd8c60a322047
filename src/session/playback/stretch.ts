/** Gathers small chunks of audio into stretches of one length. */
export interface Stretch {
  /** Takes a chunk; gives the whole stretches there are now. */
  push(audio: Uint8Array): Uint8Array[];
  /** What is gathered so far, shorter than a stretch; maybe empty. */
  take(): Uint8Array;
}

const NOTHING = new Uint8Array(0);

export function createStretch(stretchBytes: number): Stretch {
  let gathered: Uint8Array = NOTHING;
  return {
    push(audio) {
      let rest = gathered.length === 0 ? audio : concatenated(gathered, audio);
      const whole: Uint8Array[] = [];
      for (; rest.length >= stretchBytes; rest = rest.subarray(stretchBytes))
        whole.push(rest.subarray(0, stretchBytes));
      gathered = rest;
      return whole;
    },
    take() {
      const taken = gathered;
      gathered = NOTHING;
      return taken;
    },
  };
}

function concatenated(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
