import { bytesPerSample, concatBytes, silence, wavHeader } from "../audio/index.js";
import type { AudioFormat } from "../spec/index.js";

/** A file that is written at any place of it. */
export interface RecordingFile {
  /** Writes all of `bytes`. */
  write(bytes: Uint8Array, position: number): Promise<void>;
  close(): Promise<void>;
}

/** The header tells the length anew after so much sound, in ms: a crash costs no more than that. */
export const HEADER_EVERY_MS = 2_000;

/** So much goes to the file at once. */
const WRITE_BYTES = 65_536;

/** What a writer is made with. */
export interface WavWriterOptions {
  readonly open: () => Promise<RecordingFile>;
  readonly format: AudioFormat;
  readonly channels: number;
  /** So much waits for the file. What finds no room is written as silence of the same length. */
  readonly maxPendingBytes: number;
  /** Sound found no room, for the first time since there was some. */
  readonly onOverflow: () => void;
  /** The file takes nothing any more. Told once. */
  readonly onFailure: (error: unknown) => void;
}

/** A WAV file that grows. */
export interface WavWriter {
  write(audio: Uint8Array): void;
  /** Writes what waits, and closes the file. Never rejects. @returns how many bytes of sound it holds */
  end(): Promise<number>;
}

/** Writes a WAV file whose header is right at any time, but for the last moments. The file is opened at once. */
export function createWavWriter(options: WavWriterOptions): WavWriter {
  const { open, format, channels, maxPendingBytes, onOverflow, onFailure } = options;
  const blockBytes = bytesPerSample(format) * channels;
  const headerEveryBytes = (HEADER_EVERY_MS * format.rate * blockBytes) / 1000;
  const headerBytes = wavHeader({ format, channels }, 0).length;
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  /** Behind what waits, so much is missing. */
  let missingBytes = 0;
  let writtenBytes = 0;
  let toldBytes = 0;
  let failed = false;
  let wake = () => {};
  let ended = false;
  const done = writeAll();

  function takeNext(): Uint8Array | undefined {
    if (waitingBytes > 0) {
      const parts: Uint8Array[] = [];
      for (let bytes = 0; bytes < WRITE_BYTES; ) {
        const part = waiting.shift();
        if (part === undefined) break;
        parts.push(part);
        bytes += part.length;
      }
      const next = concatBytes(...parts);
      waitingBytes -= next.length;
      return next;
    }
    if (missingBytes === 0) return undefined;
    const bytes = Math.min(missingBytes, WRITE_BYTES);
    missingBytes -= bytes;
    return silence(format, (bytes * 1000) / (format.rate * bytesPerSample(format)));
  }

  async function writeHeader(file: RecordingFile): Promise<void> {
    await file.write(wavHeader({ format, channels }, writtenBytes), 0);
    toldBytes = writtenBytes;
  }

  async function writeSome(file: RecordingFile): Promise<void> {
    for (let next = takeNext(); next !== undefined; next = takeNext()) {
      await file.write(next, headerBytes + writtenBytes);
      writtenBytes += next.length;
      if (writtenBytes - toldBytes >= headerEveryBytes) await writeHeader(file);
    }
  }

  async function writeAll(): Promise<number> {
    let file: RecordingFile | undefined;
    try {
      file = await open();
      await writeHeader(file);
      while (true) {
        await writeSome(file);
        if (ended) break;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      await writeHeader(file);
    } catch (error) {
      failed = true;
      waiting = [];
      waitingBytes = 0;
      onFailure(error);
      // What is there is worth its right length, if the file still takes that.
      if (file !== undefined) await writeHeader(file).catch(() => {});
    }
    await file?.close().catch(() => {});
    return writtenBytes;
  }

  return {
    write(audio) {
      if (failed || ended) return;
      // Behind a gap all is missing until the gap is written: or it would stand at the wrong time.
      if (missingBytes > 0 || waitingBytes + audio.length > maxPendingBytes) {
        if (missingBytes === 0) onOverflow();
        missingBytes += audio.length;
      } else {
        waiting.push(audio);
        waitingBytes += audio.length;
      }
      wake();
    },
    end() {
      ended = true;
      wake();
      return done;
    },
  };
}
