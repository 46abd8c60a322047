import { describe, expect, it } from "vitest";
import { ALWAYS_START, type AlwaysState, stepAlways } from "../../../src/plugins/silero/always.js";
import type { Evidence } from "../../../src/plugins/silero/judgement.js";

const builtIn: Evidence = { speaking: true, probability: 0.8, verdict: undefined, reachable: true };
const hears = (verdict: number): Evidence => ({ ...builtIn, verdict });
const gone: Evidence = { ...builtIn, reachable: false };

function run(frames: readonly Evidence[], hangoverFrames = 2): AlwaysState[] {
  let state = ALWAYS_START;
  return frames.map((evidence) => {
    state = stepAlways(state, evidence, hangoverFrames);
    return state;
  });
}

describe("with the model always asked", () => {
  it.each<[string, Evidence[], boolean[]]>([
    ["nothing is speech before the first verdict", [builtIn, builtIn], [false, false]],
    ["speech begins at a half", [hears(0.49), hears(0.5)], [false, true]],
    ["speech goes on above 0.35", [hears(0.5), hears(0.35), hears(0.35), hears(0.35)], [true, true, true, true]],
    ["speech ends with its hangover", [hears(0.9), hears(0.34), hears(0.34), hears(0.34)], [true, true, false, false]],
    ["the hangover begins anew with speech", [hears(0.9), hears(0), hears(0.9), hears(0)], [true, true, true, true]],
    ["the built-in detector decides while the model is gone", [gone, { ...gone, speaking: false }], [true, false]],
  ])("%s", (_, frames, expected) => {
    expect(run(frames).map(({ speaking }) => speaking)).toEqual(expected);
  });

  it("the probability is the model's, on the side of what it means", () => {
    const probabilities = run([hears(0.9), hears(0.4), hears(0.2), gone]).map(({ probability }) => probability);
    expect(probabilities).toEqual([0.9, 0.5, 0.2, 0.8]);
  });

  it("the model goes on listening, whatever happens", () => {
    expect(run([builtIn, hears(0.9), gone]).map(({ question }) => question)).toEqual(["on", "on", "on"]);
  });
});
