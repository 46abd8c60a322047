import { describe, expect, it } from "vitest";
import { account, FROM, STARTED_AT, TO } from "./account-kit.js";

const OTHER = "+919800000000";
const later = (ms: number) => new Date(STARTED_AT.getTime() + ms);

/** Three calls, at 0, 20 and 40 seconds: busy, failed, in progress. The second goes to another number. */
async function threeCalls(options: Parameters<typeof account>[0] = {}) {
  const kit = account({
    callees: (number) =>
      number === OTHER ? { outcome: "failed" } : kit.clock.now() < 20_000 ? { outcome: "busy" } : {},
    routes: { "/voice": '<Pause length="600"/>' },
    ...options,
  });
  const sids: string[] = [];
  for (const to of [TO, OTHER, TO]) {
    sids.push((await kit.create({ to })).sid);
    await kit.clock.advance(20_000);
  }
  const list = async (filter: Parameters<typeof kit.client.calls.list>[0] = {}) =>
    (await kit.client.calls.list(filter)).map(({ sid }) => sids.indexOf(sid));
  return { ...kit, sids, list };
}

describe("the list of calls", () => {
  it.each<[string, Record<string, unknown>, readonly number[]]>([
    ["all, the newest first", {}, [2, 1, 0]],
    ["those to a number", { to: TO }, [2, 0]],
    ["those from a number", { from: FROM }, [2, 1, 0]],
    ["those from another number", { from: TO }, []],
    ["those with a status", { status: "busy" }, [0]],
    ["those with a status and a number", { status: "busy", to: OTHER }, []],
    ["those from a time on", { startTimeAfter: later(20_000) }, [2, 1]],
    ["those up to a time", { startTimeBefore: later(20_000) }, [1, 0]],
    ["those between times", { startTimeAfter: later(1_000), startTimeBefore: later(39_000) }, [1]],
    ["those of a second", { startTime: later(20_000) }, [1]],
    ["those that ended from a time on", { endTimeAfter: later(20_000) }, [1]],
    ["so many", { limit: 2 }, [2, 1]],
  ])("holds %s", async (_what, filter, wanted) => {
    const { list } = await threeCalls();
    expect(await list(filter)).toEqual(wanted);
  });

  it("holds those of a day", async () => {
    const { account: made } = await threeCalls();
    const ask = async (query: string) => {
      const url = `https://api.twilio.com/2010-04-01/Accounts/${made.accountSid}/Calls.json?${query}`;
      const authorization = `Basic ${btoa(`${made.accountSid}:12345678901234567890123456789012`)}`;
      const answer = await made.fetch(url, { headers: { authorization } });
      return ((await answer.json()) as { readonly calls?: readonly unknown[] }).calls?.length ?? answer.status;
    };
    expect(await ask("StartTime=2026-11-23")).toBe(3);
    expect(await ask("StartTime=2026-11-22")).toBe(0);
    expect(await ask("StartTime%3E=2026-11-24")).toBe(0);
    expect(await ask("StartTime%3C=2026-11-23")).toBe(3);
    expect(await ask("StartTime=yesterday")).toBe(400);
    expect(await ask("PageSize=0")).toBe(400);
    expect(await ask("Page=last")).toBe(400);
  });

  it("comes in pages, which newer calls do not shift", async () => {
    const { client, create, sids } = await threeCalls();
    const first = await client.calls.page({ pageSize: 2 });
    expect(first.instances.map(({ sid }) => sids.indexOf(sid))).toEqual([2, 1]);
    await create();
    const second = await first.nextPage();
    expect(second?.instances.map(({ sid }) => sids.indexOf(sid))).toEqual([0]);
    expect(second?.nextPage()).toBeUndefined();
    expect((await second?.previousPage())?.instances).toHaveLength(2);
    expect(await client.calls.list({ pageSize: 1 })).toHaveLength(4);
  });

  it("leaves out calls that wait, if it is asked by their start", async () => {
    const { client, create } = account();
    await create();
    expect(await client.calls.list({ startTimeAfter: later(-60_000) })).toEqual([]);
    expect(await client.calls.list({})).toHaveLength(1);
  });

  it("is behind, if it is to be, and so is a call that is fetched; but a new one is there at once", async () => {
    const { client, clock, create, end } = account({ staleMs: 3_000, callees: () => ({ outcome: "failed" }) });
    const { sid } = await create();
    const seen = async () => [
      (await client.calls.list({})).map(({ status }) => status),
      (await client.calls(sid).fetch()).status,
    ];
    expect(await seen()).toEqual([[], "queued"]);
    await clock.advance(2_999);
    expect(await seen()).toEqual([[], "queued"]);
    await clock.advance(1);
    expect(await seen()).toEqual([["queued"], "queued"]);
    await clock.advance(500);
    expect(await seen()).toEqual([["failed"], "failed"]);
    await end();
  });
});
