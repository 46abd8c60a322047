/** What callers do while the agent speaks: six classes, 54 to 56 cases each, the same in every run. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  applyGain,
  convertAudio,
  createSampleReader,
  encodeMulaw,
  PCM_8K,
  readWav,
  rmsDbfs,
} from "../../../src/audio/index.js";

export type CaseClass = "interruption" | "backchannel" | "noise" | "background" | "echo" | "dtmf";

/** One thing that happens over the agent. */
export interface InterruptionCase {
  readonly class: CaseClass;
  readonly name: string;
  /** What goes into the caller's phone, µ-law at 8 kHz. Its first sample is the onset. */
  readonly sound: Uint8Array;
  /** What a recogniser would write of it. */
  readonly words: string;
  /** The agent has been heard so long when it begins, in ms. */
  readonly afterMs: number;
  /** How the caller's phone echoes, where it does. */
  readonly echo?: { readonly gainDb: number; readonly delayMs: number };
  /** Keys pressed with it. */
  readonly keys?: string;
}

const FIXTURES = join(import.meta.dirname, "../../fixtures");
const CASES = 54;

const SAMPLES_PER_MS = 8;

export function interruptionCases(): InterruptionCase[] {
  return [...spoken(), ...noises(), ...background(), ...echoes(), ...keys()];
}

/** A repeatable spread of a case's number over a range. */
function spread(index: number, low: number, high: number): number {
  return low + ((((index * 0.618_034) % 1) + 1) % 1) * (high - low);
}

function spoken(): InterruptionCase[] {
  const lines = readFileSync(join(FIXTURES, "interruptions.txt"), "utf8").trim().split("\n");
  const files = readdirSync(join(FIXTURES, "interruptions")).sort();
  return lines.map((line, index) => {
    const [kind, voice = "", , words = ""] = line.split("|");
    const file = files[index];
    if (file === undefined) throw new Error(`No sound for line ${index + 1}. Run test/fixtures/make-interruptions.sh.`);
    return {
      class: kind === "real" ? "interruption" : "backchannel",
      name: `${words} (${voice})`,
      sound: encodeMulaw(wav(join(FIXTURES, "interruptions", file))),
      words,
      afterMs: Math.round(spread(index, 1500, 5000)),
    };
  });
}

/** Coughs, clicks, knocks, tones, horns, keyboards, breath: made here, each of another length, pitch and level. */
function noises(): InterruptionCase[] {
  const kinds = ["cough", "click", "knock", "tone", "horn", "keys", "breath", "door", "chime"] as const;
  return Array.from({ length: CASES }, (_, index) => {
    const kind = kinds[index % kinds.length] ?? "cough";
    const samples = noiseOf(kind, index);
    // Every third cough is written down as half a word.
    const words = kind === "cough" && index % 2 === 0 ? ["uh", "h", "mm"][index % 3] : "";
    return {
      class: "noise",
      name: `${kind} ${index}`,
      sound: encodeMulaw(samples),
      words: words ?? "",
      afterMs: Math.round(spread(index, 1500, 5000)),
    };
  });
}

function noiseOf(kind: string, index: number): Int16Array {
  const random = seeded(index + 1);
  const peak = 10 ** (spread(index, -20, -6) / 20) * 32767;
  const white = () => random() * 2 - 1;
  switch (kind) {
    // Two bursts of breathy noise with a hump at a few hundred hertz.
    case "cough":
      return shaped(
        spread(index, 250, 450),
        peak,
        (ms, lengthMs) => {
          const second = ms > lengthMs * 0.55;
          const since = second ? ms - lengthMs * 0.55 : ms;
          return Math.exp(-since / 60) * (second ? 0.7 : 1);
        },
        resonant(white, spread(index, 350, 700)),
      );
    case "click":
      return shaped(15, peak, (ms) => Math.exp(-ms / 3), white);
    case "knock":
      return shaped(600, peak, (ms) => Math.exp(-(ms % 200) / 18), resonant(white, 180));
    case "tone":
      return shaped(spread(index, 200, 1500), peak, () => 1, sine(spread(index, 400, 1600)));
    case "horn":
      return shaped(spread(index, 300, 900), peak, () => 1, both(sine(415), sine(520)));
    case "keys":
      return shaped(900, peak, (ms) => Math.exp(-(ms % 130) / 6), white);
    case "breath":
      return shaped(spread(index, 300, 700), peak * 0.3, (ms, lengthMs) => Math.sin((Math.PI * ms) / lengthMs), white);
    case "door":
      return shaped(400, peak, (ms) => Math.exp(-ms / 70), resonant(white, 90));
    default:
      return shaped(900, peak, (ms) => Math.exp(-(ms % 450) / 160), both(sine(880), sine(1320)));
  }
}

