import { describe, expect, it } from "vitest";
import type { OutboundEnd } from "../../src/dialer/index.js";
import {
  INITIAL_PROGRESS,
  nextDeadline,
  type ProgressInput,
  type ProgressRules,
  step,
} from "../../src/dialer/progress/index.js";
import { BEEP_WAIT_MS, CARRIER_BEEP_WAIT_MS } from "../../src/dialer/progress/machine.js";
import { BolchaalError } from "../../src/errors.js";

type Untimed<Input> = Input extends ProgressInput ? Omit<Input, "atMs"> : never;
type Happening = Untimed<ProgressInput>;

const CALL = "CA1";
const RULES: ProgressRules = {
  onMachine: "hang-up",
  detection: "carrier",
  ringTimeoutMs: 30_000,
  timeLimitMs: 600_000,
};

/** What happens, and when: what is done about it, and how it ends. Ticks come by themselves. */
function run(script: readonly (readonly [atMs: number, Happening])[], rules: Partial<ProgressRules> = {}, untilMs = 0) {
  let state = INITIAL_PROGRESS;
  const done: string[] = [];
  const give = (atMs: number, happening: Happening) => {
    const stepped = step(state, { atMs, ...happening } as ProgressInput, { ...RULES, ...rules });
    state = stepped.state;
    for (const action of stepped.actions) done.push(`${atMs} ${told(action)}`);
  };
  const tickUntil = (limitMs: number) => {
    for (let atMs = nextDeadline(state); atMs !== undefined && atMs <= limitMs; atMs = nextDeadline(state))
      give(atMs, { type: "tick" });
  };
  for (const [atMs, happening] of script) {
    tickUntil(atMs - 1);
    give(atMs, happening);
  }
  tickUntil(untilMs);
  return { state, done, end: state.end };
}

function told(action: ReturnType<typeof step>["actions"][number]): string {
  if (action.type === "hang-up") return `hang-up ${action.callSid}${action.pickedUp ? "" : " unanswered"}`;
  if (action.type === "leave-message") return `leave-message${action.atOnce ? " at once" : ""}`;
  if (action.type !== "emit") return action.type;
  const { event } = action;
  if (event.type === "answered") return `answered by ${event.by}`;
  return event.type === "ended" ? `ended ${event.end.reason}` : event.type;
}

const status = (which: string, sequence?: number, more: object = {}): Happening => ({
  type: "status",
  callSid: CALL,
  status: which,
  ...(sequence === undefined ? {} : { sequence }),
  ...more,
});
const created: Happening = { type: "created", callSid: CALL };
const pickedUp: Happening = { type: "picked-up", callSid: CALL };
const detected = (answeredBy: string): Happening => ({ type: "detected", callSid: CALL, answeredBy });
const completed = status("completed", 3, { durationMs: 12_000 });

/** A call up to its being picked up. */
const ANSWERED: readonly (readonly [number, Happening])[] = [
  [0, { type: "creating" }],
  [100, created],
  [200, status("initiated", 0)],
  [300, status("ringing", 1)],
  [5000, status("in-progress", 2)],
  [5010, pickedUp],
  [5050, { type: "session-start" }],
];
const TALKED: readonly (readonly [number, Happening])[] = [
  ...ANSWERED,
  [7000, detected("human")],
  [17_000, { type: "session-end", reason: "farewell" }],
  [17_100, completed],
];

