import { describe, expect, it } from "vitest";
import { createView, wantsColour } from "../../src/cli/view.js";

function viewWith(options: { readonly isTerminal?: boolean; readonly colour?: boolean }) {
  const written: string[] = [];
  const view = createView({ isTerminal: false, colour: false, ...options, write: (text) => void written.push(text) });
  return { view, text: () => written.join("") };
}

describe("what the command line writes", () => {
  it("is indented, a text of several lines in each", () => {
    const { view, text } = viewWith({});
    view.line("one\n\ntwo");
    view.line();
    view.table([
      ["length", "3 s"],
      ["ended by", "farewell"],
    ]);
    expect(text()).toBe("  one\n\n  two\n\n  length    3 s\n  ended by  farewell\n");
  });

  it("has colours only where they are wanted", () => {
    const { view, text } = viewWith({ colour: true });
    view.good("there");
    view.bad("not there");
    expect(text()).toBe("  \u001b[32m✓\u001b[39m there\n  \u001b[31m✗\u001b[39m not there\n");
    expect(viewWith({}).view.paint("red", "x")).toBe("x");
  });

  it.each([
    [{}, true, true],
    [{}, false, false],
    [{ NO_COLOR: "1" }, true, false],
    [{ NO_COLOR: "" }, true, true],
    [{ TERM: "dumb" }, true, false],
  ])("with %j, on a terminal %s: colours %s", (environment, isTerminal, wanted) => {
    expect(wantsColour(environment, isTerminal)).toBe(wanted);
  });

  it("shows on a terminal what passes, until the next line wipes it away", () => {
    const { view, text } = viewWith({ isTerminal: true });
    view.passing("… two things");
    view.passing("… one thing");
    view.good("done");
    view.passing("");
    expect(text()).toBe("  … two things\r\u001b[2K  … one thing\r\u001b[2K  ✓ done\n");
    const pipe = viewWith({});
    pipe.view.passing("… two things");
    expect(pipe.text()).toBe("");
  });
});
