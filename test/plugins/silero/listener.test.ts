import { describe, expect, it } from "vitest";
import { createListener } from "../../../src/plugins/silero/listener.js";
import { scriptedModel, settle } from "./scripted-model.js";

const PATIENCE = 800;
/** Every sample tells where it is from. */
const frame = (n: number) => Int16Array.from({ length: 160 }, (_, at) => n * 160 + at);
const ramp = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);

function scene(answer?: (chunk: Int16Array) => number | undefined) {
  const model = scriptedModel(answer);
  const told: string[] = [];
  const listener = createListener(model.createStream(), PATIENCE, {
    asked: (chunks) => told.push(`asked ${chunks}`),
    late: () => told.push("late"),
    failed: (error) => told.push(`failed: ${(error as Error).message}`),
  });
  let frames = 0;
  return {
    model,
    told,
    listener,
    hear(count: number) {
      for (let at = 0; at < count; at += 1) listener.hear(frame(frames + at));
      frames += count;
    },
    heard: () => model.asked.flatMap(({ chunk }) => [...chunk]),
  };
}

describe("what the model is let hear", () => {
  it.each(["anew", "again"] as const)("%s: the newest 192 ms, and what was before them", async (question) => {
    const { model, listener, hear, heard } = scene(() => 0.5);
    hear(20);
    listener.ask(question);
    await settle();
    hear(1);
    listener.ask(question);
    await settle();
    expect(heard()).toEqual([...ramp(3_200 - 1_536, 3_200), ...ramp(3_360 - 1_536, 3_360)]);
    expect(model.resets.map((before) => before.at(-1))).toEqual([3_200 - 1_537, 3_360 - 1_537]);
  });

  it("on: what has come since, in whole chunks", async () => {
    const { model, told, listener, hear, heard } = scene(() => 0.5);
    hear(20);
    listener.ask("anew");
    await settle();
    for (let at = 0; at < 8; at += 1) {
      hear(1);
      listener.ask("on");
      await settle();
    }
    expect(heard()).toEqual(ramp(3_200 - 1_536, 3_200 + 1_280));
    expect(told).toEqual(["asked 6", "asked 1", "asked 1", "asked 1", "asked 1", "asked 1"]);
    expect(model.resets).toHaveLength(1);
  });

  it("on, after more than the warm-up: the newest 192 ms only", async () => {
    const { listener, hear, heard } = scene(() => 0.5);
    hear(20);
    listener.ask("on");
    await settle();
    expect(heard()).toEqual(ramp(3_200 - 1_536, 3_200));
  });

  it("of a call that has just begun: what there is, in whole chunks", async () => {
    const { listener, hear, heard } = scene(() => 0.5);
    hear(4);
    listener.ask("anew");
    await settle();
    expect(heard()).toEqual(ramp(128, 640));
  });

  it("is a copy: later frames change nothing in it", async () => {
    let reply: number | undefined;
    const { model, listener, hear, heard } = scene(() => reply);
    hear(20);
    listener.ask("anew");
    hear(3);
    reply = 0.5;
    model.asked[0]?.answer(reply);
    await settle();
    expect(heard()).toEqual(ramp(3_200 - 1_536, 3_200));
  });

  it("nothing, when nothing is asked", async () => {
    const { told, listener, hear } = scene(() => 0.5);
    hear(20);
    listener.ask("nothing");
    expect(told).toEqual([]);
  });
});

describe("the verdict", () => {
  it("is the newest chunk's", async () => {
    const { listener, hear } = scene((chunk) => (chunk[255] === 3_199 ? 0.75 : 0.25));
    hear(20);
    listener.ask("anew");
    expect(listener.verdict).toBeUndefined();
    await settle();
    expect(listener.verdict).toBe(0.75);
  });

  it("is forgotten when another sound is asked about", async () => {
    let reply: number | undefined = 0.75;
    const { listener, hear } = scene(() => reply);
    hear(20);
    listener.ask("anew");
    await settle();
    reply = undefined;
    listener.ask("anew");
    expect(listener.verdict).toBeUndefined();
  });

  it("is not that of a sound before, and that sound is heard no further", async () => {
    const { model, listener, hear } = scene();
    hear(20);
    listener.ask("anew");
    listener.ask("anew");
    model.asked[0]?.answer(0.75);
    await settle();
    expect(listener.verdict).toBeUndefined();
    expect(model.asked).toHaveLength(1);
  });

  it("is not that of a sound before, not even of its last chunk", async () => {
    const { model, listener, hear } = scene((chunk) => (chunk[255] === 3_199 ? undefined : 0.25));
    hear(20);
    listener.ask("anew");
    await settle();
    listener.ask("anew");
    model.asked.at(-1)?.answer(0.75);
    await settle();
    expect(listener.verdict).toBeUndefined();
    listener.ask("on");
    expect(model.resets).toHaveLength(2);
  });
});

describe("an answer", () => {
  it("is late when more than the patience has gone by, once, and until it comes", async () => {
    let reply: number | undefined;
    const { model, told, listener, hear } = scene(() => reply);
    hear(20);
    listener.ask("anew");
    hear(5);
    expect(listener.reachable).toBe(true);
    hear(1);
    expect(listener.reachable).toBe(false);
    hear(10);
    expect(told).toEqual(["asked 6", "late"]);
    reply = 0.5;
    model.asked[0]?.answer(reply);
    await settle();
    expect(listener.reachable).toBe(true);
  });

  it("that fails leaves the model alone for a second of the call", async () => {
    const { model, told, listener, hear } = scene();
    hear(20);
    listener.ask("anew");
    model.asked[0]?.fail(new Error("out of memory"));
    await settle();
    expect(listener.reachable).toBe(false);
    hear(49);
    listener.ask("on");
    listener.ask("anew");
    hear(1);
    expect(listener.reachable).toBe(true);
    listener.ask("on");
    expect(told).toEqual(["asked 6", "failed: out of memory", "asked 6"]);
    expect(model.resets).toHaveLength(2);
  });
});
