import { performance } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import type { VoiceActivityDetector } from "../../../src/spec/index.js";
import { FRAME_SAMPLES } from "../voice-activity/labelled-calls.js";

/** What waits for a model's answers. */
export type Settled = () => boolean;

/**
 * The detector's answer to each frame. Between two frames the event loop turns until what was asked for is answered, as it
 * does in the 20 ms between the frames of a call; so a verdict is there at the next frame, and not before.
 */
export async function decisions(
  detector: VoiceActivityDetector,
  samples: Int16Array,
  settled: Settled,
): Promise<boolean[]> {
  const stream = detector.doDetect();
  const answers: boolean[] = [];
  for (let at = 0; at + FRAME_SAMPLES <= samples.length; at += FRAME_SAMPLES) {
    answers.push(stream.process(samples.subarray(at, at + FRAME_SAMPLES)));
    while (!settled()) await setImmediate();
  }
  return answers;
}

/** How often the detector turned on. */
export function starts(answers: readonly boolean[]): number {
  return answers.filter((on, frame) => on && !answers[frame - 1]).length;
}

/** What some calls at once cost. */
export interface Cost {
  /** Of the process's time, for a frame of one call, in µs. */
  readonly frameMicroseconds: number;
  /** The times the event loop took for one turn, in ms. */
  readonly turnsMs: readonly number[];
  /** By round, how long it took until all that was asked was answered, in ms. */
  readonly answersMs: readonly number[];
}

/** What {@link costOf} is to do. */
export interface Load {
  readonly detector: VoiceActivityDetector;
  readonly samples: Int16Array;
  /** At once. */
  readonly calls: number;
  /** Frames of each. */
  readonly rounds: number;
  /** Every call hears the same at the same time, rather than each from another place in the sound. */
  readonly together?: boolean;
}

/** Runs some calls at once, as fast as they go. */
export async function costOf(
  { detector, samples, calls, rounds, together = false }: Load,
  settled: Settled,
): Promise<Cost> {
  const frames = Math.floor(samples.length / FRAME_SAMPLES);
  const streams = Array.from({ length: calls }, () => detector.doDetect());
  const turnsMs: number[] = [];
  const answersMs: number[] = [];
  const cpu = process.cpuUsage();
  for (let round = 0; round < rounds; round += 1) {
    streams.forEach((stream, call) => {
      const at = (round + call * (together ? 0 : Math.floor(frames / calls))) % frames;
      stream.process(samples.subarray(at * FRAME_SAMPLES, (at + 1) * FRAME_SAMPLES));
    });
    const asked = performance.now();
    while (!settled()) {
      const from = performance.now();
      await setImmediate();
      turnsMs.push(performance.now() - from);
    }
    answersMs.push(performance.now() - asked);
  }
  const { user, system } = process.cpuUsage(cpu);
  return { frameMicroseconds: (user + system) / (calls * rounds), turnsMs, answersMs };
}
