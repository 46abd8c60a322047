import { describe, expect, it } from "vitest";
import { answeredCall } from "./call.js";

type Said = readonly [text: string, final: boolean, id?: string];

/** One utterance from 1000 to 2000 ms; `during` comes at 1500, `after` from 2100 on, 50 ms apart. */
function heard(during: readonly Said[], after: readonly Said[]) {
  const call = answeredCall().at(1000, { type: "speech-start" });
  const told = (atMs: number, [text, final, id = "utterance-1"]: Said) => {
    const result = { type: "transcript", final, text, ...(id === "none" ? {} : { utteranceId: id }) } as const;
    call.at(atMs, { type: "transcript", result });
  };
  for (const said of during) told(1500, said);
  call.at(2000, { type: "speech-end", endedAtMs: 2000, speechMs: 1000 });
  after.forEach((said, index) => {
    told(2100 + 50 * index, said);
  });
  return call.until(9000);
}

describe("whatever the recogniser does, a turn is answered once, with all its words", () => {
  it.each<[string, Said[], Said[], string]>([
    ["one final", [], [["kitna hai", true]], "kitna hai"],
    ["an interim, then its final", [["kitna", false]], [["kitna hai", true]], "kitna hai"],
    [
      "a final twice",
      [],
      [
        ["kitna hai", true],
        ["kitna hai", true],
      ],
      "kitna hai",
    ],
    [
      "a final in two parts",
      [],
      [
        ["mera naam ravi hai", true],
        ["pune se bol raha hoon", true],
      ],
      "mera naam ravi hai pune se bol raha hoon",
    ],
    [
      "… the second of them twice",
      [],
      [
        ["mera naam", true],
        ["ravi hai", true],
        ["ravi hai", true],
      ],
      "mera naam ravi hai",
    ],
    [
      "… the first while the caller speaks",
      [["mera naam ravi hai", true]],
      [["pune se", true]],
      "mera naam ravi hai pune se",
    ],
    [
      "… with interim words of the second between",
      [
        ["mera naam ravi hai", true],
        ["pune", false],
      ],
      [["pune se", true]],
      "mera naam ravi hai pune se",
    ],
    [
      "a final that is revised",
      [],
      [
        ["kitna he", true],
        ["kitna hai ji", true],
      ],
      "kitna hai ji",
    ],
    [
      "an interim behind the final",
      [],
      [
        ["kitna hai", true],
        ["kitna", false],
      ],
      "kitna hai",
    ],
    [
      "an empty final behind the final",
      [],
      [
        ["kitna hai", true],
        ["", true],
      ],
      "kitna hai",
    ],
    [
      "finals that name no utterance",
      [],
      [
        ["kitna hai", true, "none"],
        ["kitna hai", true, "none"],
      ],
      "kitna hai",
    ],
    ["finals of the recogniser's own names", [["kitna", false, "x1"]], [["kitna hai", true, "x1"]], "kitna hai"],
  ])("%s", (_, during, after, text) => {
    const call = heard(during, after);
    expect(call.events("turn-end")).toMatchObject([{ text }]);
    expect(call.actions("ask-brain")).toMatchObject([{ question: { text } }]);
  });

  it("takes finals that come in the wrong order, each to its utterance", () => {
    const call = answeredCall()
      .at(1000, { type: "speech-start" })
      .at(1500, { type: "speech-end", endedAtMs: 1500, speechMs: 500 });
    call.at(1800, { type: "speech-start" }).at(2300, { type: "speech-end", endedAtMs: 2300, speechMs: 500 });
    const final = (utteranceId: string, text: string) =>
      ({ type: "transcript", result: { type: "transcript", final: true, text, utteranceId } }) as const;
    call.at(2400, final("utterance-2", "do rooms")).at(2500, final("utterance-1", "mujhe chahiye")).until(5000);
    expect(call.events("turn-end")).toMatchObject([{ text: "mujhe chahiye do rooms" }]);
  });

  it("drops a final for a closed turn, and counts it", () => {
    const call = heard([], [["kitna hai", true]]);
    call.at(9500, {
      type: "transcript",
      result: { type: "transcript", final: true, text: "kitna", utteranceId: "utterance-1" },
    });
    call.until(15_000);
    expect(call.events("turn-end")).toHaveLength(1);
    expect(call.events("warning")).toMatchObject([{ code: "late-transcript" }]);
  });
});

describe("what the words want of the call", () => {
  it.each([
    ["bye bye", "farewell", /Goodbye/],
    ["please do not call me again", "do-not-call", /not call you again/],
    ["sorry wrong number", "wrong-number", /wrong number/],
  ])("%j ends it, with words of its own", (words, reason, goodbye) => {
    const call = answeredCall().says(1000, 2000, words).until(3000);
    expect(call.actions("ask-brain")).toEqual([]);
    expect(call.actions("speak")).toMatchObject([{ text: expect.stringMatching(goodbye) }]);
    call.plays(3100, 4000).at(5000, { type: "transport-end", reason: "hung-up" });
    expect(call.events("call-end")).toMatchObject([{ reason }]);
    expect(call.events("turn-end")).toMatchObject([{ intent: reason }]);
  });

  it.each([
    ["manager se baat karao", "human"],
    ["phir se boliye", "repeat"],
    ["kal phone kijiye", "call-later"],
  ])("%j is told to the brain", (words, intent) => {
    const call = answeredCall().says(1000, 2000, words).until(4000);
    expect(call.actions("ask-brain")).toMatchObject([{ question: { text: words, intent } }]);
  });

  it("ends only what the app lists", () => {
    const call = answeredCall({ endOn: ["farewell"] })
      .says(1000, 2000, "sorry wrong number")
      .until(4000);
    expect(call.actions("ask-brain")).toMatchObject([{ question: { intent: "wrong-number" } }]);
  });

  it.each([
    ["outbound", "announcement"],
    ["inbound", undefined],
  ] as const)("an automatic voice ends an %s call with %s, without a word", (direction, ending) => {
    const call = answeredCall({}, direction).says(1000, 2000, "the number you are calling is switched off").until(4000);
    expect(call.state.ending).toBe(ending);
    expect(call.actions("speak")).toEqual([]);
  });
});
