import { SILERO_CHUNK_SAMPLES } from "./inference.js";
import type { Question } from "./judgement.js";
import type { SileroStream } from "./silero-model.js";

/**
 * So many chunks, 192 ms, come before the newest when the model is asked about a sound whose beginning it did not hear: with
 * fewer it is less sure of speech, with more it is no surer (docs/plugins/silero.md has the figures).
 */
export const SILERO_WARM_UP_CHUNKS = 6;
/** What is kept of the call: half a second. If the model falls behind by more, it begins anew. */
const KEPT_SAMPLES = 4_000;
/** After a failure it is left alone for a second of the call; then it is so far behind that it begins anew. */
const RETRY_SAMPLES = 8_000;

/** What became of what the model was asked. */
export interface ListenerEvents {
  /** The model was given so many chunks. */
  asked(chunks: number): void;
  /** It has not answered in time. */
  late(): void;
  failed(error: unknown): void;
}

/** Lets the model hear what it is asked about, one run at a time. */
export interface Listener {
  /** Keeps the frame. */
  hear(frame: Int16Array): void;
  ask(question: Question): void;
  /** What the model last said since it was asked `anew`. */
  readonly verdict: number | undefined;
  /** It has not failed lately, and is not late. */
  readonly reachable: boolean;
  /** What is at work is not waited for any more. */
  close(): void;
}

/** @param patienceSamples With this much more of the call gone by, an answer is late. */
export function createListener(stream: SileroStream, patienceSamples: number, events: ListenerEvents): Listener {
  const kept = new Int16Array(KEPT_SAMPLES);
  /** Samples of the call that have come, that the model has heard, and that had come when it was last asked. */
  let come = 0;
  let heard = 0;
  let askedAt = 0;
  let sound = 0;
  let working = false;
  let isLate = false;
  let failedAt = Number.NEGATIVE_INFINITY;
  let verdict: number | undefined;

  const keptSince = (from: number, to = come) =>
    kept.subarray(KEPT_SAMPLES - (come - from), KEPT_SAMPLES - (come - to));
  const hasFailed = () => come - failedAt < RETRY_SAMPLES;
  const behind = () => Math.floor((come - heard) / SILERO_CHUNK_SAMPLES);

  /** Begins so that the last chunk ends now. */
  function warmUp(): void {
    const chunks = Math.min(SILERO_WARM_UP_CHUNKS, Math.floor(come / SILERO_CHUNK_SAMPLES));
    heard = come - chunks * SILERO_CHUNK_SAMPLES;
    stream.reset(keptSince(Math.max(0, come - KEPT_SAMPLES), heard));
  }

  async function run(chunks: Int16Array, about: number): Promise<void> {
    working = true;
    askedAt = come;
    try {
      let probability: number | undefined;
      for (let at = 0; at < chunks.length && about === sound; at += SILERO_CHUNK_SAMPLES) {
        probability = await stream.probability(chunks.subarray(at, at + SILERO_CHUNK_SAMPLES));
      }
      if (about === sound) verdict = probability;
      // The rest was not heard, so the next question begins with a warm-up.
      else heard = Number.NEGATIVE_INFINITY;
    } catch (error) {
      failedAt = come;
      events.failed(error);
    }
    working = false;
    isLate = false;
  }

  return {
    hear(frame) {
      kept.copyWithin(0, frame.length);
      kept.set(frame, KEPT_SAMPLES - frame.length);
      come += frame.length;
      if (!working || isLate || come - askedAt <= patienceSamples) return;
      isLate = true;
      events.late();
    },
    ask(question) {
      if (question === "nothing") return;
      if (question === "anew") {
        sound += 1;
        verdict = undefined;
      }
      if (working || hasFailed()) return;
      if (question !== "on" || behind() > SILERO_WARM_UP_CHUNKS) warmUp();
      const chunks = behind();
      if (chunks === 0) return;
      const samples = keptSince(heard, heard + chunks * SILERO_CHUNK_SAMPLES).slice();
      heard += samples.length;
      events.asked(chunks);
      void run(samples, sound);
    },
    get verdict() {
      return verdict;
    },
    get reachable() {
      return !isLate && !hasFailed();
    },
    close() {
      sound += 1;
    },
  };
}
