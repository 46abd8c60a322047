import { describe, expect, it } from "vitest";
import { readArguments, readChoice, readPairs, UsageError } from "../../src/cli/arguments.js";

const OPTIONS = {
  yes: { type: "boolean" },
  from: { type: "string" },
  var: { type: "string", multiple: true },
} as const;

describe("what stands behind a command", () => {
  it("is words, texts and flags", () => {
    const given = readArguments(["+91981", "--from", "+1", "--var", "a=1", "--var=b=2", "--from=+2", "--yes"], OPTIONS);
    expect(given.words).toEqual(["+91981"]);
    expect([given.text("from"), given.texts("var"), given.flag("yes")]).toEqual(["+2", ["a=1", "b=2"], true]);
    expect([given.text("var"), given.flag("help"), given.text("nothing")]).toEqual(["b=2", false, undefined]);
  });

  it.each([
    [["--fro", "+1"], "Unknown option '--fro'."],
    [["--from"], "Option '--from <value>' argument missing."],
    [["--yes=1"], "Option '--yes' does not take an argument."],
  ])("%j is refused, in a sentence", (args, message) => {
    expect(() => readArguments(args, OPTIONS)).toThrow(new UsageError(message));
  });

  it("has pairs", () => {
    expect(readPairs(["name=Ravi", "time=five = 17:00", "note="], "var")).toEqual({
      name: "Ravi",
      time: "five = 17:00",
      note: "",
    });
    expect(Object.keys(readPairs(["__proto__=x"], "var"))).toEqual(["__proto__"]);
    for (const pairs of [["Ravi"], ["=Ravi"], ["a b=c"], ["a=1", "a=2"]]) {
      expect(() => readPairs(pairs, "var"), pairs.join()).toThrow(UsageError);
    }
  });

  it("has choices", () => {
    expect(readChoice("hi", "language", ["hi", "en"])).toBe("hi");
    expect(readChoice(undefined, "language", ["hi", "en"])).toBeUndefined();
    expect(() => readChoice("fr", "language", ["hi", "en"])).toThrow("--language fr is none of hi, en.");
  });
});
