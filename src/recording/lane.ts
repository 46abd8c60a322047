/** Sound at its place in time. Places and lengths are counted in samples. */
interface Stretch {
  /** What it belongs to, and where in that it begins. */
  readonly label: number;
  readonly offset: number;
  readonly from: number;
  readonly audio: Uint8Array;
}

/** One voice on the line of time: sound is put where it was heard, taken out in order, and what lies between is silence. */
export class Lane {
  readonly #width: number;
  readonly #silentByte: number;
  #stretches: Stretch[] = [];
  #label = 0;
  /** How much of the present label was put. */
  #labelled = 0;
  #takenTo = 0;

  /** @param width The bytes of a sample. */
  constructor(width: number, silentByte: number) {
    this.#width = width;
    this.#silentByte = silentByte;
  }

  /** Where the sound put so far ends. */
  get end(): number {
    const last = this.#stretches.at(-1);
    return last === undefined ? this.#takenTo : Math.max(this.#takenTo, this.#endOf(last));
  }

  /** Puts sound at `from`, or behind what is there already; what would stand before the part that was taken is lost. */
  put(audio: Uint8Array, from: number, label = 0): void {
    if (label !== this.#label) this.#labelled = 0;
    this.#label = label;
    this.#stretches.push({ label, offset: this.#labelled, from: Math.max(from, this.end), audio });
    this.#labelled += audio.length / this.#width;
  }

  /** Nothing is heard from `from` on. */
  cut(from: number): void {
    this.#keep((stretch) => from - stretch.from);
  }

  /** Of what has this label, only the first `samples` were heard. */
  cutLabel(label: number, samples: number): void {
    this.#keep((stretch) => (stretch.label === label ? samples - stretch.offset : Number.POSITIVE_INFINITY));
  }

  /** What is heard up to `to`, from where the last one ended. */
  take(to: number): Uint8Array {
    const from = this.#takenTo;
    const taken = new Uint8Array(Math.max(0, to - from) * this.#width).fill(this.#silentByte);
    const later: Stretch[] = [];
    for (const stretch of this.#stretches) {
      if (stretch.from >= to) later.push(stretch);
      else {
        const here = this.#part(stretch, from, to);
        taken.set(here.audio, (here.from - from) * this.#width);
        if (this.#endOf(stretch) > to) later.push(this.#part(stretch, to, this.#endOf(stretch)));
      }
    }
    this.#stretches = later;
    this.#takenTo = Math.max(from, to);
    return taken;
  }

  #keep(samplesOf: (stretch: Stretch) => number): void {
    this.#stretches = this.#stretches.flatMap((stretch) => {
      const samples = samplesOf(stretch);
      return samples <= 0 ? [] : [this.#part(stretch, stretch.from, stretch.from + samples)];
    });
  }

  #part(stretch: Stretch, from: number, to: number): Stretch {
    const first = Math.max(0, from - stretch.from);
    const audio = stretch.audio.subarray(first * this.#width, (to - stretch.from) * this.#width);
    return { label: stretch.label, offset: stretch.offset + first, from: stretch.from + first, audio };
  }

  #endOf({ from, audio }: Stretch): number {
    return from + audio.length / this.#width;
  }
}
