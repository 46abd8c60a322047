/** Voices are looked for from 62 to 400 Hz. */
const SHORTEST_LAG = 5;
const LONGEST_LAG = 32;
/** The signal is cut to what is below 1 kHz and looked at at 2 kHz: the residual of four predictors has the pitch left. */
const DECIMATION = 4;
const PREDICTORS = 4;
/** 48 ms: three periods of the lowest voice, and short enough to tell a voice soon. */
const WINDOW = 96;

/**
 * How periodic the newest sound is, 0 to 1: simplified inverse filter tracking (Markel 1972). The spectrum's shape is
 * predicted away first, so that coloured noise, which looks periodic when its lows dominate, becomes white.
 */
export function createPitchTracker(): (frame: Int16Array) => number {
  const decimated = new Float64Array(WINDOW);
  const residual = new Float64Array(WINDOW);
  const correlation = new Float64Array(PREDICTORS + 1);
  const predictor = new Float64Array(PREDICTORS + 1);
  const scratch = new Float64Array(PREDICTORS + 1);
  const highPass = createBiquad(HIGH_PASS);
  const lowPass = createBiquad(LOW_PASS);
  let filtered = new Float64Array(0);

  return (frame) => {
    if (filtered.length !== frame.length) filtered = new Float64Array(frame.length);
    for (let at = 0; at < frame.length; at += 1) filtered[at] = frame[at] as number;
    highPass(filtered);
    lowPass(filtered);
    const fresh = Math.floor(frame.length / DECIMATION);
    decimated.copyWithin(0, fresh);
    for (let at = 0; at < fresh; at += 1) decimated[WINDOW - fresh + at] = filtered[at * DECIMATION] as number;
    for (let lag = 0; lag <= PREDICTORS; lag += 1) {
      let sum = 0;
      for (let at = lag; at < WINDOW; at += 1) sum += (decimated[at] as number) * (decimated[at - lag] as number);
      correlation[lag] = sum;
    }
    if ((correlation[0] as number) < 1) return 0;
    predict(correlation, predictor, scratch);
    for (let at = PREDICTORS; at < WINDOW; at += 1) {
      let sum = decimated[at] as number;
      for (let order = 1; order <= PREDICTORS; order += 1) {
        sum += (predictor[order] as number) * (decimated[at - order] as number);
      }
      residual[at] = sum;
    }
    return strongestPeriod(residual);
  };
}

/** The largest correlation of the signal with itself one period before. */
function strongestPeriod(signal: Float64Array): number {
  // The powers of the later and of the earlier part, kept up to date from one lag to the next.
  let later = 0;
  for (let at = PREDICTORS + SHORTEST_LAG; at < WINDOW; at += 1) later += (signal[at] as number) ** 2;
  let earlier = 0;
  for (let at = PREDICTORS; at < WINDOW - SHORTEST_LAG; at += 1) earlier += (signal[at] as number) ** 2;
  let best = 0;
  for (let lag = SHORTEST_LAG; lag <= LONGEST_LAG; lag += 1) {
    let product = 0;
    for (let at = PREDICTORS + lag; at < WINDOW; at += 1)
      product += (signal[at] as number) * (signal[at - lag] as number);
    if (product > 0) best = Math.max(best, product / Math.sqrt(later * earlier + 1));
    later -= (signal[PREDICTORS + lag] as number) ** 2;
    earlier -= (signal[WINDOW - lag - 1] as number) ** 2;
  }
  return Math.min(1, best);
}

/** Levinson and Durbin's recursion. */
function predict(correlation: Float64Array, predictor: Float64Array, scratch: Float64Array): void {
  predictor.fill(0);
  predictor[0] = 1;
  // A little white noise keeps the recursion from dividing by nothing.
  let error = (correlation[0] as number) * 1.001 + 1;
  for (let order = 1; order <= PREDICTORS; order += 1) {
    let sum = correlation[order] as number;
    for (let at = 1; at < order; at += 1) sum += (predictor[at] as number) * (correlation[order - at] as number);
    const reflection = -sum / error;
    scratch.set(predictor);
    for (let at = 1; at < order; at += 1) {
      predictor[at] = (scratch[at] as number) + reflection * (scratch[order - at] as number);
    }
    predictor[order] = reflection;
    error *= 1 - reflection * reflection;
  }
}

type Coefficients = readonly [b0: number, b1: number, b2: number, a1: number, a2: number];

/** Second-order Butterworth filters at 8 kHz, by the bilinear transform. */
const LOW_PASS = butterworth(800, "low");
const HIGH_PASS = butterworth(90, "high");

function butterworth(hz: number, kind: "low" | "high"): Coefficients {
  const k = Math.tan((Math.PI * hz) / 8000);
  const norm = 1 / (1 + Math.SQRT2 * k + k * k);
  const gain = kind === "low" ? k * k * norm : norm;
  return [gain, (kind === "low" ? 2 : -2) * gain, gain, 2 * (k * k - 1) * norm, (1 - Math.SQRT2 * k + k * k) * norm];
}

/** Filters in place, and carries on where it stopped. */
function createBiquad([b0, b1, b2, a1, a2]: Coefficients): (samples: Float64Array) => void {
  const state = new Float64Array(2);
  return (samples) => {
    let z1 = state[0] as number;
    let z2 = state[1] as number;
    for (let at = 0; at < samples.length; at += 1) {
      const sample = samples[at] as number;
      const filtered = b0 * sample + z1;
      z1 = b1 * sample - a1 * filtered + z2;
      z2 = b2 * sample - a2 * filtered;
      samples[at] = filtered;
    }
    state[0] = z1;
    state[1] = z2;
  };
}
