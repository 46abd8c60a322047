import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Evidence } from "../../../src/plugins/silero/judgement.js";
import { stepUndecided, UNDECIDED_START, type UndecidedState } from "../../../src/plugins/silero/undecided.js";

const WAIT = 3;
const silence: Evidence = { speaking: false, probability: 0.1, verdict: undefined, reachable: true };
const voice: Evidence = { speaking: true, probability: 0.7, verdict: undefined, reachable: true };
const doubt: Evidence = { speaking: true, probability: 0.3, verdict: undefined, reachable: true };
const unvoiced: Evidence = { ...doubt, probability: 0.5 };
const hears = (evidence: Evidence, verdict: number): Evidence => ({ ...evidence, verdict });
const gone = (evidence: Evidence): Evidence => ({ ...evidence, reachable: false });
const times = (count: number, evidence: Evidence): Evidence[] => Array.from({ length: count }, () => evidence);

function run(frames: readonly Evidence[], waitFrames = WAIT): UndecidedState[] {
  let state = UNDECIDED_START;
  return frames.map((evidence) => {
    state = stepUndecided(state, evidence, waitFrames);
    return state;
  });
}

/** `.` silent, `?` held, `S` speaking, `x` vetoed. */
const LETTERS = { silent: ".", held: "?", speaking: "S", vetoed: "x" } as const;
const drawn = (frames: readonly Evidence[], waitFrames?: number) =>
  run(frames, waitFrames)
    .map(({ phase }) => LETTERS[phase])
    .join("");

describe("an onset", () => {
  it.each<[string, Evidence[], string]>([
    ["is silence while the built-in detector hears none", [silence, silence], ".."],
    ["with a clear voice never waits", [silence, voice], ".S"],
    ["in doubt is held for the wait, and then stands without an answer", times(5, doubt), "???SS"],
    ["goes through as soon as the model hears speech", [doubt, hears(doubt, 0.3)], "?S"],
    ["goes through as soon as the voice is clear", [doubt, doubt, voice], "??S"],
    ["is vetoed at the end of the wait, not before", times(5, hears(doubt, 0.1)), "???xx"],
    ["stands when the model is undecided as well", times(5, hears(doubt, 0.11)), "???SS"],
    ["stands at once without a model", [gone(doubt)], "S"],
    ["stands as soon as the model is gone", [doubt, gone(doubt)], "?S"],
    ["that ends while it is held was none", [doubt, doubt, silence, doubt], "??.?"],
  ])("%s", (_, frames, expected) => {
    expect(drawn(frames)).toBe(expected);
  });

  it("is asked about anew, then again with each frame it is held, then on", () => {
    const questions = run([silence, ...times(5, hears(doubt, 0))]).map(({ question }) => question);
    expect(questions).toEqual(["nothing", "anew", "again", "again", "on", "on"]);
  });
});

describe("a veto", () => {
  const veto = times(4, hears(doubt, 0));

  it.each<[string, Evidence[], string]>([
    ["holds as long as the model hears no speech", times(3, hears(unvoiced, 0.29)), "xxx"],
    ["ends when the model hears speech", [hears(doubt, 0.3)], "S"],
    ["ends with a clear voice", [hears(voice, 0)], "S"],
    ["ends when the model is gone", [gone(hears(doubt, 0))], "S"],
    ["ends with the sound", [silence, doubt], ".?"],
  ])("%s", (_, frames, expected) => {
    expect(drawn([...veto, ...frames])).toBe(`???x${expected}`);
  });
});

describe("speech without a clear voice", () => {
  const long = times(12, unvoiced);

  it("is asked about after 240 ms", () => {
    const questions = run([voice, ...long, unvoiced]).map(({ question }) => question);
    expect(questions).toEqual([...times(12, silence).map(() => "nothing"), "anew", "on"]);
  });

  it.each<[string, Evidence[], string]>([
    ["stands without an answer", [unvoiced, unvoiced], "SS"],
    ["is withdrawn when the model hears none", [hears(unvoiced, 0.1)], "x"],
    ["stands while the model is undecided", [hears(unvoiced, 0.2), hears(unvoiced, 0.1)], "Sx"],
    [
      "stands, and is not asked about for a while, when the model hears some",
      [hears(unvoiced, 0.3), hears(unvoiced, 0)],
      "SS",
    ],
    ["stands without a model", [gone(hears(unvoiced, 0))], "S"],
    ["is left to the hangover when the built-in detector hears none either", [hears(doubt, 0)], "S"],
  ])("%s", (_, frames, expected) => {
    expect(drawn([voice, ...long, ...frames])).toBe(`S${"S".repeat(12)}${expected}`);
  });
});

describe("in any call", () => {
  const evidence = fc.record({
    speaking: fc.boolean(),
    probability: fc.double({ min: 0, max: 1, noNaN: true }),
    verdict: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
    reachable: fc.boolean(),
  });
  const call = fc.array(evidence, { maxLength: 80 });

  it("speech is the built-in detector's at most, and all of its clear voice and of what the model cannot judge", () => {
    fc.assert(
      fc.property(call, fc.integer({ min: 1, max: 5 }), (frames, waitFrames) => {
        run(frames, waitFrames).forEach(({ speaking }, at) => {
          const { speaking: builtIn, probability, reachable } = frames[at] as Evidence;
          if (!builtIn) expect(speaking).toBe(false);
          else if (probability > 0.5 || !reachable) expect(speaking).toBe(true);
        });
      }),
    );
  });

  it("no onset is held for longer than the wait", () => {
    fc.assert(
      fc.property(call, fc.integer({ min: 1, max: 5 }), (frames, waitFrames) => {
        expect(drawn(frames, waitFrames)).not.toContain("?".repeat(waitFrames + 1));
      }),
    );
  });

  it("nothing is vetoed that the model has not called no speech", () => {
    fc.assert(
      fc.property(call, fc.integer({ min: 1, max: 5 }), (frames, waitFrames) => {
        const states = run(frames, waitFrames);
        states.forEach(({ phase }, at) => {
          if (phase !== "vetoed" || states[at - 1]?.phase === "vetoed") return;
          expect(frames[at]?.verdict).toBeLessThanOrEqual(0.1);
        });
      }),
    );
  });

  it("what is not speech is not told to be likely, nor what is silence asked about", () => {
    fc.assert(
      fc.property(call, (frames) => {
        for (const { phase, probability, question } of run(frames)) {
          if (phase === "held" || phase === "vetoed") expect(probability).toBeLessThan(0.5);
          if (phase === "silent") expect(question).toBe("nothing");
        }
      }),
    );
  });
});
