import { describe, expect, it } from "vitest";
import { silenceTurnDetector } from "../../../src/session/index.js";
import type { TurnDetector, TurnSoFar, VoiceActivityDetector, VoiceActivityStream } from "../../../src/spec/index.js";
import {
  scriptedVoiceActivityDetector,
  turnDetectorConformance,
  voiceActivityDetectorConformance,
} from "../../../src/testing/index.js";
import { codedSpeech } from "../../../src/testing/scripted/coded-speech.js";
import { failuresOf } from "./failures.js";

const speech = Int16Array.from(codedSpeech("a b c d e f", 0, 200).flatMap(({ samples }) => [...samples]));

const runDetector = (create: () => VoiceActivityDetector) =>
  failuresOf(voiceActivityDetectorConformance({ create, speech }));

/** A detector that is good but for what `change` does to its streams. */
const detector = (change: (stream: VoiceActivityStream) => Partial<VoiceActivityStream>) => () => {
  const good = scriptedVoiceActivityDetector();
  const doDetect = () => {
    const stream = good.doDetect();
    const changed = change(stream);
    return {
      process: changed.process ?? ((frame: Int16Array) => stream.process(frame)),
      reset: changed.reset ?? (() => stream.reset()),
      get probability() {
        return changed.probability ?? stream.probability;
      },
    };
  };
  return { ...good, doDetect };
};

describe("the voice activity detector suite", () => {
  it("passes the scripted detector", async () => {
    expect(await runDetector(scriptedVoiceActivityDetector)).toEqual([]);
  });

  let shared = 0;
  it.each<[string, () => VoiceActivityDetector, string[]]>([
    [
      "that wants frames of a second",
      () => ({ ...scriptedVoiceActivityDetector(), frameSamples: 8000 }),
      ["says what it is, and which frames it wants"],
    ],
    [
      "that always hears speech",
      detector(() => ({ process: () => true })),
      ["hears no speech in silence", "hears speech begin and end"],
    ],
    ["that is deaf", detector(() => ({ process: () => false })), ["hears speech begin and end"]],
    ["that does not reset", detector(() => ({ reset: () => {} })), ["is as new after reset"]],
    [
      "that does not reset its count",
      () => {
        const good = scriptedVoiceActivityDetector();
        return {
          ...good,
          doDetect: () => {
            const stream = good.doDetect();
            let frames = 0;
            return {
              process: (frame: Int16Array) => {
                frames += 1;
                return stream.process(frame) && frames < 200;
              },
              reset: () => stream.reset(),
              probability: 0,
            };
          },
        };
      },
      ["is as new after reset"],
    ],
    [
      "that tells its probability in percent",
      detector(() => ({ probability: 50 })),
      ["tells a probability from 0 to 1"],
    ],
    [
      "whose streams share their state",
      detector((stream) => ({
        process: (frame) => {
          shared = stream.process(frame) ? shared + 1 : shared;
          return shared % 7 === 1;
        },
      })),
      [
        "gives the same answers to the same sound",
        "keeps calls at once apart",
        "is as new after reset",
        "neither keeps nor changes a frame",
      ],
    ],
    [
      "that keeps the frame",
      detector((stream) => {
        let kept: Int16Array = new Int16Array(160);
        return {
          process: (frame) => {
            const answer = stream.process(kept);
            kept = frame;
            return answer;
          },
        };
      }),
      ["is as new after reset", "neither keeps nor changes a frame"],
    ],
    [
      "that writes into the frame",
      detector((stream) => ({ process: (frame) => stream.process(frame.fill(9, 0, 1)) })),
      ["neither keeps nor changes a frame"],
    ],
  ])("catches a detector %s", async (_, create, expected) => {
    expect(await runDetector(create)).toEqual(expected);
  });
});

describe("the turn detector suite", () => {
  const run = (silenceMs: (turn: TurnSoFar) => number) =>
    failuresOf(turnDetectorConformance({ create: (): TurnDetector => ({ ...silenceTurnDetector(), silenceMs }) }));

  it("passes the built-in one", async () => {
    expect(await failuresOf(turnDetectorConformance({ create: silenceTurnDetector }))).toEqual([]);
  });

  const bearable = "answers every turn with a bearable silence, and leaves the turn as it is";
  const pure = "answers the same turn always the same";
  let asked = 0;
  it.each<[string, (turn: TurnSoFar) => number, string[]]>([
    ["answers no number", ({ text }) => (text === "" ? Number.NaN : 500), [bearable]],
    ["answers in seconds before now", () => -1, [bearable]],
    ["waits for ever", ({ final }) => (final ? 500 : Number.POSITIVE_INFINITY), [bearable]],
    ["counts", () => (asked += 1), [pure]],
    ["sorts the pauses in place", ({ pausesMs }) => (pausesMs as number[]).sort()[0] ?? 500, [bearable, pure]],
  ])("catches one that %s", async (_, silenceMs, expected) => {
    expect(await run(silenceMs)).toEqual(expected);
  });
});
