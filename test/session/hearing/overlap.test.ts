import { describe, expect, it } from "vitest";
import { applyGain, encodeMulaw, MULAW_8K } from "../../../src/audio/index.js";
import { type AgentSound, OverlapJudge } from "../../../src/session/hearing/overlap.js";

function voice(seed: number, ms: number, gainDb = 0): Int16Array {
  let state = seed;
  let last = 0;
  const samples = Int16Array.from({ length: ms * 8 }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    last = 0.7 * last + (state / 2 ** 32 - 0.5) * 12_000;
    return Math.round(last);
  });
  return applyGain(samples, gainDb);
}

const agentVoice = voice(11, 1000);
const agent = (heard: boolean): AgentSound => ({
  heardWithin: () => heard,
  heardLately: (lastMs) => (heard ? encodeMulaw(agentVoice.slice(-lastMs * 8)) : new Uint8Array(0)),
});

function judgeOf(heard: boolean, sound: Int16Array, callerDbfs?: Int16Array): boolean {
  const judge = new OverlapJudge(MULAW_8K, agent(heard));
  if (callerDbfs !== undefined) for (let n = 0; n < 50; n += 1) judge.learn(callerDbfs);
  const audio = encodeMulaw(sound);
  for (let from = 0; from < audio.length; from += 160) judge.hear(audio.subarray(from, from + 160));
  return judge.isCaller(true);
}

const usual = voice(5, 20);

describe("OverlapJudge", () => {
  it.each([
    ["the caller, as loud as ever", voice(3, 200), true],
    ["the caller, 10 dB softer", voice(3, 200, -10), true],
    ["a television, 18 dB softer", voice(3, 200, -18), false],
    ["the agent's echo at −18 dB, 300 ms late", applyGain(agentVoice.slice(500 * 8, 700 * 8), -18), false],
    [
      "the caller over the echo",
      voice(3, 200).map((sample, at) => sample + (agentVoice[500 * 8 + at] as number) / 8),
      true,
    ],
  ])("while the agent is heard: %s", (_, sound, caller) => {
    expect(judgeOf(true, sound, usual)).toBe(caller);
  });

  it("knows an echo before it knows the caller", () => {
    expect(judgeOf(true, applyGain(agentVoice.slice(500 * 8, 700 * 8), -18))).toBe(false);
    expect(judgeOf(true, voice(3, 200, -18))).toBe(true);
  });

  it("still knows the echo by its delay, and the caller over it", () => {
    const judge = new OverlapJudge(MULAW_8K, agent(true));
    const hear = (sound: Int16Array) => {
      const audio = encodeMulaw(sound);
      for (let from = 0; from < audio.length; from += 160) judge.hear(audio.subarray(from, from + 160));
      return judge.isCaller(true);
    };
    const echo = applyGain(agentVoice.slice(500 * 8, 700 * 8), -18);
    expect([hear(echo), hear(echo), hear(voice(3, 200)), hear(echo)]).toEqual([false, false, true, false]);
  });

  it("takes everybody for the caller while the agent is silent", () => {
    expect(judgeOf(false, voice(3, 200, -18), usual)).toBe(true);
  });
});
