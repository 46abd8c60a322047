import type { VoiceActivityDetector, VoiceActivityStream } from "../../spec/index.js";
import { type ConformanceCase, type ConformanceOptions, caseOn, must, mustDescribeItself } from "./contract.js";

/** Of {@link voiceActivityDetectorConformance}. */
export interface VoiceActivityDetectorConformanceOptions extends ConformanceOptions<VoiceActivityDetector> {
  /** Speech of a second or more, without long pauses, at the detector's rate. */
  readonly speech: Int16Array;
}

/** What the contract of {@link VoiceActivityDetector} asks. How good it is at it, a benchmark must tell. */
export function voiceActivityDetectorConformance(options: VoiceActivityDetectorConformanceOptions): ConformanceCase[] {
  const check = caseOn(options);
  const { speech } = options;

  /** A second of silence, the speech, a second of silence. */
  function scene({ rate, frameSamples }: VoiceActivityDetector): Int16Array[] {
    const sound = new Int16Array(speech.length + 2 * rate);
    sound.set(speech, rate);
    const frames = Math.floor(sound.length / frameSamples);
    return Array.from({ length: frames }, (_, at) => sound.slice(at * frameSamples, (at + 1) * frameSamples));
  }

  return [
    check("says what it is, and which frames it wants", ({ plugin }) => {
      mustDescribeItself(plugin);
      const { rate, frameSamples } = plugin;
      must([8000, 16000, 24000, 48000].includes(rate), "rate is a SampleRate", rate);
      const inTime = Number.isInteger(frameSamples) && frameSamples > 0 && frameSamples <= rate / 10;
      must(inTime, "frameSamples is a whole number of at most 100 ms", frameSamples);
    }),

    check("hears no speech in silence", ({ plugin }) => {
      const stream = plugin.doDetect();
      const silence = new Int16Array(plugin.frameSamples);
      for (let frame = 0; frame < (3 * plugin.rate) / plugin.frameSamples; frame += 1)
        must(stream.process(silence) === false, "Silence is not speech", `frame ${frame}`);
    }),

    check("hears speech begin and end", ({ plugin }) => {
      const answers = run(plugin.doDetect(), scene(plugin));
      const [first, last] = [answers.indexOf(true), answers.lastIndexOf(true)];
      must(first >= 0, "Speech is heard");
      const [startMs, endMs] = [first, last + 1].map((frame) => (frame * plugin.frameSamples * 1000) / plugin.rate) as [
        number,
        number,
      ];
      const speechMs = (speech.length * 1000) / plugin.rate;
      must(startMs >= 900 && startMs <= 1_500, "Speech is heard when it begins, after a second", `${startMs} ms`);
      must(endMs < 2_000 + speechMs - 100, "Speech is over within a second of its end", `${endMs} ms`);
    }),

    check("tells a probability from 0 to 1", ({ plugin }) => {
      const stream = plugin.doDetect();
      for (const frame of scene(plugin)) {
        stream.process(frame);
        const { probability } = stream;
        must(probability >= 0 && probability <= 1, "probability lies between 0 and 1", probability);
      }
    }),

    check("gives the same answers to the same sound", ({ plugin }) => {
      const [first, second] = [plugin.doDetect(), plugin.doDetect()].map((stream) => run(stream, scene(plugin)));
      must(isSame(first, second), "The same frames always give the same answers");
    }),

    check("keeps calls at once apart", ({ plugin }) => {
      const alone = run(plugin.doDetect(), scene(plugin));
      const [one, other] = [plugin.doDetect(), plugin.doDetect()];
      const frames = scene(plugin);
      const together = frames.map((frame, place) => {
        other.process(frames[frames.length - 1 - place] as Int16Array);
        return one.process(frame);
      });
      must(isSame(alone, together), "A stream's answers do not depend on another stream's frames");
    }),

    check("is as new after reset", ({ plugin }) => {
      const stream = plugin.doDetect();
      const first = run(stream, scene(plugin));
      run(stream, scene(plugin).slice(0, Math.floor(first.length / 2)));
      stream.reset();
      must(isSame(first, run(stream, scene(plugin))), "After reset the same frames give the same answers as at first");
    }),

    check("neither keeps nor changes a frame", ({ plugin }) => {
      const expected = run(plugin.doDetect(), scene(plugin));
      const stream = plugin.doDetect();
      const reused = new Int16Array(plugin.frameSamples);
      const answers = scene(plugin).map((frame) => {
        reused.set(frame);
        const answer = stream.process(reused);
        must(
          reused.every((sample, at) => sample === frame[at]),
          "process() does not change the frame",
        );
        return answer;
      });
      must(isSame(expected, answers), "The frame's memory may be used again for the next frame");
    }),

    check("takes any samples", ({ plugin }) => {
      const stream = plugin.doDetect();
      for (const level of [32_767, -32_768, 1, 0]) {
        const answer = stream.process(new Int16Array(plugin.frameSamples).fill(level));
        must(typeof answer === "boolean", "process() answers true or false", answer);
        must(Number.isFinite(stream.probability), "probability is a number for any frame", stream.probability);
      }
    }),
  ];
}

function run(stream: VoiceActivityStream, frames: readonly Int16Array[]): boolean[] {
  return frames.map((frame) => stream.process(frame));
}

function isSame(first: readonly boolean[] | undefined, second: readonly boolean[] | undefined): boolean {
  return JSON.stringify(first) === JSON.stringify(second);
}
