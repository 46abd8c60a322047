import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRetryPolicy, wantsRetry } from "../../../../src/testing/twilio-simulator/rest/callback-retries.js";
import type { CallbackChaos, TwilioAccountReport } from "../../../../src/testing/twilio-simulator/rest/index.js";
import { BASE } from "../in-process-app.js";
import { account, EVERY_EVENT } from "./account-kit.js";

/** A few calls with all their callbacks. */
async function calls(callbacks: CallbackChaos, seed = 1, count = 3) {
  const { create, end, forms, clock } = account({
    callbacks,
    seed,
    callees: () => ({ script: [{ pauseMs: 500 }] }),
    routes: { "/voice": '<Pause length="9"/>' },
  });
  for (let made = 0; made < count; made += 1) await create(EVERY_EVENT);
  const report = await end();
  expect(clock.pendingTimers).toBe(0);
  return { report, forms };
}

/** In the order they were sent, without what is never twice the same. */
function sent({ callbacks, calls: all }: TwilioAccountReport) {
  return callbacks.map(({ callSid, copy, lost, atMs, fields }) => [
    all.findIndex((call) => call.callSid === callSid),
    Number(fields.SequenceNumber),
    copy,
    lost,
    atMs,
  ]);
}

describe("callbacks in chaos", () => {
  it("come twice with the same token", async () => {
    const { report } = await calls({ twice: 1 }, 1, 1);
    expect(sent(report).map(([, number, copy]) => [number, copy])).toEqual(
      [0, 1, 2, 3].flatMap((number) => [
        [number, 1],
        [number, 2],
      ]),
    );
    expect(new Set(report.callbacks.map(({ token }) => token)).size).toBe(4);
  });

  it("come late, but tell when it was", async () => {
    const { report } = await calls({ delayMs: 10_000 }, 5, 1);
    expect(report.callbacks.map(({ fields }) => fields.SequenceNumber)).not.toEqual(["0", "1", "2", "3"]);
    for (const { atMs, fields } of report.callbacks) {
      const lateMs = Date.parse("2026-11-23T10:00:00Z") + atMs - Date.parse(fields.Timestamp ?? "");
      expect(lateMs).toBeGreaterThan(0);
      expect(lateMs).toBeLessThan(11_000);
    }
  });

  it("are overtaken by the next one", async () => {
    const { report } = await calls({ overtaken: 1 }, 1, 1);
    // Each waits for the one behind it, and the last for nobody: its time is up after five seconds, as is the first one's.
    expect(sent(report).map(([, number, , , atMs]) => [number, atMs])).toEqual([
      [0, 5_000],
      [1, 5_500],
      [2, 7_500],
      [3, 8_000],
    ]);
    const some = await calls({ overtaken: 0.5 }, 3, 1);
    expect(sent(some.report).map(([, number, , , atMs]) => [number, atMs])).toEqual([
      [3, 3_000],
      [2, 3_000],
      [1, 3_000],
      [0, 3_000],
    ]);
  });

  it("are lost", async () => {
    const { report, forms } = await calls({ lost: 1 });
    expect(report.callbacks.map(({ lost, status }) => [lost, status])).toEqual(Array(12).fill([true, undefined]));
    expect(forms("/status")).toEqual([]);
  });

  const chaos = fc.record({
    twice: fc.constantFrom(0, 0.4, 1),
    delayMs: fc.constantFrom(0, 900, 20_000),
    secondDelayMs: fc.constantFrom(0, 5_000),
    overtaken: fc.constantFrom(0, 0.5, 1),
  });

  it("all arrive in the end, once or twice, whatever the chaos", async () => {
    await fc.assert(
      fc.asyncProperty(chaos, fc.integer({ min: 0, max: 9_999 }), async (callbacks, seed) => {
        const { report } = await calls(callbacks, seed);
        const firsts = sent(report).filter(([, , copy]) => copy === 1);
        const numbers = firsts.map(([call, number]) => `${call}/${number}`).sort();
        expect(numbers).toEqual([0, 1, 2].flatMap((call) => [0, 1, 2, 3].map((number) => `${call}/${number}`)));
        expect(report.callbacks.every(({ status }) => status === 200)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it("are the same for the same seed", async () => {
    await fc.assert(
      fc.asyncProperty(chaos, fc.integer({ min: 0, max: 9_999 }), async (callbacks, seed) => {
        const [one, other] = [await calls(callbacks, seed), await calls(callbacks, seed)];
        expect(sent(one.report)).toEqual(sent(other.report));
      }),
      { numRuns: 15 },
    );
  });

  it("may be signed wrongly", async () => {
    const { create, end, visits } = account({
      callees: () => ({ outcome: "busy" }),
      signatures: { webhook: (path) => (path === "/status" ? null : undefined) },
    });
    await create(EVERY_EVENT);
    await end();
    expect(visits.map(({ headers }) => headers.get("x-twilio-signature"))).toEqual([null, null, null]);
  });
});

describe("a callback that is answered wrongly", () => {
  async function answered(fragment: string, ...statuses: readonly number[]) {
    const { create, end } = account({
      callees: () => ({ outcome: "busy" }),
      routes: { "/status": (_form, visit) => new Response("", { status: statuses[visit - 1] ?? 200 }) },
    });
    await create({ statusCallback: `${BASE}/status${fragment}` });
    return end();
  }

  it("is left at that", async () => {
    const { callbacks, debuggerEvents, calls: all } = await answered("", 500);
    expect(callbacks.map(({ attempt, status }) => [attempt, status])).toEqual([[1, 500]]);
    expect(debuggerEvents).toEqual([
      {
        code: 11200,
        level: "error",
        message: "a callback was answered with 500",
        callSid: all[0]?.callSid,
        atMs: 2_500,
      },
    ]);
  });

  it("is sent again, with the same token, if its address says so", async () => {
    const { callbacks } = await answered("#rc=3&rp=5xx", 500, 503, 200);
    expect(callbacks.map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, 500],
      [2, 503],
      [3, 200],
    ]);
    expect(new Set(callbacks.map(({ token }) => token)).size).toBe(1);
  });

  it("is not waited for longer than its address says", async () => {
    const { create, end } = account({
      callees: () => ({ outcome: "busy" }),
      routes: { "/status": () => new Promise<Response>(() => {}) },
    });
    await create({ statusCallback: `${BASE}/status#rt=2000&rc=1&rp=rt` });
    const { callbacks, debuggerEvents } = await end();
    expect(callbacks.map(({ atMs, attempt, status }) => [atMs, attempt, status])).toEqual([
      [2_500, 1, undefined],
      [4_500, 2, undefined],
    ]);
    expect(debuggerEvents.map(({ code, atMs }) => [code, atMs])).toEqual([
      [11200, 4_500],
      [11200, 6_500],
    ]);
  });

  it.each<[string, number | "ct" | "rt", number, boolean]>([
    ["", 500, 1, false],
    ["", "ct", 1, true],
    ["", "ct", 2, false],
    ["", "rt", 1, false],
    ["#rc=0", "ct", 1, false],
    ["#rc=9&rp=all", 404, 5, true],
    ["#rc=9&rp=all", 404, 6, false],
    ["#rc=2&rp=4xx,5xx", 404, 2, true],
    ["#rc=2&rp=4xx,5xx", "ct", 1, false],
    ["#rc=2&rp=all", 200, 1, false],
    ["#rc=2&rp=all", 301, 1, false],
    ["#rc=two", "ct", 1, true],
  ])("%s: after %s, attempt %i: again %s", (fragment, outcome, attempt, again) => {
    expect(wantsRetry(readRetryPolicy(`${BASE}/status${fragment}`), outcome, attempt)).toBe(again);
  });
});
