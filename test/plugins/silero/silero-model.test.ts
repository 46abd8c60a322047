import { describe, expect, it } from "vitest";
import { createSileroModel } from "../../../src/plugins/silero/silero-model.js";
import { scriptedInference, settle } from "./scripted-model.js";

const FILE = { path: "/scripted.onnx", foundIn: undefined };
/** The n-th 256 samples of a ramp, so that every sample tells where it is from. */
const chunk = (n: number) => Int16Array.from({ length: 256 }, (_, at) => n * 256 + at);
const ramp = (from: number, to: number) => Float32Array.from({ length: to - from }, (_, at) => (from + at) / 32_768);

describe("a stream of the model", () => {
  it("gives each chunk with the 32 samples before it", async () => {
    const inference = scriptedInference();
    const stream = createSileroModel(inference, FILE).createStream();
    for (const n of [0, 1, 2]) await stream.probability(chunk(n));
    const inputs = inference.runs.map((run) => run.inputs);
    expect(inputs[0]).toEqual(Float32Array.of(...new Float32Array(32), ...ramp(0, 256)));
    expect(inputs[1]).toEqual(ramp(224, 512));
    expect(inputs[2]).toEqual(ramp(480, 768));
  });

  it("carries its state from chunk to chunk", async () => {
    const inference = scriptedInference();
    const stream = createSileroModel(inference, FILE).createStream();
    for (const n of [0, 1, 2]) await stream.probability(chunk(n));
    const expected = Float32Array.from({ length: 256 }, (_, at) => 2 * ((at % 128) + 1));
    expect(inference.runs.map(({ states }) => states[0])).toEqual([0, 1, 2]);
    expect(inference.runs[2]?.states).toEqual(expected);
  });

  it("answers with the probability of the chunk", async () => {
    const stream = createSileroModel(scriptedInference(), FILE).createStream();
    expect(await stream.probability(new Int16Array(256).fill(16_384))).toBe(0.5);
  });

  it("does not change the chunk, and copies it", async () => {
    const inference = scriptedInference();
    const stream = createSileroModel(inference, FILE).createStream();
    const samples = chunk(0);
    const answer = stream.probability(samples);
    expect(samples).toEqual(chunk(0));
    samples.fill(0);
    await answer;
    expect(inference.runs[0]?.inputs.subarray(32)).toEqual(ramp(0, 256));
  });

  it("forgets with reset, but for the samples it is given", async () => {
    const inference = scriptedInference();
    const stream = createSileroModel(inference, FILE).createStream();
    await stream.probability(chunk(0));
    stream.reset();
    await stream.probability(chunk(1));
    stream.reset(chunk(1));
    await stream.probability(chunk(2));
    expect(inference.runs[1]?.inputs.subarray(0, 32)).toEqual(new Float32Array(32));
    expect(inference.runs[2]?.inputs).toEqual(ramp(480, 768));
    expect(inference.runs.map(({ states }) => states[0])).toEqual([0, 0, 0]);
  });

  it("keeps what a run before the reset leaves behind out of what comes after", async () => {
    const inference = scriptedInference();
    const stream = createSileroModel(inference, FILE).createStream();
    const old = stream.probability(chunk(0));
    stream.reset();
    const fresh = stream.probability(chunk(1));
    await Promise.all([old, fresh]);
    await stream.probability(chunk(2));
    expect(inference.runs.map(({ size }) => size)).toEqual([2, 1]);
    expect(inference.runs[1]?.states[0]).toBe(1);
    expect(inference.runs[1]?.inputs).toEqual(ramp(480, 768));
  });

  it("is at work until the run after the reset is done, not the one before", async () => {
    const inference = scriptedInference();
    const run = inference.run.bind(inference);
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    inference.run = async (...given) => {
      if (inference.runs.length === 0) await gate;
      return run(...given);
    };
    const stream = createSileroModel(inference, FILE).createStream();
    const old = stream.probability(chunk(0));
    await settle(2);
    stream.reset();
    const fresh = stream.probability(chunk(1));
    open();
    await old;
    await expect(stream.probability(chunk(2))).rejects.toMatchObject({ code: "invalid-request" });
    await fresh;
  });

  it.each([0, 160, 255, 257])("refuses %i samples", async (length) => {
    const stream = createSileroModel(scriptedInference(), FILE).createStream();
    await expect(stream.probability(new Int16Array(length))).rejects.toMatchObject({
      code: "invalid-audio",
      message: `[bolchaal] [silero] A chunk has ${length} samples. Give 256 at a time: 32 ms at 8 kHz.`,
    });
  });

  it("refuses a chunk while one is at work", async () => {
    const stream = createSileroModel(scriptedInference(), FILE).createStream();
    const first = stream.probability(chunk(0));
    await expect(stream.probability(chunk(1))).rejects.toMatchObject({ code: "invalid-request" });
    await first;
    await stream.probability(chunk(1));
  });
});

