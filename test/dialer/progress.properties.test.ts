import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SETTLE_MS } from "../../src/dialer/progress/ending.js";
import {
  INITIAL_PROGRESS,
  nextDeadline,
  type ProgressInput,
  type ProgressRules,
  step,
} from "../../src/dialer/progress/index.js";

type Untimed<Input> = Input extends ProgressInput ? Omit<Input, "atMs"> : never;
type Happening = Untimed<ProgressInput>;

const CALL = "CA1";

/** A call as it really went: all that was told of it, in the order it happened. */
interface History {
  readonly rules: ProgressRules;
  readonly told: readonly Happening[];
}

const histories: fc.Arbitrary<History> = fc
  .record({
    onMachine: fc.constantFrom("hang-up" as const, "leave-message" as const, "carry-on" as const),
    detection: fc.constantFrom("carrier" as const, "words" as const),
    outcome: fc.constantFrom("completed", "busy", "no-answer", "failed", "canceled"),
    answeredBy: fc.constantFrom("human", "machine_start", "machine_end_beep", "fax", "unknown"),
    seconds: fc.integer({ min: 0, max: 500 }),
    sip: fc.constantFrom(200, 486, 603),
    initiated: fc.boolean(),
  })
  .map(({ onMachine, detection, outcome, answeredBy, seconds, sip, initiated }) => {
    const news = (status: string, sequence: number, more: object = {}): Happening => ({
      type: "status",
      callSid: CALL,
      status,
      sequence,
      ...more,
    });
    const begun = [...(initiated ? [news("initiated", 0)] : []), news("ringing", 1)];
    const final = { durationMs: seconds * 1000, sipResponseCode: sip };
    const rules = { onMachine, detection, ringTimeoutMs: 30_000, timeLimitMs: 600_000 };
    if (outcome !== "completed") return { rules, told: [...begun, news(outcome, 2, final)] };
    const word: Happening = { type: "detected", callSid: CALL, answeredBy };
    return {
      rules,
      told: [
        ...begun,
        news("in-progress", 2),
        { type: "picked-up", callSid: CALL },
        ...(detection === "carrier" ? [word] : []),
        news("completed", 3, final),
      ],
    };
  });

/** The answer to the request for the call, and its conversation, come from this side: in order, but at any time among the rest. */
const OWN: readonly Happening[] = [{ type: "created", callSid: CALL }];

function endOf({ rules }: History, inputs: readonly Happening[]) {
  let state = INITIAL_PROGRESS;
  const ends: unknown[] = [];
  const hangUps: string[] = [];
  const give = (atMs: number, happening: Happening) => {
    const stepped = step(state, { atMs, ...happening } as ProgressInput, rules);
    state = stepped.state;
    for (const action of stepped.actions) {
      if (action.type === "emit" && action.event.type === "ended") ends.push(action.event.end);
      if (action.type === "hang-up") hangUps.push(action.callSid);
    }
  };
  give(0, { type: "creating" });
  // All of it comes within the time that is given to what is late.
  for (const [index, happening] of inputs.entries()) give(1 + (index * (SETTLE_MS - 2)) / inputs.length, happening);
  for (let atMs = nextDeadline(state); atMs !== undefined; atMs = nextDeadline(state)) give(atMs, { type: "tick" });
  expect(ends).toHaveLength(1);
  expect(hangUps.length).toBeLessThanOrEqual(1);
  return ends[0];
}

/** Everything once at least, some of it again, in any order. */
const disorder = (told: readonly Happening[]): fc.Arbitrary<readonly Happening[]> =>
  fc.array(fc.nat({ max: told.length - 1 }), { maxLength: 5 }).chain((again) =>
    fc.shuffledSubarray([...told, ...again.map((index) => told[index] as Happening)], {
      minLength: told.length + again.length,
    }),
  );

describe("what is told of an outbound call", () => {
  it("gives the same end in any order, however often", () => {
    const cases = histories.chain((history) =>
      disorder([...OWN, ...history.told]).map((disordered) => ({ history, disordered })),
    );
    fc.assert(
      fc.property(cases, ({ history, disordered }) => {
        const inOrder = endOf(history, [...OWN, ...history.told]);
        expect(endOf(history, disordered)).toEqual(inOrder);
      }),
      { numRuns: 5000 },
    );
  });

  it("gives the same end though all but the last word is lost", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const last = history.told.at(-1) as Happening;
        const { reason } = endOf(history, [...OWN, ...history.told]) as { reason: string };
        const { reason: without } = endOf(history, [...OWN, last]) as { reason: string };
        // Who picked up is not known then.
        expect(without).toBe(reason === "machine" ? "completed" : reason);
      }),
    );
  });

  it("comes to one end, and asks for nothing behind it, whatever happens", () => {
    const sids = fc.constantFrom(CALL, "CA2");
    const anything: fc.Arbitrary<Happening> = fc.oneof(
      fc.record({
        type: fc.constant("status" as const),
        callSid: sids,
        status: fc.constantFrom("queued", "ringing", "in-progress", "completed", "busy", "failed", "canceled", "?"),
        sequence: fc.option(fc.nat({ max: 5 }), { nil: undefined }),
      }),
      fc.record({ type: fc.constantFrom("created" as const, "found" as const, "picked-up" as const), callSid: sids }),
      fc.record({
        type: fc.constant("detected" as const),
        callSid: sids,
        answeredBy: fc.constantFrom("human", "machine_start", "machine_end_beep", "fax", "?"),
      }),
      fc.record({
        type: fc.constant("announcement-heard" as const),
        kind: fc.constantFrom("voicemail" as const, "busy" as const, "hold" as const),
      }),
      fc.constantFrom<Happening[]>(
        { type: "session-start" },
        { type: "session-end", reason: "farewell" },
        { type: "person-heard" },
        { type: "message-over", left: true },
        { type: "cancel" },
        { type: "tick" },
      ),
    );
    fc.assert(
      fc.property(histories, fc.array(anything, { maxLength: 30 }), ({ rules }, happenings) => {
        let state = step(INITIAL_PROGRESS, { atMs: 0, type: "creating" }, rules).state;
        let ends = 0;
        const strays = new Map<string, number>();
        const give = (atMs: number, happening: Happening) => {
          const wasOver = state.end !== undefined;
          const end = state.end;
          const stepped = step(state, { atMs, ...happening } as ProgressInput, rules);
          state = stepped.state;
          for (const action of stepped.actions) {
            if (action.type === "emit") ends += action.event.type === "ended" ? 1 : 0;
            if (action.type === "hang-up" && wasOver) {
              strays.set(action.callSid, (strays.get(action.callSid) ?? 0) + 1);
            } else if (wasOver) expect(action).toBe("nothing");
          }
          if (wasOver) expect(state.end).toBe(end);
        };
        for (const [index, happening] of happenings.entries()) give(index * 700, happening);
        let atMs = happenings.length * 700;
        for (let next = nextDeadline(state); next !== undefined; next = nextDeadline(state)) {
          atMs = Math.max(atMs, next);
          give(atMs, { type: "tick" });
        }
        expect(ends).toBe(state.end === undefined ? 0 : 1);
        if (state.callSid !== undefined) expect(ends).toBe(1);
        for (const times of strays.values()) expect(times).toBe(1);
      }),
      { numRuns: 3000 },
    );
  });
});