describe("an outbound call", () => {
  it("goes from its waiting to its end", () => {
    const { done, end } = run([[0, { type: "waiting", ahead: 3 }], ...TALKED]);
    expect(done).toEqual([
      "0 waiting",
      "0 creating",
      "100 queued",
      "300 ringing",
      "5000 in-progress",
      "7000 answered by human",
      "17100 ended completed",
    ]);
    expect(end).toEqual({
      reason: "completed",
      callSid: CALL,
      answeredBy: "human",
      callEndReason: "farewell",
      durationMs: 12_000,
      messageLeft: false,
    } satisfies OutboundEnd);
  });

  it.each(["busy", "no-answer", "failed", "canceled"] as const)("ends as %s when the carrier says so", (final) => {
    const { done, end } = run([
      [0, { type: "creating" }],
      [100, created],
      [300, status("ringing", 1)],
      [9000, status(final, 2, { sipResponseCode: 486 })],
    ]);
    expect(done.at(-1)).toBe(`9000 ended ${final}`);
    expect(end).toEqual({ reason: final, callSid: CALL, sipResponseCode: 486, messageLeft: false });
  });

  it("never goes back, whatever comes late", () => {
    const { done } = run([...TALKED, [17_200, status("ringing", 1)], [17_300, status("busy", 9)], [17_400, completed]]);
    expect(done.at(-1)).toBe("17100 ended completed");
    expect(run([...ANSWERED, [6000, status("ringing", 1)], [6100, status("queued")]]).state.status).toBe("in-progress");
  });

  it("waits a moment for what is still on its way when it is over, and no longer", () => {
    const short = [...ANSWERED.slice(0, -1), [6000, completed]] as const;
    expect(run(short).end).toBeUndefined();
    expect(run(short, {}, 8000).done.slice(-2)).toEqual(["8000 answered by unknown", "8000 ended completed"]);
    expect(run([...short, [6500, detected("human")]], {}, 8000).end?.answeredBy).toBe("human");
    // Its conversation is given longer: it is here, and about to end.
    const talking = [...ANSWERED, [6000, completed]] as const;
    expect(run(talking, {}, 15_999).end).toBeUndefined();
    expect(run(talking, {}, 16_000).done.at(-1)).toBe("16000 ended completed");
  });

  it("believes the word that Twilio numbers highest, whichever comes first", () => {
    const early = status("completed", undefined, { durationMs: 5000 });
    const late = status("completed", 3, { durationMs: 2000 });
    for (const [one, other] of [
      [early, late],
      [late, early],
    ] as const) {
      const { end } = run([...ANSWERED, [6000, one], [6100, other]], {}, 20_000);
      expect(end?.durationMs).toBe(2000);
    }
  });

  it("passes over words of Twilio's that it does not know", () => {
    const { state, done } = run([...ANSWERED, [6000, status("on-the-moon", 7)], [6100, detected("martian")]]);
    expect([state.status, state.carrierAnswer]).toEqual(["in-progress", undefined]);
    expect(done.at(-1)).toBe("5000 in-progress");
  });
});

describe("a call that was not made", () => {
  const error = new BolchaalError("No.", { code: "call-refused", component: "dialer" });

  it("ends with what is wrong", () => {
    const refusal = { why: "do-not-call" } as const;
    expect(run([[0, { type: "refused", refusal, error }]]).end).toEqual({
      reason: "refused",
      refusal,
      error,
      messageLeft: false,
    });
    expect(
      run([
        [0, { type: "creating" }],
        [9, { type: "not-created", error }],
      ]).end,
    ).toEqual({
      reason: "not-created",
      error,
      messageLeft: false,
    });
    expect(
      run([
        [0, { type: "creating" }],
        [9, { type: "uncertain", error }],
      ]).end?.reason,
    ).toBe("uncertain");
  });

  it("is hung up if it turns out to be there all the same", () => {
    const uncertain = [
      [0, { type: "creating" }],
      [9, { type: "uncertain", error }],
    ] as const;
    expect(run([...uncertain, [20, pickedUp], [30, status("in-progress", 2)]]).done.slice(2)).toEqual([
      "20 hang-up CA1",
    ]);
    expect(run([...uncertain, [20, completed]]).done.slice(2)).toEqual([]);
    expect(run([...uncertain, [20, created]]).done.slice(2)).toEqual(["20 hang-up CA1"]);
  });
});