function shaped(
  lengthMs: number,
  peak: number,
  envelope: (ms: number, lengthMs: number) => number,
  source: (sample: number) => number,
): Int16Array {
  const values = Float64Array.from(
    { length: Math.round(lengthMs * SAMPLES_PER_MS) },
    (_, at) => envelope(at / SAMPLES_PER_MS, lengthMs) * source(at),
  );
  const loudest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9);
  return Int16Array.from(values, (value) => Math.round((value / loudest) * peak));
}

const sine = (hertz: number) => (sample: number) => Math.sin((2 * Math.PI * hertz * sample) / 8000);
const both = (first: (sample: number) => number, second: (sample: number) => number) => (sample: number) =>
  (first(sample) + second(sample)) / 2;

/** Noise through one resonance. */
function resonant(source: () => number, hertz: number): (sample: number) => number {
  const radius = 0.95;
  const turn = 2 * radius * Math.cos((2 * Math.PI * hertz) / 8000);
  let [last, before] = [0, 0];
  return () => {
    const next = source() + turn * last - radius * radius * before;
    [last, before] = [next, last];
    return next;
  };
}

/** A television or people behind the caller: speech 18 to 26 dB softer than the caller's, through a wall of the room. */
function background(): InterruptionCase[] {
  const folder = join(FIXTURES, "speech/held-out");
  const files = readdirSync(folder).sort();
  const texts = readFileSync(join(FIXTURES, "speech.txt"), "utf8").trim().split("\n");
  return Array.from({ length: CASES }, (_, index) => {
    const file = files[index % files.length] ?? "";
    const text = texts[Number.parseInt(file, 10) - 1]?.split("|")[1] ?? "";
    const gainDb = -Math.round(spread(index, 18, 26));
    return {
      class: "background",
      name: `${file} at ${gainDb} dB`,
      sound: encodeMulaw(applyGain(levelled(wav(join(folder, file))), gainDb)),
      words: text,
      afterMs: Math.round(spread(index, 1500, 5000)),
    };
  });
}

/** Nothing happens but that the caller's phone gives the agent's own voice back, at −18 dB. */
function echoes(): InterruptionCase[] {
  return Array.from({ length: CASES }, (_, index) => ({
    class: "echo",
    name: `after ${Math.round(spread(index, 20, 480))} ms`,
    sound: new Uint8Array(0),
    words: "",
    afterMs: 1500,
    echo: { gainDb: -18, delayMs: Math.round(spread(index, 20, 480)) },
  }));
}

/** Keys, with their tones in the sound: two to eleven of them. */
function keys(): InterruptionCase[] {
  const rows = [697, 770, 852, 941];
  const columns = [1209, 1336, 1477];
  const pad = ["123", "456", "789", "*0#"];
  return Array.from({ length: CASES }, (_, index) => {
    const random = seeded(1000 + index);
    const pressed: string[] = [];
    const parts: Int16Array[] = [];
    for (let key = 0; key < 2 + (index % 10); key += 1) {
      const row = Math.floor(random() * 4);
      const column = Math.floor(random() * 3);
      pressed.push(pad[row]?.[column] ?? "0");
      parts.push(
        shaped(
          spread(index, 80, 200),
          32767 * 10 ** (spread(index, -16, -4) / 20),
          () => 1,
          both(sine(rows[row] ?? 697), sine(columns[column] ?? 1209)),
        ),
        new Int16Array(80 * SAMPLES_PER_MS),
      );
    }
    const sound = Int16Array.from(parts.flatMap((part) => [...part]));
    return {
      class: "dtmf",
      name: pressed.join(""),
      sound: encodeMulaw(sound),
      words: "",
      afterMs: Math.round(spread(index, 1500, 5000)),
      keys: pressed.join(""),
    };
  });
}

/** Samples of a WAV at 8 kHz. */
export function wav(path: string): Int16Array {
  const { format, data } = readWav(readFileSync(path));
  return createSampleReader().read(convertAudio(data, format, PCM_8K));
}

/** A usual level of speech on the line, in dBFS of its loud parts. */
const SPEECH_DBFS = -18;

/** Made as loud as speech usually is: by its loud parts, the tenth of its 20 ms frames that is loudest. */
export function levelled(samples: Int16Array): Int16Array {
  const levels: number[] = [];
  for (let from = 0; from + 160 <= samples.length; from += 160)
    levels.push(rmsDbfs(samples.subarray(from, from + 160)));
  levels.sort((first, second) => second - first);
  return applyGain(samples, SPEECH_DBFS - (levels[Math.floor(levels.length / 10)] ?? SPEECH_DBFS));
}

/** Mulberry32: small, and the same everywhere. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
