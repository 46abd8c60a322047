/** How far an echo is looked for, and how well it was found. */
export interface EchoLikeness {
  /** How alike the two are where they are most alike: 0 not at all, 1 the same but for loudness. */
  readonly correlation: number;
  /** How much softer the echo is than what was played, in dB; -Infinity where nothing was played. */
  readonly gainDb: number;
  /** How long before the end of what was played it stands, in samples. */
  readonly lagSamples: number;
}

const NO_ECHO: EchoLikeness = { correlation: 0, gainDb: Number.NEGATIVE_INFINITY, lagSamples: 0 };

/**
 * Looks for what was played in what is heard: the normalised cross-correlation at every delay, of both signals'
 * differences (which takes away the low end, where all voices are alike) at half the rate.
 * @param heard The newest sound from the line, at 8 kHz; 100 ms or more tell it well.
 * @param played What was played up to the same moment, at 8 kHz, longer than `heard` by the longest delay looked at.
 */
export function echoLikeness(heard: Int16Array, played: Int16Array): EchoLikeness {
  const short = differences(heard);
  const long = differences(played);
  const span = short.length;
  if (span === 0 || long.length < span) return NO_ECHO;
  const heardEnergy = energy(short, 0, span);
  if (heardEnergy === 0) return NO_ECHO;
  let playedEnergy = energy(long, 0, span);
  let best = NO_ECHO;
  for (let delay = 0; ; delay += 1) {
    if (playedEnergy > span) {
      let product = 0;
      for (let at = 0; at < span; at += 1) product += (short[at] as number) * (long[delay + at] as number);
      const correlation = Math.abs(product) / Math.sqrt(heardEnergy * playedEnergy);
      if (correlation > best.correlation) {
        const lagSamples = 2 * (long.length - span - delay);
        best = { correlation, gainDb: 20 * Math.log10(Math.abs(product) / playedEnergy), lagSamples };
      }
    }
    if (delay + span >= long.length) return best;
    playedEnergy += (long[delay + span] as number) ** 2 - (long[delay] as number) ** 2;
  }
}

/**
 * Half the rate, without the low end, and without the high end, which an echo that is late by half a step would have
 * turned round: differences of a smoothed signal.
 */
function differences(samples: Int16Array): Float64Array {
  const out = new Float64Array(Math.max(0, (samples.length >> 1) - 3));
  let before = smoothed(samples, 0);
  for (let at = 0; at < out.length; at += 1) {
    const next = smoothed(samples, 2 * at + 2);
    out[at] = next - before;
    before = next;
  }
  return out;
}

/** Five samples, weighed 1 4 6 4 1. */
function smoothed(samples: Int16Array, from: number): number {
  return (
    (samples[from] as number) +
    4 * ((samples[from + 1] as number) + (samples[from + 3] as number)) +
    6 * (samples[from + 2] as number) +
    (samples[from + 4] as number)
  );
}

function energy(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at += 1) sum += (values[at] as number) ** 2;
  return sum;
}
