import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { agrees, personAt } from "../../src/cli/person.js";

function seat() {
  const [input, output] = [new PassThrough(), new PassThrough()];
  return { input, output, person: personAt(input, output) };
}

describe("the person at the terminal", () => {
  it("is asked line by line", async () => {
    const { input, output, person } = seat();
    const first = person.ask("One? ");
    input.write(" eins \n");
    expect(await first).toBe("eins");
    const second = person.ask("Two? ");
    input.write("zwei\n");
    expect(await second).toBe("zwei");
    expect(String(output.read())).toBe("One? Two? ");
  });

  it("leaves when the input ends", async () => {
    const { input, person } = seat();
    const answer = person.ask("One? ");
    input.end();
    expect(await answer).toBeUndefined();
  });

  it.each([
    ["y", true],
    ["Yes", true],
    ["haan", true],
    ["हाँ", true],
    ["no", false],
    ["", false],
    ["yesterday", false],
  ])("%j agrees: %s", async (typed, is) => {
    const person = { ask: async () => typed };
    expect(await agrees(person, "Call?")).toBe(is);
  });

  it("does not agree by leaving", async () => {
    expect(await agrees({ ask: async () => undefined }, "Call?")).toBe(false);
  });
});
