import { describe, expect, it } from "vitest";
import { BolchaalError } from "../../../src/errors.js";
import { fallback } from "../../../src/session/index.js";
import type { ModelPart, ModelRequest } from "../../../src/spec/index.js";
import { createVirtualClock, type ScriptedModelStep, scriptedModel } from "../../../src/testing/index.js";

const failure = (retryable: boolean, code: "provider-failed" | "overloaded" = "provider-failed") =>
  new BolchaalError("No luck.", { code, component: "brain", provider: "first", retryable });

/** Asks a chain of two once. */
async function ask(
  first: readonly (readonly ScriptedModelStep[])[],
  second: readonly (readonly ScriptedModelStep[])[] = [["from the second"]],
  requests = 1,
) {
  const clock = createVirtualClock();
  const models = [
    scriptedModel(first, { clock, name: "first" }),
    scriptedModel(second, { clock, name: "second" }),
  ] as const;
  const chain = fallback([...models], { clock });
  const warnings: string[] = [];
  const parts: ModelPart[] = [];
  let thrown: unknown;
  for (let count = 0; count < requests; count += 1) {
    parts.length = 0;
    thrown = await clock.runUntilSettled(
      (async () => {
        const request: ModelRequest = {
          instructions: "",
          messages: [{ role: "user", text: "hello" }],
          tools: [],
          signal: new AbortController().signal,
          warn: ({ message }) => warnings.push(message),
        };
        for await (const part of chain.doGenerate(request)) parts.push(part);
      })().then(
        () => undefined,
        (error: unknown) => error,
      ),
    );
  }
  const text = parts.map((part) => (part.type === "text" ? part.text : "")).join("");
  return {
    text,
    parts,
    warnings,
    thrown,
    asked: models.map((model) => model.requests.length),
    models,
    atMs: clock.now(),
    clock,
  };
}

describe("a chain of models", () => {
  it("asks the first one alone while it does", async () => {
    const { text, asked, warnings } = await ask([["from the first"]]);
    expect({ text, asked, warnings }).toEqual({ text: "from the first", asked: [1, 0], warnings: [] });
  });

  it.each([
    ["is refused for good", failure(false), [1, 1], 0],
    ["is out of means", failure(true, "overloaded"), [1, 1], 0],
    ["fails soon, and again", failure(true), [2, 1], 100],
  ] as const)("goes on to the next one where the first %s", async (_what, error, asked, atMs) => {
    const result = await ask([[{ error }]]);
    expect(result).toMatchObject({ text: "from the second", asked, atMs, thrown: undefined });
    expect(result.warnings.length).toBe(asked[0]);
  });

  it("tries the same one once more after a quick failure", async () => {
    const { text, asked } = await ask([[{ error: failure(true) }], ["second try"]]);
    expect({ text, asked }).toEqual({ text: "second try", asked: [2, 0] });
  });

  it("does not try again what failed late", async () => {
    const { text, asked } = await ask([[{ waitMs: 1_500 }, { error: failure(true) }], ["second try"]]);
    expect({ text, asked }).toEqual({ text: "from the second", asked: [1, 1] });
  });

  it.each([
    ["gives nothing", [{ stall: true }], 2_500],
    ["stops in the middle", ["One two ", { stall: true }], 2_000],
    ["trickles empty parts", [{ waitMs: 2_600 }, "late"], 2_500],
  ] as const)("does not wait for one that %s", async (_what, first, atMs) => {
    const result = await ask([[...first]], [["three"]]);
    expect(result).toMatchObject({ atMs, asked: [1, 1], thrown: undefined });
    expect(result.warnings[0]).toMatch(/It gave nothing for \d+ ms/);
  });

  it("waits for the last one as long as its caller does", async () => {
    const { text, atMs } = await ask([[{ error: failure(false) }]], [[{ waitMs: 9_000 }, "at last"]]);
    expect({ text, atMs }).toEqual({ text: "at last", atMs: 9_000 });
  });

  it("has the next one go on behind the last whole word, and tells it what was said", async () => {
    const { text, models } = await ask([["Our rooms co", { error: failure(false) }]], [["cost 500."]]);
    expect(text).toBe("Our rooms cost 500.");
    expect(models[1].requests[0]?.messages).toEqual([
      { role: "user", text: "hello" },
      { role: "assistant", text: "Our rooms " },
      { role: "user", text: expect.stringContaining("Go on right where they stop") },
    ]);
  });

  it("makes no call of a tool twice", async () => {
    const call = { call: "book", id: "t1" };
    const { parts } = await ask([["Booking. ", call, { error: failure(false) }]], [[{ call: "book", id: "t2" }]]);
    expect(parts.filter(({ type }) => type === "tool-call")).toMatchObject([{ toolCallId: "t2" }]);
    expect(parts.filter(({ type }) => type === "finish")).toHaveLength(1);
  });

  it("says who is to be paid", async () => {
    const usage = { type: "usage", inputTokens: 1, outputTokens: 1 } as const;
    const { parts } = await ask([[{ error: failure(false) }]], [["ok", usage]]);
    expect(parts.find(({ type }) => type === "usage")).toMatchObject({
      madeBy: { name: "second", modelId: "scripted-1" },
    });
  });

  it("takes an answer without a word for a failure", async () => {
    expect(await ask([[]], [["ok"]])).toMatchObject({ text: "ok" });
  });

  it("throws the last failure when all fail, and remembers it", async () => {
    const { thrown, asked } = await ask([[{ error: failure(false) }]], [[{ error: new Error("down") }]]);
    expect(thrown).toMatchObject({
      code: "provider-failed",
      provider: "second",
      message: expect.stringContaining("down"),
    });
    expect(asked).toEqual([1, 1]);
  });

  it("passes one that failed over in the next calls", async () => {
    const { asked, text } = await ask([[{ error: failure(false) }]], [["ok"]], 4);
    expect({ asked, text }).toEqual({ asked: [1, 4], text: "ok" });
  });

  it("lets go, with the reason, when aborted, and blames nobody", async () => {
    const clock = createVirtualClock();
    const models = [scriptedModel([[{ stall: true }]], { clock }), scriptedModel(["no"], { clock })];
    const abort = new AbortController();
    const request: ModelRequest = { instructions: "", messages: [], tools: [], signal: abort.signal };
    const read = (async () => {
      for await (const _ of fallback(models, { clock }).doGenerate(request));
    })();
    clock.setTimer(() => abort.abort(new Error("enough")), 100);
    await expect(clock.runUntilSettled(read)).rejects.toThrow("enough");
    expect(clock.pendingTimers).toBe(0);
    expect(models[1]?.requests).toEqual([]);
  });

  it.each([[[]], [[scriptedModel(["x"]), { specVersion: "v1", name: "x", doReply: () => [] }]]])(
    "refuses what is no chain",
    (providers) => {
      expect(() => fallback(providers as never)).toThrow(/A fallback needs providers, all of one kind/);
    },
  );
});
