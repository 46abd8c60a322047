import { describe, expect, it } from "vitest";
import { type Check, ok, runChecks } from "../../../src/cli/doctor/check.js";
import { BolchaalError } from "../../../src/errors.js";
import { createVirtualClock } from "../../../src/testing/virtual-clock.js";

const after = (clock: ReturnType<typeof createVirtualClock>, ms: number): Promise<void> =>
  new Promise((resolve) => void clock.setTimer(resolve, ms));

describe("checks", () => {
  it("run at once, are told of as they end, and reported in their order", async () => {
    const clock = createVirtualClock();
    const told: string[] = [];
    const check = (name: string, ms: number): Check => ({ name, look: () => after(clock, ms).then(() => ok("there")) });
    const reports = await clock.runUntilSettled(
      runChecks([check("slow", 300), check("quick", 100)], {
        clock,
        onReport: ({ name }, running) => told.push(`${name}, then ${running}`),
      }),
    );
    expect(told).toEqual(["quick, then slow", "slow, then "]);
    expect(reports).toEqual([
      { name: "slow", status: "ok", what: "there", tookMs: 300 },
      { name: "quick", status: "ok", what: "there", tookMs: 100 },
    ]);
    expect(clock.pendingTimers).toBe(0);
  });

  it("fail when their time is up, and are told to let go", async () => {
    const clock = createVirtualClock();
    let letGo: string | undefined;
    const stuck: Check = {
      name: "stuck",
      limitMs: 2_000,
      look: (signal) => {
        signal.addEventListener("abort", () => {
          letGo = (signal.reason as Error).message;
        });
        return new Promise(() => {});
      },
    };
    const [report] = await clock.runUntilSettled(runChecks([stuck], { clock }));
    expect(report).toMatchObject({ status: "fail", what: "nothing came within 2000 ms", tookMs: 2_000 });
    expect(letGo).toBe("The check took more than 2000 ms.");
  });

  it.each([
    [new Error("fetch failed", { cause: new Error("ECONNREFUSED") }), "fetch failed: ECONNREFUSED"],
    [
      new BolchaalError("The key was refused. Look at it.", { code: "not-authorised", component: "brain" }),
      "The key was refused. Look at it.",
    ],
    ["a text", "a text"],
  ])("that throw %s are failures", async (error, what) => {
    const clock = createVirtualClock();
    const look = () => {
      throw error;
    };
    expect(await runChecks([{ name: "x", look }], { clock })).toMatchObject([{ status: "fail", what }]);
  });

  it("are skipped when nobody wants to wait any more", async () => {
    const clock = createVirtualClock();
    const stop = new AbortController();
    const look = () => new Promise<never>(() => {});
    const done = runChecks([{ name: "x", look }], { clock, signal: stop.signal });
    stop.abort();
    expect(await done).toMatchObject([{ status: "skipped", what: "stopped" }]);
    expect(clock.pendingTimers).toBe(0);
  });
});
