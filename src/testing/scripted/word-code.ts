import { interpolated, SAMPLES_PER_SYMBOL, symbolsOf, TOP_LEVEL, UNIT } from "./symbols.js";

/** The samples of coded words stand at this rate. */
export const CODE_RATE = 8000;

/** A word carries at most so many bytes of UTF-8; a longer one is cut. */
export const LONGEST_CODED_TEXT_BYTES = 120;

/** A word lasts a multiple of this, in ms … */
export const CODED_DURATION_STEP_MS = 10;

/** … and at most so long, in ms. */
export const LONGEST_CODED_WORD_MS = 2550;

/** A word as the scripted voice says it: its samples tell, over and over, which word it is and where it stands. */
export interface CodedWord {
  readonly text: string;
  /** Which request to the voice it belongs to, 0 to 255 and round again. */
  readonly utterance: number;
  /** Its place in the utterance, 0 to 255 and round again. */
  readonly index: number;
  /** How long the whole word is. */
  readonly durationMs: number;
}

/** One repetition of a word's code, found in audio. */
export interface CodedFrame extends CodedWord {
  readonly startSample: number;
  readonly endSample: number;
}

/** Barker's sequence of seven: it looks like itself at no other place. */
const SYNC = [1, 1, 1, -1, -1, 1, -1] as const;
const HEADER_BYTES = 4;
const CHECKSUM_BYTES = 2;
/** Below this, in sample units, there is nothing to read. */
const QUIETEST_SYNC = 64;

/** How far the seven levels of a sync may lie from their mean: G.711 twice over, and a resampler. */
const SYNC_TOLERANCE = 0.15;

/**
 * Samples at {@link CODE_RATE} that say `word` from their first to their last.
 * A frame is the sync, then header, text and checksum in symbols of three bits; the frame is repeated to the word's end.
 */
export function encodeWord(word: CodedWord): Int16Array {
  const symbols = frameSymbols(word);
  const samples = Math.max(durationSamples(word.durationMs), symbols.length * SAMPLES_PER_SYMBOL);
  return interpolated(symbols, samples);
}

/** How long `text` must at least last to be said once in full, in ms. */
export function shortestDurationMs(text: string): number {
  const symbols = frameSymbols({ text, utterance: 0, index: 0, durationMs: 0 }).length;
  const ms = (symbols * SAMPLES_PER_SYMBOL * 1000) / CODE_RATE;
  return Math.ceil(ms / CODED_DURATION_STEP_MS) * CODED_DURATION_STEP_MS;
}

/** Finds coded words in audio that comes in pieces. */
export interface WordReader {
  /** Takes the next samples at {@link CODE_RATE}; gives the frames complete by now. */
  read(samples: Int16Array): CodedFrame[];
  /** No more comes: what is left is looked through. */
  end(): CodedFrame[];
}

export function createWordReader(): WordReader {
  let kept = new Int16Array(0);
  let keptAt = 0;

  function scan(final: boolean): CodedFrame[] {
    const frames: CodedFrame[] = [];
    let at = 0;
    const last = kept.length - SYNC.length * SAMPLES_PER_SYMBOL;
    while (at <= last) {
      const unit = syncUnit(kept, at);
      const word = unit === undefined ? undefined : readFrame(kept, at, unit);
      if (word === "incomplete" && !final) break;
      if (word === undefined || word === "incomplete") at += 1;
      else {
        frames.push({ ...word.word, startSample: keptAt + at, endSample: keptAt + word.end });
        at = word.end;
      }
    }
    kept = kept.slice(at);
    keptAt += at;
    return frames;
  }

  return {
    read(samples) {
      const both = new Int16Array(kept.length + samples.length);
      both.set(kept);
      both.set(samples, kept.length);
      kept = both;
      return scan(false);
    },
    end: () => scan(true),
  };
}

function durationSamples(durationMs: number): number {
  return Math.round((durationMs * CODE_RATE) / 1000);
}

