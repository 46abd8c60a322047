import { describe, expect, it } from "vitest";
import { DEFAULT_LINES } from "../../src/session/index.js";
import type { BrainPart } from "../../src/spec/index.js";
import { type CallerScript, heardText, type ScriptedReply, scriptedBrain } from "../../src/testing/index.js";
import { wholeCall } from "./whole-call.js";

const ASK: CallerScript = [
  { pauseMs: 300 },
  { say: "what does it cost" },
  { waitFor: "agent-silence" },
  { hangUp: true },
];
const PATIENT: CallerScript = [{ pauseMs: 300 }, { say: "what does it cost" }, { pauseMs: 15_000 }, { hangUp: true }];
const PATIENCE = { silence: { promptAfterMs: 60_000, awayAfterMs: 60_000 } };
const [FIRST, SECOND] = DEFAULT_LINES.fillers.map((line) => (typeof line === "string" ? line : line.en));

const answering = (reply: ScriptedReply, script = PATIENT, agent: Parameters<typeof wholeCall>[1] = {}) =>
  wholeCall(script, { ...PATIENCE, ...agent }, {}, (clock) => ({ brain: scriptedBrain([reply], { clock }) }));

/** The silences in which the caller waited, in ms: from their last word to the agent's first, and between the agent's. */
async function silences(reply: ScriptedReply): Promise<number[]> {
  const { of, report } = await answering(reply);
  expect(of("reply")[0]?.outcome).toBe("played");
  const spokenMs = report.steps[1]?.endMs ?? 0;
  const stretches = report.agentSpeech;
  return stretches.map(({ startMs }, index) => startMs - (stretches[index - 1]?.endMs ?? spokenMs));
}

describe("a brain that is long in thinking", () => {
  it("is not filled in for when it is quick enough", async () => {
    const { report } = await answering([{ waitMs: 1_200 }, "five hundred rupees"], ASK);
    expect(heardText(report)).toBe("five hundred rupees");
  });

  it("has a line said in its place, then its answer, as one reply", async () => {
    const { report, of } = await answering([{ waitMs: 4_000 }, "five hundred rupees"]);
    expect(heardText(report)).toBe(`${FIRST} five hundred rupees`);
    expect(of("reply")).toMatchObject([
      { kind: "answer", heardText: `${FIRST} five hundred rupees`, outcome: "played" },
    ]);
  });

  it("never leaves the caller in silence for 3 s, before its words or between them", async () => {
    for (const waitMs of [1_000, 1_600, 2_500, 4_000, 5_500]) {
      const gaps = await silences([{ waitMs }, "it costs five. ", { waitMs }, "or six."]);
      expect(gaps.length).toBeGreaterThan(0);
      expect(Math.max(...gaps), `${waitMs} ms: ${gaps.join(", ")}`).toBeLessThan(3_000);
    }
  });

  it("is given up after its limit, with an apology", async () => {
    const { of } = await answering([{ stall: true }]);
    expect(of("reply").map(({ kind, outcome }) => [kind, outcome])).toEqual([
      ["answer", "failed"],
      ["line", "played"],
    ]);
    expect(of("error")).toMatchObject([{ code: "provider-timeout", component: "brain" }]);
  });

  it("may have its own words for it, or none", async () => {
    const slow = [{ waitMs: 4_000 }, "five"] as const;
    expect(heardText((await answering(slow, PATIENT, { lines: { fillers: ["Let me see."] } })).report)).toBe(
      "Let me see. five",
    );
    expect(heardText((await answering(slow, PATIENT, { lines: { fillers: [] } })).report)).toBe("five");
  });

  it("is not filled in for while the caller speaks", async () => {
    const { report } = await answering(
      [{ waitMs: 3_000 }, "five"],
      [
        { pauseMs: 300 },
        { say: "what does it cost" },
        { pauseMs: 1_700 },
        { say: "for two of us and three children please" },
        { pauseMs: 8_000 },
        { hangUp: true },
      ],
    );
    expect(heardText(report)).toBe(`${FIRST} five`);
  });
});

describe("a tool that takes long", () => {
  const tool = (filler: string | false | undefined, after: readonly (string | BrainPart)[] = []): ScriptedReply => [
    ...after,
    {
      type: "tool-call",
      toolCallId: "t",
      name: "price",
      input: {},
      run: () => new Promise(() => {}),
      ...(filler === undefined ? {} : { filler }),
    },
    { waitMs: 5_000 },
    "five hundred",
  ];

  it.each([
    ["the session's lines", undefined, `${FIRST} ${SECOND} five hundred`],
    ["a line of its own first", "Looking it up.", `Looking it up. ${SECOND} five hundred`],
    ["nothing", false, "five hundred"],
  ] as const)("has %s said meanwhile", async (_what, filler, heard) => {
    expect(heardText((await answering(tool(filler))).report)).toBe(heard);
  });

  it("counts from the last word that was heard", async () => {
    const { report } = await answering(tool(undefined, ["I will look that up for you now. "]));
    expect(heardText(report)).toBe(`I will look that up for you now. ${FIRST} five hundred`);
  });
});
