import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defineTool } from "../../src/brain/index.js";
import type { StandardSchema } from "../../src/spec/index.js";

const run = () => "done";
const base = { name: "book", description: "Books.", run };

describe("defineTool", () => {
  it("takes a zod schema: the model sees its JSON Schema, the tool its output", async () => {
    const tool = defineTool({ ...base, input: z.object({ room: z.string(), nights: z.coerce.number().int() }) });
    expect(tool.inputSchema).toMatchObject({
      type: "object",
      properties: { room: { type: "string" }, nights: { type: "integer" } },
      required: ["room", "nights"],
    });
    expect(await tool.check({ room: "sea view", nights: "2" })).toEqual({
      ok: true,
      input: { room: "sea view", nights: 2 },
    });
  });

  it("takes a JSON Schema, and checks by it", async () => {
    const inputSchema = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
    const tool = defineTool({ ...base, input: inputSchema });
    expect(tool.inputSchema).toBe(inputSchema);
    expect(await tool.check({ city: "Pune" })).toEqual({ ok: true, input: { city: "Pune" } });
    expect(await tool.check({ city: 4 })).toMatchObject({ ok: false, wrong: expect.stringContaining("city: ") });
  });

  it("takes nothing when it is told of no input", async () => {
    expect(defineTool(base).inputSchema).toEqual({ type: "object", properties: {}, additionalProperties: false });
    expect(await defineTool(base).check({})).toEqual({ ok: true, input: {} });
    expect(await defineTool(base).check({ extra: 1 })).toMatchObject({ ok: false });
  });

  it("says where an input is wrong", async () => {
    const tool = defineTool({
      ...base,
      input: z.object({ guest: z.object({ name: z.string() }), nights: z.number() }),
    });
    const checked = await tool.check({ guest: {} });
    expect(checked).toMatchObject({ ok: false });
    expect("wrong" in checked && checked.wrong).toMatch(/^guest\.name: .*; nights: /);
  });

  const foreign = (jsonSchema: boolean): StandardSchema<string> => ({
    "~standard": {
      version: 1,
      vendor: "other",
      validate: async (value) =>
        typeof value === "string"
          ? { value: value.trim() }
          : { issues: [{ message: "no text", path: [{ key: "x" }] }] },
      ...(jsonSchema ? { jsonSchema: { input: () => ({ type: "string" }) } } : {}),
    },
  });

  it("takes any Standard Schema, with JSON Schema of its own or beside it", async () => {
    expect(defineTool({ ...base, input: foreign(true) }).inputSchema).toEqual({ type: "string" });
    const tool = defineTool({ ...base, input: foreign(false), inputSchema: { type: "string", minLength: 1 } });
    expect(tool.inputSchema).toEqual({ type: "string", minLength: 1 });
    expect(await tool.check(" a ")).toEqual({ ok: true, input: "a" });
    expect(await tool.check(3)).toEqual({ ok: false, wrong: "x: no text" });
  });

  it.each([
    ["a name with a space", { ...base, name: "book room" }, /no name for a tool/],
    ["an empty name", { ...base, name: "" }, /no name for a tool/],
    ["a timeout of nothing", { ...base, timeoutMs: 0 }, /timeout of the tool book must be above 0 ms/],
    ["a schema that gives no JSON Schema", { ...base, input: foreign(false) }, /Give it as inputSchema/],
    ["what JSON Schema cannot say", { ...base, input: z.object({ at: z.date() }) }, /cannot be written as JSON Schema/],
    ["no schema at all", { ...base, input: { type: "colour" } }, /no JSON Schema that can be checked/],
  ])("refuses %s", (_name, definition, message) => {
    expect(() => defineTool(definition as never)).toThrow(
      expect.objectContaining({ code: "invalid-option", message: expect.stringMatching(message) }),
    );
  });
});