describe("cancelling", () => {
  const cancel: Happening = { type: "cancel" };

  it("ends a call at once that waits", () => {
    expect(
      run([
        [0, { type: "waiting", ahead: 3 }],
        [5, cancel],
      ]).done.at(-1),
    ).toBe("5 ended canceled");
  });

  it("hangs up a call that is being made, as soon as it is there", () => {
    const { done, end } = run([
      [0, { type: "creating" }],
      [5, cancel],
      [100, created],
      [200, status("canceled", 1)],
    ]);
    expect(done).toEqual(["0 creating", "100 queued", "100 hang-up CA1 unanswered", "200 ended canceled"]);
    expect(end?.callSid).toBe(CALL);
  });

  it("is fine with a call that is not made in the end", () => {
    const error = new BolchaalError("No.", { code: "overloaded", component: "dialer" });
    expect(
      run([
        [0, { type: "creating" }],
        [5, cancel],
        [9, { type: "not-created", error }],
      ]).end,
    ).toEqual({
      reason: "canceled",
      messageLeft: false,
    });
  });

  it("hangs up a call that rings, and one that goes on", () => {
    const ringing = run([...ANSWERED.slice(0, 4), [900, cancel], [950, status("canceled", 2)]]);
    expect(ringing.done.slice(-2)).toEqual(["900 hang-up CA1 unanswered", "950 ended canceled"]);
    const going = run(
      [...ANSWERED, [6000, cancel], [6100, { type: "session-end", reason: "agent-end" }], [6200, completed]],
      {},
      9000,
    );
    expect(going.done.slice(-4)).toEqual([
      "6000 end-session",
      "6000 hang-up CA1",
      "8200 answered by unknown",
      "8200 ended canceled",
    ]);
  });

  it("asks once more, and looks, when nothing comes of it", () => {
    const { done } = run([...ANSWERED.slice(0, 4), [900, cancel]], {}, 11_000);
    expect(done.slice(-5)).toEqual([
      "900 hang-up CA1 unanswered",
      "5900 hang-up CA1 unanswered",
      "5900 look",
      "10900 hang-up CA1 unanswered",
      "10900 look",
    ]);
  });

  it("does nothing to a call that is over", () => {
    expect(run([...TALKED, [17_200, cancel]]).done.at(-1)).toBe("17100 ended completed");
    expect(run([...ANSWERED, [6000, completed], [6001, cancel]], {}, 16_000).end?.reason).toBe("completed");
  });
});

describe("a call of which nothing is heard", () => {
  it("is looked up when it must be over: rung out, or at its limit", () => {
    expect(run(ANSWERED.slice(0, 4), {}, 45_300).done.at(-1)).toBe("45300 look");
    expect(run(ANSWERED, {}, 620_050).done.at(-1)).toBe("620050 look");
  });

  it("is looked up soon when its conversation is over", () => {
    const silent = [...ANSWERED, [9000, { type: "session-end", reason: "farewell" }]] as const;
    expect(run(silent, {}, 14_000).done.at(-1)).toBe("14000 look");
    const { end } = run([...silent, [14_100, status("completed", undefined, { durationMs: 4000 })]], {}, 20_000);
    expect(end).toMatchObject({ reason: "completed", durationMs: 4000, answeredBy: "unknown" });
  });

  it("is given up when the API tells nothing either", () => {
    const { end, done } = run(ANSWERED, {}, 3_600_000);
    expect(end).toMatchObject({ reason: "uncertain", callSid: CALL, error: { code: "provider-timeout" } });
    expect(done.filter((each) => each.endsWith("look"))).toHaveLength(24);
  });
});

describe("two calls for one order", () => {
  it("the second is hung up, once", () => {
    const { done } = run([
      ...ANSWERED,
      [6000, { type: "created", callSid: "CA2" }],
      [6100, { type: "status", callSid: "CA2", status: "ringing", sequence: 1 }],
      [6200, { type: "picked-up", callSid: "CA2" }],
      [6300, { type: "detected", callSid: "CA2", answeredBy: "machine_start" }],
    ]);
    expect(done.slice(-1)).toEqual(["6000 hang-up CA2"]);
  });

  it("a call that was only found in a list gives way to the one that brings the key", () => {
    const { state, done } = run([
      [0, { type: "creating" }],
      [100, { type: "found", callSid: "CA9" }],
      [200, status("ringing", 1)],
    ]);
    expect([state.callSid, state.likely]).toEqual([CALL, false]);
    expect(done).toEqual(["0 creating", "100 queued", "200 ringing"]);
  });
});

