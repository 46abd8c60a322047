import { DEFAULT_VOICE_HANGOVER_MS } from "../../../src/audio/index.js";
import { percentiles } from "../report.js";
import { FRAME_SAMPLES, type LabelledCall } from "../voice-activity/labelled-calls.js";

/** As the built-in detector's benchmark counts: its hangover, and the frame at either end that is partly speech. */
const HANGOVER_FRAMES = DEFAULT_VOICE_HANGOVER_MS / 20 + 2;

/** A call and a detector's answers to its frames. */
export interface Answered {
  readonly call: LabelledCall;
  readonly answers: readonly boolean[];
}

/** How a detector did, over some calls together. */
export interface Score {
  /** Of the speech frames. */
  readonly found: number;
  /** Of the frames outside speech and its hangover. */
  readonly wrong: number;
  /** In ms, from where speech is as loud as the noise. */
  readonly onsetP50: number;
  readonly onsetP95: number;
}

/** Counts as the built-in detector's benchmark does (voice-activity.bench.ts says what counts). */
export function scoreOf(answered: readonly Answered[]): Score {
  const frames = answered.flatMap(labelled);
  const speech = frames.filter(({ label }) => label === "speech");
  const quiet = frames.filter(({ label }) => label === "quiet");
  const { p50, p95 } = percentiles(answered.flatMap(onsets));
  return { found: shareOn(speech), wrong: shareOn(quiet), onsetP50: p50, onsetP95: p95 };
}

interface Frame {
  readonly label: "speech" | "hangover" | "quiet";
  readonly on: boolean;
}

function labelled({ call, answers }: Answered): Frame[] {
  let sinceSpeech = Number.POSITIVE_INFINITY;
  return call.speech.map((is, frame) => {
    sinceSpeech = is ? 0 : sinceSpeech + 1;
    const label = is ? "speech" : sinceSpeech <= HANGOVER_FRAMES ? "hangover" : "quiet";
    return { label, on: answers[frame] === true };
  });
}

function shareOn(frames: readonly Frame[]): number {
  return frames.filter(({ on }) => on).length / frames.length;
}

/** The delay of each onset, in ms. */
function onsets({ call, answers }: Answered): number[] {
  return call.onsets.map(({ firstFrame, audible }) => {
    const on = answers.indexOf(true, firstFrame / FRAME_SAMPLES);
    const turnedOn = (on < 0 ? answers.length : on + 1) * FRAME_SAMPLES;
    return Math.max(0, turnedOn - audible) / 8;
  });
}
