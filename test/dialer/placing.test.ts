import { describe, expect, it } from "vitest";
import { CREATE_TIMEOUT_MS, LOOK_DELAYS_MS } from "../../src/dialer/place.js";
import { dialing, type Fate, failure, RESET, STARTED_AT, TO, toldOf } from "./fake-account.js";

const LOOKS_MS = LOOK_DELAYS_MS.reduce((sum, ms) => sum + ms, 0);

/** A request whose fate nobody knows: no answer, a line that broke, an error of Twilio's own. */
const DOUBTS: readonly (readonly [string, (made: boolean) => Fate, latestMs: number])[] = [
  ["no answer", (made) => ({ silent: true, made }), CREATE_TIMEOUT_MS],
  ["a line that broke", (made) => ({ error: RESET, made }), 0],
  ["an error of Twilio's", (made) => ({ error: failure(500), made }), 0],
  ["an error that has a body", (made) => ({ error: failure(503, 20503), made }), 0],
];

describe.each(DOUBTS)("a request for a call, and %s", (_, doubt, latestMs) => {
  it("is not made again when the call is there", async () => {
    const { dialer, clock, next, creations, talk } = dialing();
    next(doubt(true));
    const call = dialer.call({ to: TO, machineDetection: "none" });
    const told = toldOf(call);
    await clock.advance(latestMs + 1000);
    expect([call.status, await call.callSid]).toEqual(["queued", "CA1"]);
    await clock.advance(120_000);
    expect(creations).toHaveLength(1);
    await talk("CA1");
    expect((await call.ended).reason).toBe("completed");
    expect(told.at(-1)).toBe("ended completed");
    expect(clock.pendingTimers).toBe(0);
  });

  it("is made again when the call is surely not there", async () => {
    const { dialer, clock, next, creations } = dialing();
    next(doubt(false));
    const call = dialer.call({ to: TO });
    await clock.advance(latestMs + LOOKS_MS - 1);
    expect([call.status, creations.length]).toEqual(["creating", 1]);
    await clock.advance(1);
    expect([call.status, creations.length]).toEqual(["queued", 2]);
  });

  it("is made no third time beyond the second chances", async () => {
    const { dialer, clock, next, creations } = dialing();
    next(doubt(false), doubt(false), doubt(false));
    const { ended } = dialer.call({ to: TO });
    await clock.advance(3 * (latestMs + LOOKS_MS));
    expect((await ended).reason).toBe("not-created");
    expect([creations.length, clock.pendingTimers]).toEqual([3, 0]);
  });
});