function frameSymbols(word: CodedWord): number[] {
  const text = cutToBytes(word.text, LONGEST_CODED_TEXT_BYTES);
  const steps = Math.round(word.durationMs / CODED_DURATION_STEP_MS);
  const body = new Uint8Array(HEADER_BYTES + text.length + CHECKSUM_BYTES);
  body.set([word.utterance & 0xff, word.index & 0xff, Math.min(255, steps), text.length]);
  body.set(text, HEADER_BYTES);
  const sum = checksum(body.subarray(0, -CHECKSUM_BYTES));
  body.set([sum >> 8, sum & 0xff], body.length - CHECKSUM_BYTES);
  return [...SYNC.map((sign) => sign * TOP_LEVEL * UNIT), ...symbolsOf(body)];
}

/** Whole characters only. */
function cutToBytes(text: string, most: number): Uint8Array {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(most));
  return new TextEncoder().encode(text.slice(0, read));
}

/** What one unit of level is worth at this gain, if a sync stands at `at`. */
function syncUnit(samples: Int16Array, at: number): number | undefined {
  let sum = 0;
  for (let place = 0; place < SYNC.length; place += 1) {
    const along = sampleAt(samples, at, place) * (SYNC[place] as number);
    if (along <= 0) return undefined;
    sum += along;
  }
  const mean = sum / SYNC.length;
  if (mean < QUIETEST_SYNC) return undefined;
  for (let place = 0; place < SYNC.length; place += 1) {
    const along = sampleAt(samples, at, place) * (SYNC[place] as number);
    if (Math.abs(along - mean) > SYNC_TOLERANCE * mean) return undefined;
  }
  return mean / TOP_LEVEL;
}

function readFrame(
  samples: Int16Array,
  at: number,
  unit: number,
): { readonly word: CodedWord; readonly end: number } | "incomplete" | undefined {
  const bytes = createByteReader(samples, at, unit);
  const header = bytes(HEADER_BYTES);
  if (header === undefined) return "incomplete";
  const [utterance = 0, index = 0, steps = 0, length = 0] = header;
  if (length > LONGEST_CODED_TEXT_BYTES) return undefined;
  const body = bytes(HEADER_BYTES + length + CHECKSUM_BYTES);
  if (body === undefined) return "incomplete";
  const [high = 0, low = 0] = body.subarray(-CHECKSUM_BYTES);
  if (checksum(body.subarray(0, -CHECKSUM_BYTES)) !== ((high << 8) | low)) return undefined;
  const text = new TextDecoder().decode(body.subarray(HEADER_BYTES, -CHECKSUM_BYTES));
  const symbols = SYNC.length + Math.ceil((body.length * 8) / 3);
  return {
    word: { text, utterance, index, durationMs: steps * CODED_DURATION_STEP_MS },
    end: at + symbols * SAMPLES_PER_SYMBOL,
  };
}

/** Gives the first `count` bytes behind the sync; undefined if their samples are not all there. */
function createByteReader(samples: Int16Array, at: number, unit: number): (count: number) => Uint8Array | undefined {
  return (count) => {
    const symbols = Math.ceil((count * 8) / 3);
    if (at + (SYNC.length + symbols) * SAMPLES_PER_SYMBOL > samples.length) return undefined;
    const bytes = new Uint8Array(count);
    for (let bit = 0; bit < count * 8; bit += 1) {
      const level = sampleAt(samples, at, SYNC.length + Math.floor(bit / 3)) / unit;
      const symbol = Math.min(7, Math.max(0, Math.round((level + TOP_LEVEL) / 2)));
      bytes[bit >> 3] = ((bytes[bit >> 3] as number) << 1) | ((symbol >> (2 - (bit % 3))) & 1);
    }
    return bytes;
  };
}

function sampleAt(samples: Int16Array, at: number, symbol: number): number {
  return samples[at + symbol * SAMPLES_PER_SYMBOL] as number;
}

/** CRC-16/CCITT. */
function checksum(bytes: Uint8Array): number {
  let sum = 0xffff;
  for (const byte of bytes) {
    sum ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 0x8000 ? ((sum << 1) ^ 0x1021) & 0xffff : (sum << 1) & 0xffff;
  }
  return sum;
}
