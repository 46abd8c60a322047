/** Samples, and bytes, of a millisecond on Twilio's line. */
export const SAMPLES_PER_MS = 8;

/** Twilio keeps so much unplayed audio, in ms; more is thrown away (warning 31931). */
export const PLAYOUT_CAP_MS = 600_000;

const SILENCE = 0xff;

/**
 * The far end of the line: what the app sent waits in one queue and is played in order, 8 bytes a millisecond. All
 * times are milliseconds since the stream began, and never fall from call to call.
 */
export interface Playout {
  /** Puts audio behind all that waits. @returns false if the queue is full: the audio was thrown away. */
  queue(audio: Uint8Array, atMs: number): boolean;
  /** Sets a mark behind all that waits. @returns true if nothing waits: it is to be echoed at once. */
  mark(name: string, atMs: number): boolean;
  /** Throws away what was not played. @returns the marks that waited, to be echoed at once. */
  clear(atMs: number): readonly string[];
  /** What the caller heard since the last call of `play`: played audio, and silence where there was none. */
  play(atMs: number): Uint8Array;
  /** The marks whose audio has been played by now; each is given once. */
  echoes(atMs: number): readonly string[];
  /** When the next mark is due; undefined if none waits. */
  readonly nextEchoMs: number | undefined;
  /** How much audio waits, in ms. */
  queuedMs(atMs: number): number;
}

interface Segment {
  readonly start: number;
  readonly audio: Uint8Array;
}

/** An empty line at time 0. */
export function createPlayout(): Playout {
  let segments: Segment[] = [];
  let marks: { readonly name: string; readonly due: number }[] = [];
  /** The sample behind the last that waits. */
  let end = 0;
  /** The sample up to which the caller's ear has got. */
  let heard = 0;
  /** Samples that were played before a `clear`, not yet asked for by `play`. */
  let played: Uint8Array[] = [];

  /** The hair's breadth makes up for times that are not whole, such as 0.1 + 0.2. */
  const sampleAt = (atMs: number) => Math.floor(atMs * SAMPLES_PER_MS + 1e-6);

  function listen(until: number): Uint8Array {
    const sound = new Uint8Array(Math.max(0, until - heard)).fill(SILENCE);
    for (let next = segments[0]; next !== undefined && next.start < until; next = segments[0]) {
      const from = Math.max(heard, next.start);
      const to = Math.min(until, next.start + next.audio.length);
      sound.set(next.audio.subarray(from - next.start, to - next.start), from - heard);
      if (next.start + next.audio.length > until) break;
      segments.shift();
    }
    heard = Math.max(heard, until);
    return sound;
  }

  return {
    queue(audio, atMs) {
      const now = sampleAt(atMs);
      const start = Math.max(end, now);
      if (start + audio.length - now > PLAYOUT_CAP_MS * SAMPLES_PER_MS) return false;
      if (audio.length > 0) segments.push({ start, audio });
      end = start + audio.length;
      return true;
    },
    mark(name, atMs) {
      if (end <= sampleAt(atMs)) return true;
      marks.push({ name, due: end });
      return false;
    },
    clear(atMs) {
      const now = sampleAt(atMs);
      played.push(listen(now));
      segments = [];
      end = Math.min(end, now);
      const cleared = marks.map(({ name }) => name);
      marks = [];
      return cleared;
    },
    play(atMs) {
      const parts = [...played, listen(sampleAt(atMs))];
      played = [];
      return parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts);
    },
    echoes(atMs) {
      const now = sampleAt(atMs);
      const due = marks.filter((mark) => mark.due <= now).map(({ name }) => name);
      marks = marks.slice(due.length);
      return due;
    },
    get nextEchoMs() {
      const next = marks[0];
      return next === undefined ? undefined : next.due / SAMPLES_PER_MS;
    },
    queuedMs: (atMs) => Math.max(0, end - sampleAt(atMs)) / SAMPLES_PER_MS,
  };
}
