import { describe, expect, it } from "vitest";
import { dialing, failure, TO, toldOf } from "./fake-account.js";

const statuses = (changes: readonly { readonly change: { readonly status?: string } }[]) =>
  changes.map(({ change }) => change.status);

describe("cancel", () => {
  it("takes a call out of the line that waits, and the next moves up", async () => {
    const { dialer, clock, creations } = dialing();
    const calls = [TO, "+919811111111", "+919822222222"].map((to) => dialer.call({ to }));
    await clock.advance(0);
    const end = await calls[1]?.cancel();
    expect(end).toEqual({ reason: "canceled", messageLeft: false });
    await expect(calls[1]?.callSid).rejects.toMatchObject({ code: "session-ended" });
    await clock.advance(10_000);
    expect(creations).toEqual([
      { atMs: 0, to: TO },
      { atMs: 1000, to: "+919822222222" },
    ]);
  });

  it("takes back an order in the moment it is made", async () => {
    const { dialer, clock, creations } = dialing();
    const call = dialer.call({ to: TO });
    expect((await call.cancel()).reason).toBe("canceled");
    await clock.advance(10_000);
    expect([creations.length, clock.pendingTimers]).toEqual([0, 0]);
  });

  it("does not wait for a hook that is being asked", async () => {
    const { dialer, clock, creations } = dialing({ doNotCall: () => new Promise<boolean>(() => {}) });
    const call = dialer.call({ to: TO });
    await clock.advance(100);
    expect((await call.cancel()).reason).toBe("canceled");
    await clock.advance(0);
    expect([creations.length, clock.pendingTimers]).toEqual([0, 0]);
  });

  it("hangs up a call that is being made, once it is there", async () => {
    const { dialer, clock, changes, next, tell } = dialing();
    next({ answerMs: 800 });
    const call = dialer.call({ to: TO });
    await clock.advance(100);
    const cancelled = call.cancel();
    await clock.advance(699);
    expect(changes).toEqual([]);
    await clock.advance(1);
    expect(statuses(changes)).toEqual(["canceled"]);
    tell("CA1", "canceled", 1);
    expect(await cancelled).toMatchObject({ reason: "canceled", callSid: "CA1" });
  });

  it("stops asking a Twilio that is busy", async () => {
    const { dialer, clock, creations, next } = dialing();
    next({ error: failure(429) });
    const call = dialer.call({ to: TO });
    await clock.advance(100);
    expect((await call.cancel()).reason).toBe("canceled");
    await clock.advance(60_000);
    expect([creations.length, clock.pendingTimers]).toEqual([1, 0]);
  });

  it("finds a call in doubt, and hangs it up; one that is not there is not made", async () => {
    for (const made of [true, false]) {
      const { dialer, clock, creations, changes, next, tell } = dialing();
      next({ silent: true, made });
      const call = dialer.call({ to: TO });
      await clock.advance(100);
      const cancelled = call.cancel();
      await clock.advance(60_000);
      if (made) {
        expect(changes[0]).toMatchObject({ sid: "CA1", change: { status: "canceled" } });
        tell("CA1", "canceled", 1);
      }
      expect([(await cancelled).reason, creations.length]).toEqual(["canceled", 1]);
      expect(clock.pendingTimers).toBe(0);
    }
  });

  it.each(["queued", "ringing"])("ends a call at once that is %s", async (stage) => {
    const { dialer, clock, changes, tell } = dialing();
    const call = dialer.call({ to: TO });
    await clock.advance(0);
    tell("CA1", stage, 0);
    const cancelled = call.cancel();
    await clock.advance(0);
    expect(statuses(changes)).toEqual(["canceled"]);
    tell("CA1", "canceled", 1);
    expect((await cancelled).reason).toBe("canceled");
  });

  it("hangs up a call that is picked up while it is being cancelled", async () => {
    const { dialer, clock, changes, tell, made, webhook } = dialing();
    const call = dialer.call({ to: TO, machineDetection: "none" });
    await clock.advance(0);
    tell("CA1", "ringing", 1);
    for (const each of made) each.status = "in-progress";
    const cancelled = call.cancel();
    expect(webhook("url", "CA1", {})).toEqual({ type: "hang-up" });
    await clock.advance(0);
    expect(statuses(changes)).toEqual(["canceled", "completed"]);
    tell("CA1", "completed", 2, { CallDuration: "1" });
    await clock.advance(2000);
    expect((await cancelled).reason).toBe("canceled");
  });

  it("hangs up a call that goes on", async () => {
    const { dialer, clock, changes, tell } = dialing();
    const call = dialer.call({ to: TO, machineDetection: "none" });
    const told = toldOf(call);
    await clock.advance(0);
    tell("CA1", "in-progress", 2);
    const cancelled = call.cancel();
    await clock.advance(0);
    expect(statuses(changes)).toEqual(["completed"]);
    tell("CA1", "completed", 3, { CallDuration: "4" });
    await clock.advance(2000);
    expect(await cancelled).toMatchObject({ reason: "canceled", durationMs: 4000 });
    expect(told.at(-1)).toBe("ended canceled");
  });

  it("gives a call's own end when it is over already", async () => {
    const { dialer, clock, changes, tell } = dialing();
    const call = dialer.call({ to: TO });
    await clock.advance(0);
    tell("CA1", "busy", 1, { SipResponseCode: "486" });
    expect(await call.cancel()).toMatchObject({ reason: "busy", sipResponseCode: 486 });
    expect(changes).toEqual([]);
  });

  it("tries again when Twilio does not hear, and looks until the call is over", async () => {
    const { dialer, clock, changes, tell, updated, made, logger } = dialing();
    const call = dialer.call({ to: TO });
    await clock.advance(0);
    tell("CA1", "ringing", 1);
    updated(() => Promise.reject(failure(500)));
    const cancelled = call.cancel();
    await clock.advance(2500);
    expect(changes.map(({ atMs }) => atMs)).toEqual([0, 500, 2500]);
    expect(logger.lines.some(({ message }) => message === "Twilio did not hang up a call")).toBe(true);
    // And no callback ever comes: the API is asked.
    for (const each of made) each.status = "canceled";
    await clock.advance(2500);
    expect((await cancelled).reason).toBe("canceled");
    await clock.advance(60_000);
    expect(clock.pendingTimers).toBe(0);
  });
});

describe("a call of which Twilio tells nothing", () => {
  it("is looked up, and ends as the API has it", async () => {
    const { dialer, clock, made } = dialing();
    const call = dialer.call({ to: TO, ringTimeoutMs: 30_000 });
    await clock.advance(0);
    for (const each of made) each.status = "no-answer";
    await clock.advance(44_999);
    expect(call.status).toBe("queued");
    await clock.advance(1);
    expect(await call.ended).toMatchObject({ reason: "no-answer", callSid: "CA1" });
  });
});
