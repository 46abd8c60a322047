import { describe, expect, it, vi } from "vitest";
import type { DialerOptions } from "../../src/dialer/index.js";
import { dialing, STARTED_AT, TO } from "./fake-account.js";

async function endOf(options: Partial<DialerOptions>, order: object = {}) {
  const { dialer, clock, creations } = dialing(options);
  const call = dialer.call({ to: TO, ...order });
  await clock.advance(60_000);
  const end = call.status === "ended" ? await call.ended : undefined;
  return { end, dialled: creations.length, call };
}

describe("the calling window", () => {
  const atNight = { now: () => STARTED_AT + 8 * 3_600_000 };

  it("keeps promotional calls to India from 10 to 19, and says when to call", async () => {
    const { end, dialled, call } = await endOf(atNight, { kind: "promotional" });
    expect(dialled).toBe(0);
    expect(end).toMatchObject({
      reason: "refused",
      refusal: { why: "calling-window", nextOpeningAt: new Date("2026-11-24T10:00:00+05:30") },
      error: { code: "call-refused" },
    });
    await expect(call.callSid).rejects.toThrow(/10:00 to 19:00, Asia\/Kolkata.*from 2026-11-24T04:30:00.000Z on/);
  });

  it.each<[string, Partial<DialerOptions>, object]>([
    ["transactional calls", atNight, {}],
    ["calls by day", {}, { kind: "promotional" }],
    ["other countries", atNight, { kind: "promotional", to: "+15005550007" }],
    ["whoever says so", { ...atNight, callingWindow: "any-time" }, { kind: "promotional" }],
    ["whoever has a function", { ...atNight, callingWindow: () => "any-time" }, { kind: "promotional" }],
    [
      "another window",
      { ...atNight, callingWindow: { opensAt: "20:00", closesAt: "21:00", timeZone: "Asia/Kolkata" } },
      { kind: "promotional" },
    ],
  ])("lets pass %s", async (_, options, order) => {
    expect(await endOf(options, order)).toMatchObject({ end: undefined, dialled: 1 });
  });

  it("holds when the call's turn comes, and not only when it was ordered", async () => {
    const beforeSeven = STARTED_AT + 7 * 3_600_000 - 2_500;
    const clockAt = { now: () => 0 };
    const { dialer, clock, creations } = dialing({ now: () => beforeSeven + clockAt.now() });
    clockAt.now = clock.now;
    const calls = Array.from({ length: 5 }, () => dialer.call({ to: TO, kind: "promotional" }));
    await clock.advance(10_000);
    expect(creations).toHaveLength(3);
    expect(calls.map(({ status }) => status)).toEqual(["queued", "queued", "queued", "ended", "ended"]);
  });
});

describe("a hook that takes its time", () => {
  it("does not make it a call behind the closing hour", async () => {
    const time = { nowMs: STARTED_AT + 7 * 3_600_000 - 1 };
    const doNotCall = () => {
      time.nowMs += 1;
      return false;
    };
    const { end, dialled } = await endOf({ now: () => time.nowMs, doNotCall }, { kind: "promotional" });
    expect([end?.refusal?.why, dialled]).toEqual(["calling-window", 0]);
  });
});

describe("the do-not-call list", () => {
  it.each<[string, DialerOptions["doNotCall"], string]>([
    ["has the number", () => true, "do-not-call"],
    ["has it, after some thought", async () => true, "do-not-call"],
    ["fails", () => Promise.reject(new Error("the database is down")), "do-not-call-unknown"],
    [
      "throws",
      () => {
        throw new Error("oops");
      },
      "do-not-call-unknown",
    ],
    ["does not answer", () => new Promise<boolean>(() => {}), "do-not-call-unknown"],
    ["answers neither yes nor no", () => undefined as never, "do-not-call"],
  ])("forbids the call when it %s", async (_, doNotCall, why) => {
    const { end, dialled } = await endOf({ doNotCall: doNotCall as never });
    expect([end?.reason, end?.refusal?.why, dialled]).toEqual(["refused", why, 0]);
  });

  it("is asked for the number, when its turn has come", async () => {
    const doNotCall = vi.fn(() => false);
    const { dialer, clock } = dialing({ doNotCall });
    dialer.call({ to: TO });
    dialer.call({ to: "+919811111111" });
    await clock.advance(999);
    expect(doNotCall.mock.calls).toEqual([[TO, expect.any(AbortSignal)]]);
    await clock.advance(1);
    expect(doNotCall).toHaveBeenCalledTimes(2);
  });

  it("is told when its time is up", async () => {
    let asked: AbortSignal | undefined;
    const doNotCall = (_: string, signal: AbortSignal) => {
      asked = signal;
      return new Promise<boolean>(() => {});
    };
    const { dialer, clock } = dialing({ doNotCall, hookTimeoutMs: 700 });
    dialer.call({ to: TO });
    await clock.advance(699);
    expect(asked?.aborted).toBe(false);
    await clock.advance(1);
    expect(asked?.aborted).toBe(true);
    expect(clock.pendingTimers).toBe(0);
  });
});

describe("the app's last word", () => {
  it.each<[string, DialerOptions["beforeCall"], number]>([
    ["no", () => false, 0],
    ["an error", async () => Promise.reject(new Error("oops")), 0],
    ["yes", () => true, 1],
    ["nothing", () => undefined, 1],
  ])("is %s", async (_, beforeCall, dialled) => {
    const { end, ...went } = await endOf({ beforeCall: beforeCall as never });
    expect(went.dialled).toBe(dialled);
    expect(end?.refusal?.why).toBe(dialled === 0 ? "before-call" : undefined);
  });

  it("knows the call", async () => {
    const beforeCall = vi.fn(() => undefined);
    await endOf({ beforeCall }, { variables: { name: "Asha" }, idempotencyKey: "lead 7", kind: "promotional" });
    expect(beforeCall.mock.calls).toMatchObject([
      [{ to: TO, kind: "promotional", variables: { name: "Asha" }, idempotencyKey: "lead 7" }, expect.any(AbortSignal)],
    ]);
  });
});
