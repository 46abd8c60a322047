import { DEFAULT_VOICE_HANGOVER_MS, voiceActivityDetector } from "../../../src/audio/index.js";
import { percentiles } from "../report.js";
import { FRAME_SAMPLES, type LabelledCall } from "./labelled-calls.js";

const FRAME_MS = 20;
const SAMPLES_PER_MS = 8;
/** The detector may say "speaking" this long after speech: its hangover, and the frame at either end that is partly speech. */
const HANGOVER_FRAMES = DEFAULT_VOICE_HANGOVER_MS / FRAME_MS + 2;

/** How the detector did on some calls. */
export interface Score {
  /** Of the speech frames. */
  readonly found: number;
  /** Of the frames outside speech and its hangover. */
  readonly wrong: number;
  /** In ms, from where speech is as loud as the noise. */
  readonly onsetP50: number;
  readonly onsetP95: number;
  /** In ms, from the first frame labelled speech, audible or not. */
  readonly firstFrameP95: number;
}

/** The detector's answer to each frame. */
export function decisions(samples: Int16Array): boolean[] {
  const stream = voiceActivityDetector().doDetect();
  const answers: boolean[] = [];
  for (let at = 0; at + FRAME_SAMPLES <= samples.length; at += FRAME_SAMPLES) {
    answers.push(stream.process(samples.subarray(at, at + FRAME_SAMPLES)));
  }
  return answers;
}

/** How often the detector turns on. */
export function speechStarts(samples: Int16Array): number {
  return decisions(samples).filter((on, frame, all) => on && !all[frame - 1]).length;
}

/** Compares the detector's answers with the labels, over all calls together. */
export function score(calls: readonly LabelledCall[]): Score {
  const count = { speech: 0, found: 0, quiet: 0, wrong: 0 };
  const onsets: number[] = [];
  const fromFirstFrame: number[] = [];
  for (const call of calls) {
    const answers = decisions(call.samples);
    let sinceSpeech = Number.POSITIVE_INFINITY;
    call.speech.forEach((is, frame) => {
      sinceSpeech = is ? 0 : sinceSpeech + 1;
      if (is) count.speech += 1;
      if (is && answers[frame]) count.found += 1;
      if (sinceSpeech <= HANGOVER_FRAMES) return;
      count.quiet += 1;
      if (answers[frame]) count.wrong += 1;
    });
    for (const { firstFrame, audible } of call.onsets) {
      const on = answers.indexOf(true, firstFrame / FRAME_SAMPLES);
      const turnedOn = (on < 0 ? answers.length : on + 1) * FRAME_SAMPLES;
      onsets.push(Math.max(0, turnedOn - audible) / SAMPLES_PER_MS);
      fromFirstFrame.push((turnedOn - firstFrame) / SAMPLES_PER_MS);
    }
  }
  const { p50, p95 } = percentiles(onsets);
  return {
    found: count.found / count.speech,
    wrong: count.wrong / count.quiet,
    onsetP50: p50,
    onsetP95: p95,
    firstFrameP95: percentiles(fromFirstFrame).p95,
  };
}
