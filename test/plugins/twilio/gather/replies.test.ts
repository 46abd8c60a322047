import { describe, expect, it } from "vitest";
import { createReplies } from "../../../../src/plugins/twilio/gather/replies.js";
import type { Utterance } from "../../../../src/plugins/twilio/gather/utterance.js";

const dropped: string[] = [];

const piece = (generation: number, text: string, more: Partial<Utterance> = {}): Utterance => ({
  text,
  generation,
  language: "en",
  interruptible: true,
  readyAtMs: 5,
  spoken: () => ({ text, durationMs: 1, verb: { verb: "say", text, language: "en" } }),
  drop: () => dropped.push(text),
  ...more,
});

function filled(...pieces: readonly Utterance[]) {
  const replies = createReplies();
  for (const each of pieces) replies.add(each);
  const taken = () => {
    const stretch = replies.take();
    const texts = (from: readonly Utterance[] = []) => from.map(({ text }) => text).join(" ");
    return stretch === undefined ? undefined : [texts(stretch.unheeding), texts(stretch.heeding)];
  };
  return { replies, taken };
}

const firm = { interruptible: false } as const;
const unready = { readyAtMs: undefined } as const;

describe("the replies", () => {
  it.each<[string, readonly Utterance[], readonly (readonly string[])[]]>([
    ["nothing", [], []],
    ["what can be interrupted", [piece(1, "a"), piece(1, "b")], [["", "a b"]]],
    ["what cannot, first", [piece(1, "a", firm), piece(1, "b")], [["a", "b"]]],
    [
      "in order, whatever is between",
      [piece(1, "a"), piece(1, "b", firm), piece(1, "c")],
      [
        ["", "a"],
        ["b", "c"],
      ],
    ],
    [
      "one reply at a time",
      [piece(1, "a"), piece(2, "b")],
      [
        ["", "a"],
        ["", "b"],
      ],
    ],
    [
      "only what is ready",
      [piece(1, "a"), piece(1, "b", unready)],
      [
        ["", "a"],
        ["", "b"],
      ],
    ],
    ["one piece at least", [piece(1, "a", unready)], [["", "a"]]],
  ])("give %s", (_name, pieces, stretches) => {
    const { taken } = filled(...pieces);
    for (const stretch of stretches) expect(taken()).toEqual(stretch);
    expect(taken()).toBeUndefined();
  });

  it("look out at what there is", () => {
    const { replies } = filled(piece(1, "a"), piece(1, "b", unready));
    expect(replies.outlook).toEqual({ pieces: 2, ready: 1, readySinceMs: 5, open: true });
    replies.complete(1);
    expect(replies.outlook).toMatchObject({ open: false });
    expect(replies.isHandedOut(1)).toBe(false);
    replies.take();
    replies.take();
    expect(replies.isHandedOut(1)).toBe(true);
    expect(replies.outlook).toEqual({ pieces: 0, ready: 0, readySinceMs: undefined, open: false });
  });

  it("drop what was stopped, and what comes for it later, but not the next reply", () => {
    const { replies, taken } = filled(piece(1, "a"), piece(2, "b"));
    dropped.length = 0;
    replies.stop(1);
    replies.add(piece(1, "c"));
    expect(dropped).toEqual(["a", "c"]);
    expect(taken()).toEqual(["", "b"]);
  });
});