describe("a machine that picks up", () => {
  const machine = detected("machine_start");
  const voicemail: Happening = { type: "announcement-heard", kind: "voicemail" };

  it("is hung up on", () => {
    const { done, end } = run([
      ...ANSWERED,
      [7000, machine],
      [7100, { type: "session-end", reason: "agent-end" }],
      [7200, completed],
    ]);
    expect(done.slice(-4)).toEqual([
      "7000 answered by machine",
      "7000 end-session",
      "7000 hang-up CA1",
      "7200 ended machine",
    ]);
    expect(end).toMatchObject({ reason: "machine", answeredBy: "machine" });
  });

  it("is hung up on when its words tell, though the carrier took it for a person", () => {
    const { done } = run([...ANSWERED, [7000, detected("human")], [8000, voicemail]]);
    expect(done.slice(-4)).toEqual([
      "7000 answered by human",
      "8000 answered by machine",
      "8000 end-session",
      "8000 hang-up CA1",
    ]);
  });

  it("is talked to if the app wants it", () => {
    const { done, end } = run(
      [...ANSWERED, [7000, machine], [8000, { type: "session-end", reason: "silence" }], [9000, completed]],
      { onMachine: "carry-on" },
    );
    expect(done.slice(-2)).toEqual(["7000 answered by machine", "9000 ended completed"]);
    expect(end?.answeredBy).toBe("machine");
  });

  it("ends its conversation when it is known before there is one", () => {
    const before = ANSWERED.slice(0, -1);
    const { done } = run([...before, [5030, machine], [5050, { type: "session-start" }]]);
    expect(done.slice(-2)).toEqual(["5030 hang-up CA1", "5050 end-session"]);
  });

  describe("and a message is to be left", () => {
    const rules = { onMachine: "leave-message" } as const;
    const over = [
      [20_000, { type: "message-over", left: true }],
      [20_100, { type: "session-end", reason: "agent-end" }],
      [20_200, completed],
    ] as const;

    it.each(["machine_end_beep", "machine_end_silence", "machine_end_other"])("says it at %s", (answeredBy) => {
      const { done, end } = run([...ANSWERED, [9000, detected(answeredBy)], ...over], rules);
      expect(done.slice(-4)).toEqual([
        "9000 answered by machine",
        "9000 hush",
        "9000 leave-message at once",
        "20200 ended machine",
      ]);
      expect(end?.messageLeft).toBe(true);
    });

    it("waits for the beep when the words come first", () => {
      const heard = [...ANSWERED, [8000, voicemail]] as const;
      expect(run([...heard, [9500, detected("machine_end_beep")], ...over], rules).done.slice(-4)).toEqual([
        "8000 answered by machine",
        "8000 hush",
        "9500 leave-message at once",
        "20200 ended machine",
      ]);
      const { done } = run(heard, rules, 20_000);
      expect(done.at(-1)).toBe(`${8000 + CARRIER_BEEP_WAIT_MS} leave-message`);
    });

    it("waits a moment when nobody listens for the beep", () => {
      const { done } = run([...ANSWERED, [8000, voicemail]], { ...rules, detection: "words" }, 20_000);
      expect(done.at(-1)).toBe(`${8000 + BEEP_WAIT_MS} leave-message`);
    });

    it("waits for the conversation in which it is said", () => {
      const { done } = run(
        [...ANSWERED.slice(0, -1), [5030, detected("machine_end_beep")], [5050, { type: "session-start" }]],
        rules,
      );
      expect(done.slice(-1)).toEqual(["5050 leave-message at once"]);
    });

    it("waits for the line to be quiet, but not for ever", () => {
      const words = { ...rules, detection: "words" } as const;
      const busy: [number, Happening][] = Array.from({ length: 37 }, (_, index) => [
        9501 + 501 * index,
        { type: "line-busy" },
      ]);
      const { done } = run([...ANSWERED, [8000, voicemail], ...busy], words, 40_000);
      expect(done.at(-2)).toBe("27536 leave-message");
      expect(done.at(-1)).toBe("28037 leave-message at once");
    });

    it("says it once", () => {
      const { done } = run(
        [...ANSWERED, [9000, detected("machine_end_beep")], [9001, voicemail], [9002, detected("machine_end_other")]],
        rules,
        30_000,
      );
      expect(done.filter((each) => each.includes("leave-message"))).toHaveLength(1);
    });

    it("was not left if the line broke in the middle", () => {
      const broken = [
        ...ANSWERED,
        [9000, detected("machine_end_beep")],
        [9500, { type: "session-end", reason: "caller-hangup" }],
        [9600, completed],
      ] as const;
      expect(run(broken, rules).end).toMatchObject({ reason: "machine", messageLeft: false });
    });

    it.each<[string, Happening]>([
      ["a fax", detected("fax")],
      ["a phone that is switched off", { type: "announcement-heard", kind: "switched-off" }],
    ])("hangs up on %s", (_, happening) => {
      expect(run([...ANSWERED, [8000, happening]], rules).done.slice(-2)).toEqual([
        "8000 end-session",
        "8000 hang-up CA1",
      ]);
    });

    it("leaves nothing with a person", () => {
      const { done } = run([...TALKED], rules);
      expect(done.at(-1)).toBe("17100 ended completed");
    });
  });

  it("is not taken for one because a person puts the call on hold", () => {
    const held = [
      ...ANSWERED,
      [6000, { type: "person-heard" }],
      [9000, { type: "announcement-heard", kind: "hold" }],
    ] as const;
    expect(run(held).done.at(-1)).toBe("6000 answered by human");
  });
});
