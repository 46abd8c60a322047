import { decodeMulaw, interleave, PCM_8K, writeWav } from "../../audio/index.js";
import { decodeWords, type HeardWord, textOf } from "../scripted/heard-words.js";
import type { StreamReport } from "./report.js";

/** A call as a stereo WAV: the caller on the left, on the right the agent as the caller heard it. */
export function recordingOf({ said, heard }: Pick<StreamReport, "said" | "heard">): Uint8Array {
  const length = Math.max(said.length, heard.length);
  const left = decodeMulaw(padded(said, length));
  const right = decodeMulaw(padded(heard, length));
  return writeWav({ format: PCM_8K, channels: 2, data: interleave(left, right) });
}

/** The words of the scripted voice that the caller heard, cut ones included, with how much of each was heard. */
export function heardWords({ heard }: Pick<StreamReport, "heard">): HeardWord[] {
  return decodeWords(decodeMulaw(heard));
}

/** The words of the scripted voice of which the caller heard more than half, as a text. */
export function heardText(report: Pick<StreamReport, "heard">): string {
  return textOf(heardWords(report));
}

function padded(sound: Uint8Array, length: number): Uint8Array {
  const whole = new Uint8Array(length).fill(0xff);
  whole.set(sound);
  return whole;
}