describe("the model of many streams", () => {
  it("runs the chunks that wait together, 16 at once, and keeps the streams apart", async () => {
    const inference = scriptedInference();
    const model = createSileroModel(inference, FILE);
    const streams = Array.from({ length: 20 }, () => model.createStream());
    const levels = streams.map((_, at) => new Int16Array(256).fill(at * 1_024));
    const ask = () => Promise.all(streams.map((stream, at) => stream.probability(levels[at] as Int16Array)));
    await streams[3]?.probability(levels[3] as Int16Array);
    for (let round = 0; round < 2; round += 1) expect(await ask()).toEqual(streams.map((_, at) => at / 32));
    expect(inference.runs.map(({ size }) => size)).toEqual([1, 16, 4, 16, 4]);
    const { states } = inference.runs[3] as { states: Float32Array };
    const seen = Array.from({ length: 16 }, (_, at) => [states[at * 128], states[(16 + at) * 128 + 127]]);
    expect(seen).toEqual(seen.map((_, at) => (at === 3 ? [2, 256] : [1, 128])));
  });

  it("runs one batch a turn of the event loop, so that others have theirs", async () => {
    const inference = scriptedInference();
    const model = createSileroModel(inference, FILE);
    const answers = Array.from({ length: 64 }, () => model.createStream().probability(chunk(0)));
    const runsByTurn: number[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      await settle(1);
      runsByTurn.push(inference.runs.length);
    }
    await Promise.all(answers);
    expect(runsByTurn).toEqual([1, 2, 3, 4, 4]);
  });

  it("refuses more chunks than may wait, and takes them again after", async () => {
    const model = createSileroModel(scriptedInference(), FILE, 2);
    const streams = Array.from({ length: 3 }, () => model.createStream());
    const settled = await Promise.allSettled(streams.map((stream) => stream.probability(chunk(0))));
    expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
    expect(settled[2]).toMatchObject({ reason: { code: "overloaded", retryable: true } });
    await streams[2]?.probability(chunk(0));
  });

  it("tells a failure to those it struck, and goes on", async () => {
    let broken = true;
    const model = createSileroModel(
      scriptedInference(() => (broken ? new Error("out of memory") : undefined)),
      FILE,
    );
    const stream = model.createStream();
    await expect(stream.probability(chunk(0))).rejects.toMatchObject({
      code: "provider-failed",
      retryable: true,
      message:
        "[bolchaal] [silero] The Silero model failed: out of memory. If it happens again, use the built-in detector.",
    });
    broken = false;
    await stream.probability(chunk(1));
  });

  it.each([Number.NaN, -0.1, 1.1])("takes %d for a failure", async (probability) => {
    const inference = scriptedInference();
    const run = inference.run.bind(inference);
    inference.run = async (...given) => ({ ...(await run(...given)), probabilities: Float32Array.of(probability) });
    const stream = createSileroModel(inference, FILE).createStream();
    await expect(stream.probability(chunk(0))).rejects.toMatchObject({ code: "provider-failed" });
  });

  it("refuses what waits when it is closed, and everything after", async () => {
    const inference = scriptedInference();
    const model = createSileroModel(inference, FILE);
    const stream = model.createStream();
    const waiting = expect(stream.probability(chunk(0))).rejects.toMatchObject({ code: "session-ended" });
    await model.close();
    await model.close();
    await waiting;
    expect(inference.closed).toBe(true);
    await expect(stream.probability(chunk(1))).rejects.toMatchObject({ code: "session-ended" });
    expect(inference.runs).toEqual([]);
  });
});