describe("a call in doubt", () => {
  const silent = (made: boolean): Fate => ({ silent: true, made });

  it("is found however late the list shows it", async () => {
    const { dialer, clock, next, creations, listed } = dialing();
    next(silent(true));
    const call = dialer.call({ to: TO });
    const shown = { sid: "CA1", status: "queued", dateCreated: new Date(STARTED_AT) };
    listed(async () => (clock.now() < CREATE_TIMEOUT_MS + LOOKS_MS ? [] : [shown]) as never);
    await clock.advance(CREATE_TIMEOUT_MS + LOOKS_MS);
    expect([await call.callSid, creations.length]).toEqual(["CA1", 1]);
  });

  it("is known at once by a webhook that brings its key", async () => {
    const { dialer, clock, next, tell, creations } = dialing();
    next(silent(true));
    const call = dialer.call({ to: TO });
    await clock.advance(CREATE_TIMEOUT_MS + 10);
    tell("CA1", "ringing", 1);
    expect([call.status, await call.callSid]).toEqual(["ringing", "CA1"]);
    await clock.advance(60_000);
    expect(creations).toHaveLength(1);
  });

  it("is known at once by an answer that comes late", async () => {
    for (const made of [true, false]) {
      const { dialer, clock, next, creations, listed } = dialing();
      next({ silent: true, made, answerMs: CREATE_TIMEOUT_MS + 500 });
      listed(() => new Promise(() => {}));
      const call = dialer.call({ to: TO });
      await clock.advance(CREATE_TIMEOUT_MS + 500);
      if (made) expect([call.status, await call.callSid]).toEqual(["queued", "CA1"]);
      else expect((await call.ended).error).toMatchObject({ code: "invalid-request" });
      await clock.advance(120_000);
      expect(creations).toHaveLength(1);
    }
  });

  it("is given up, and not dialled again, when the list cannot be asked", async () => {
    const { dialer, clock, next, creations, listed } = dialing();
    next(silent(true));
    listed(() => Promise.reject(failure(503)));
    const call = dialer.call({ to: TO });
    await clock.advance(CREATE_TIMEOUT_MS + LOOKS_MS);
    const { reason, error } = await call.ended;
    expect([reason, error?.code]).toEqual(["uncertain", "provider-timeout"]);
    expect(error?.message).toMatch(/not asked again\. Look at the calls in Twilio's console/);
    await expect(call.callSid).rejects.toBe(error);
    expect(creations).toHaveLength(1);
  });

  it("is hung up if it comes to life when it was given up", async () => {
    const { dialer, clock, next, listed, tell, webhook, changes } = dialing();
    next(silent(true));
    listed(() => Promise.reject(failure(503)));
    const call = dialer.call({ to: TO });
    await clock.advance(CREATE_TIMEOUT_MS + LOOKS_MS);
    expect(call.status).toBe("ended");
    tell("CA1", "ringing", 1);
    expect(webhook("url", "CA1", {})).toEqual({ type: "hang-up" });
    await clock.advance(0);
    expect(changes.map(({ change }) => change)).toEqual([{ status: "completed" }]);
  });

  it("is not taken for another call between the same numbers", async () => {
    const { dialer, clock, next, creations, made } = dialing();
    const other = dialer.call({ to: TO });
    await clock.advance(900);
    next(silent(false));
    const call = dialer.call({ to: TO });
    await clock.advance(100 + CREATE_TIMEOUT_MS + LOOKS_MS);
    expect([await other.callSid, await call.callSid]).toEqual(["CA1", "CA2"]);
    expect([creations.length, made.length]).toEqual([3, 2]);
  });

  it("waits for its webhook when two calls between the same numbers are in doubt", async () => {
    const { dialer, clock, next, creations, tell } = dialing();
    next(silent(true), silent(true));
    const [one, two] = [dialer.call({ to: TO }), dialer.call({ to: TO })];
    await clock.advance(CREATE_TIMEOUT_MS + 5000);
    tell("CA2", "ringing", 1);
    tell("CA1", "ringing", 1);
    expect([await one.callSid, await two.callSid]).toEqual(["CA1", "CA2"]);
    await clock.advance(120_000);
    expect(creations).toHaveLength(2);
  });

  it("that was made twice after all is hung up once, and goes on once", async () => {
    const { dialer, clock, next, listed, talk, tell, changes } = dialing();
    // The first request arrives, and the list never shows its call.
    next(silent(true));
    listed(async () => []);
    const call = dialer.call({ to: TO, machineDetection: "none" });
    await clock.advance(CREATE_TIMEOUT_MS + LOOKS_MS);
    expect(await call.callSid).toBe("CA2");
    tell("CA1", "ringing", 1);
    tell("CA1", "ringing", 1);
    await clock.advance(0);
    expect(changes.map(({ sid, change }) => [sid, change.status])).toEqual([["CA1", "completed"]]);
    await talk("CA2");
    expect(await call.ended).toMatchObject({ reason: "completed", callSid: "CA2" });
  });
});

describe("a Twilio that is busy", () => {
  const busy: Fate = { error: failure(429, 20429) };

  it("is asked again, later and later", async () => {
    const { dialer, clock, next, creations } = dialing();
    next(busy, busy, { error: { code: "ECONNREFUSED", message: "" } });
    const call = dialer.call({ to: TO });
    await clock.advance(20_000);
    // Three quarters of 1 s, 2 s, 4 s: half is chance, and the test's is in the middle. And never two calls in a second.
    expect(creations.map(({ atMs }) => atMs)).toEqual([0, 1000, 2500, 5500]);
    expect(call.status).toBe("queued");
  });

  it("is not asked for ever", async () => {
    const { dialer, clock, next, creations } = dialing();
    next(busy, busy, busy, busy, busy, busy, busy);
    const { ended } = dialer.call({ to: TO });
    await clock.advance(120_000);
    expect(await ended).toMatchObject({ reason: "not-created", error: { code: "overloaded", retryable: true } });
    expect([creations.length, clock.pendingTimers]).toEqual([6, 0]);
  });
});

describe("a Twilio that refuses", () => {
  it.each([
    ["a wrong token", failure(401, 20003), "not-authorised"],
    ["a number", failure(400, 21211), "invalid-request"],
  ])("%s", async (_, error, code) => {
    const { dialer, clock, next, creations } = dialing();
    next({ error });
    const call = dialer.call({ to: TO });
    await clock.advance(60_000);
    expect(await call.ended).toMatchObject({ reason: "not-created", error: { code } });
    await expect(call.callSid).rejects.toMatchObject({ code });
    expect([creations.length, clock.pendingTimers]).toEqual([1, 0]);
  });

  it("is nothing to a dialer whose client cannot be made", async () => {
    const { dialer, clock } = dialing({ client: () => Promise.reject(new Error("no package")) });
    const { ended } = dialer.call({ to: TO });
    await clock.advance(0);
    expect(await ended).toMatchObject({ reason: "not-created", error: { code: "invalid-option" } });
  });
});
