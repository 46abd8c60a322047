import { describe, expect, it } from "vitest";
import type { BrainPart, BrainTurn } from "../../src/spec/index.js";
import { heardText, scriptedSpeechToText } from "../../src/testing/index.js";
import { wholeCall } from "./whole-call.js";

const INTERIM = { speechToText: scriptedSpeechToText({ interim: true }) };
const LONG = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen";

/** A brain whose first answer books, and talks meanwhile; the booking takes `toolMs`. */
function booking(toolMs: number, sideEffect?: boolean) {
  const ran: { startedMs: number; aborted: boolean; result?: string }[] = [];
  const turns: BrainTurn[] = [];
  const parts = (clock: { now(): number; setTimer(act: () => void, ms: number): () => void }) =>
    async function* (turn: BrainTurn): AsyncGenerator<string | BrainPart> {
      turns.push(turn);
      if (turn.turnId !== 1) return yield "very well";
      yield {
        type: "tool-call",
        toolCallId: "t1",
        name: "book",
        input: { day: "Monday" },
        ...(sideEffect === undefined ? {} : { sideEffect }),
        run({ signal }) {
          const run = { startedMs: clock.now(), aborted: false } as (typeof ran)[number];
          ran.push(run);
          signal.addEventListener("abort", () => {
            if (run.result === undefined) run.aborted = true;
          });
          return new Promise((resolve) =>
            clock.setTimer(() => {
              run.result = "booked";
              resolve("booked");
            }, toolMs),
          );
        },
      };
      yield LONG;
    };
  return { ran, turns, parts };
}

const TALK = [{ pauseMs: 300 }, { say: "book me a room please" }] as const;

describe("a tool that the brain asks for", () => {
  it("runs when the turn is over, not before: an answer begun ahead does nothing", async () => {
    const { ran, parts } = booking(100);
    const { of } = await wholeCall(
      [
        { pauseMs: 300 },
        { say: "book me a room" },
        { pauseMs: 600 },
        { say: "on Monday please" },
        { waitFor: "agent-silence" },
        { hangUp: true },
      ],
      INTERIM,
      {},
      (clock) => ({ brain: parts(clock) }),
    );
    const turnEnd = of("turn-end")[0];
    expect(turnEnd?.text).toBe("book me a room on Monday please");
    expect(ran).toHaveLength(1);
    expect(ran[0]?.startedMs).toBeGreaterThanOrEqual(turnEnd?.atMs ?? Number.POSITIVE_INFINITY);
    expect(of("tool-call")).toMatchObject([{ turnId: 1, name: "book", input: { day: "Monday" } }]);
    expect(of("tool-result")).toMatchObject([{ turnId: 1, output: "booked" }]);
  });

  it("is not cancelled by talk; its result is not spoken, but told with the next question", async () => {
    const { ran, turns, parts } = booking(4000);
    const { report } = await wholeCall(
      [
        ...TALK,
        { interruptAfterMs: 800, say: "no wait something else" },
        { pauseMs: 9000 },
        { say: "are you there now please" },
        { waitFor: "agent-silence" },
        { hangUp: true },
      ],
      { ...INTERIM, silence: { promptAfterMs: 60_000 } },
      {},
      (clock) => ({ brain: parts(clock) }),
    );
    expect(ran).toMatchObject([{ aborted: false, result: "booked" }]);
    expect(heardText(report)).not.toContain("booked");
    const told = turns.filter(({ lateToolResults }) => lateToolResults.length > 0);
    expect(told.map(({ text }) => text)).toEqual(["are you there now please"]);
    expect(told[0]?.lateToolResults).toEqual([{ toolCallId: "t1", name: "book", output: "booked" }]);
  });

  it("is cancelled by talk if it has no side effect", async () => {
    const { ran, parts } = booking(60_000, false);
    await wholeCall(
      [...TALK, { interruptAfterMs: 800, say: "no wait something else" }, { pauseMs: 3000 }, { hangUp: true }],
      INTERIM,
      {},
      (clock) => ({ brain: parts(clock) }),
    );
    expect(ran).toMatchObject([{ aborted: true }]);
  });

  it("is aborted with the call", async () => {
    const { ran, parts } = booking(60_000);
    await wholeCall(
      [...TALK, { waitFor: "agent-speech" }, { pauseMs: 500 }, { hangUp: true }],
      INTERIM,
      {},
      (clock) => ({
        brain: parts(clock),
      }),
    );
    expect(ran).toMatchObject([{ aborted: true }]);
  });

  it("that fails is told as an error and as its result, and the answer goes on", async () => {
    const { of, report } = await wholeCall([...TALK, { waitFor: "agent-silence" }, { hangUp: true }], {
      async *brain() {
        yield {
          type: "tool-call",
          toolCallId: "t1",
          name: "book",
          input: {},
          run: () => Promise.reject(new Error("no rooms left")),
        };
        yield "let me see what else there is";
      },
    });
    expect(of("error")).toMatchObject([{ component: "brain" }]);
    expect(of("tool-result")).toMatchObject([{ output: { error: expect.stringContaining("no rooms left") } }]);
    expect(heardText(report)).toBe("let me see what else there is");
  });
});
