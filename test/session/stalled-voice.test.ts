import { describe, expect, it } from "vitest";
import { holdTone, MULAW_8K, PCM_16K } from "../../src/audio/index.js";
import type { TextToSpeech } from "../../src/spec/index.js";
import { type CallerScript, heardText, scriptedBrain, scriptedTextToSpeech } from "../../src/testing/index.js";
import type { VirtualClock } from "../../src/testing/virtual-clock.js";
import { wholeCall } from "./whole-call.js";

const TONE_MS = 240;
const ASK: CallerScript = [{ pauseMs: 300 }, { say: "what does it cost" }, { pauseMs: 15_000 }, { hangUp: true }];

/** A voice that stands still before its first sound; or, once, behind two words. */
const stalling = (clock: VirtualClock, where: "before" | "within", wordTimings: boolean): TextToSpeech =>
  scriptedTextToSpeech({
    clock,
    firstByteMs: 80,
    wordTimings,
    fault: (_, count) => ({ afterChunks: where === "within" && count === 1 ? 2 : 0, stall: true }),
  });

const callWith = (where: "before" | "within", wordTimings = false) =>
  wholeCall(ASK, { silence: { promptAfterMs: 60_000, awayAfterMs: 60_000 } }, {}, (clock) => ({
    brain: scriptedBrain([["It costs five hundred rupees a night."]], { clock }),
    textToSpeech: stalling(clock, where, wordTimings),
  }));

describe("a voice that stands still", () => {
  it("before its first sound: tones tell that the line is alive, until the call ends", async () => {
    const { report, of } = await callWith("before");
    const spokenMs = report.steps[1]?.endMs ?? 0;
    const { agentSpeech } = report;
    expect(agentSpeech.length).toBeGreaterThan(1);
    for (const { startMs, endMs } of agentSpeech) expect(endMs - startMs).toBeCloseTo(TONE_MS, -2);
    const gaps = agentSpeech.map(({ startMs }, index) => startMs - (agentSpeech[index - 1]?.endMs ?? spokenMs));
    expect(Math.max(...gaps), gaps.join(", ")).toBeLessThan(3_000);
    expect(of("call-end")[0]?.reason).toBe("error");
  });

  it("and what it never said is not heard: not in the reply, not in the history", async () => {
    const { of } = await callWith("before");
    const [answer] = of("reply");
    expect(answer).toMatchObject({ kind: "answer", text: "It costs five hundred rupees a night.", heardText: "" });
  });

  it("within a sentence: the tone comes behind it, and only the words that were said are heard", async () => {
    for (const wordTimings of [true, false]) {
      const { report, of } = await callWith("within", wordTimings);
      const [answer] = of("reply");
      expect(heardText(report)).toMatch(/^It costs/);
      if (wordTimings) expect(answer).toMatchObject({ heardText: "It costs" });
      else expect(answer?.heardText).toMatch(/^It(?: costs(?: five)?)?$/);
      expect(answer?.outcome).toBe("failed");
      // Then the apology, of which this voice says nothing either.
      const [words, tone] = report.agentSpeech;
      expect((tone?.startMs ?? 0) - (words?.endMs ?? 0)).toBeGreaterThan(1_000);
      expect((tone?.startMs ?? 0) - (words?.endMs ?? 0)).toBeLessThan(5_000);
    }
  });
});

describe("the tone", () => {
  it.each([MULAW_8K, PCM_16K])("is short in $type at $rate Hz", (format) => {
    const bytesPerMs = (format.rate * (format.type === "audio/pcm" ? 2 : 1)) / 1000;
    expect(holdTone(format).length / bytesPerMs).toBeCloseTo(TONE_MS, 0);
  });
});
