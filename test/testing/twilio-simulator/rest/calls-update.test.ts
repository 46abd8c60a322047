import { describe, expect, it } from "vitest";
import { BASE } from "../in-process-app.js";
import { account, EVERY_EVENT } from "./account-kit.js";

const LONG = { routes: { "/voice": '<Pause length="600"/>', "/next": "<Say>one moment</Say>" } };

/** A call at a stage, and what then is asked of it. */
async function at(ms: number, options: Parameters<typeof account>[0] = LONG, more = {}) {
  const kit = account(options);
  const { sid } = await kit.create({ ...EVERY_EVENT, ...more });
  await kit.clock.advance(ms);
  return { ...kit, sid, call: kit.client.calls(sid) };
}

describe("a call that is to end", () => {
  it.each([
    ["just begun", 0, "canceled", "canceled"],
    ["just begun", 0, "completed", "canceled"],
    ["not yet ringing", 100, "canceled", "canceled"],
    ["ringing", 1_000, "canceled", "canceled"],
    ["ringing", 1_000, "completed", "canceled"],
    ["picked up", 5_000, "completed", "completed"],
  ] as const)("%s, after %i ms, by %s, is %s", async (_stage, ms, status, wanted) => {
    const { call, end, forms, clock, visits } = await at(ms);
    expect((await call.update({ status })).status).toBe(wanted);
    const { calls } = await end();
    expect(calls[0]).toMatchObject({ status: wanted, endedAtMs: ms });
    expect(forms("/status").at(-1)).toMatchObject({ CallStatus: wanted });
    expect(clock.pendingTimers).toBe(0);
    expect(visits.filter(({ path }) => path === "/voice")).toHaveLength(wanted === "completed" ? 1 : 0);
  });

  it("goes on if it was picked up, and is to be canceled", async () => {
    const { call, clock, account: made } = await at(5_000);
    expect((await call.update({ status: "canceled" })).status).toBe("in-progress");
    await clock.advance(1_000);
    expect(made.report().calls[0]?.status).toBe("in-progress");
    await call.update({ status: "completed" });
    await clock.runUntilSettled(made.settled());
  });

  it("leaves its place in the queue to the next one", async () => {
    const { client, create, end, forms } = account({ callees: () => ({ outcome: "busy" }) });
    const [first, second, third] = [await create(), await create(EVERY_EVENT), await create()];
    expect((await client.calls(second.sid).update({ status: "canceled" })).status).toBe("canceled");
    expect((await end()).calls.map(({ callSid, status, dialledAtMs }) => [callSid, status, dialledAtMs])).toEqual([
      [first.sid, "busy", 0],
      [second.sid, "canceled", undefined],
      [third.sid, "busy", 1_000],
    ]);
    expect(forms("/status").map(({ CallStatus }) => CallStatus)).toEqual(["canceled"]);
  });

  it("is over only once", async () => {
    const { call, end } = await at(5_000);
    await call.update({ status: "completed" });
    await expect(call.update({ status: "completed" })).rejects.toMatchObject({ status: 400, code: 21220 });
    await expect(call.update({ url: `${BASE}/next` })).rejects.toMatchObject({ status: 400, code: 21220 });
    await end();
  });

  it("is not there any more after some time", async () => {
    const { call, end, clock, client } = await at(5_000, { ...LONG, forgetsAfterMs: 60_000 });
    await call.update({ status: "completed" });
    await end();
    await clock.advance(59_000);
    expect((await call.fetch()).status).toBe("completed");
    await clock.advance(1_000);
    await expect(call.fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
    await expect(call.update({ status: "completed" })).rejects.toMatchObject({ status: 404, code: 20404 });
    expect(await client.calls.list()).toEqual([]);
  });
});

describe("a call that is to go on otherwise", () => {
  it.each([
    ["an address", { url: `${BASE}/next` }],
    ["TwiML", { twiml: "<Response><Say>one moment</Say></Response>" }],
  ])("goes on with %s", async (_what, change) => {
    const { call, end } = await at(5_000);
    expect((await call.update(change)).status).toBe("in-progress");
    const [done] = (await end()).calls;
    expect(done?.leg?.spoken.map(({ text, atMs }) => [text, atMs])).toEqual([["one moment", 2_500]]);
    expect(done).toMatchObject({ status: "completed", endedAtMs: 5_400 });
  });

  it.each(["queued", "ringing"])("cannot as long as it is %s", async (stage) => {
    const { call, end } = await at(stage === "queued" ? 0 : 1_000);
    await expect(call.update({ url: `${BASE}/next` })).rejects.toMatchObject({
      status: 400,
      code: 21220,
      message: "Unable to update record: Call is not in-progress. Cannot redirect.",
    });
    await call.update({ status: "canceled" });
    await end();
  });

  it.each([
    ["an action", '<Gather action="/turn"/>'],
    ["a redirect", "<Redirect>next</Redirect>"],
    ["a sound", "<Play>/hold.wav</Play>"],
    ["a number's own instructions", '<Dial><Number url="/whisper">+911111111111</Number></Dial>'],
    ["a callback", '<Dial recordingStatusCallback="/recording">+911111111111</Dial>'],
  ])("cannot with %s that is relative", async (_what, twiml) => {
    const { call, end } = await at(5_000);
    await expect(call.update({ twiml: `<Response>${twiml}</Response>` })).rejects.toMatchObject({ code: 15004 });
    await call.update({ status: "completed" });
    expect((await end()).calls[0]?.leg?.verbs.map(({ verb }) => verb.verb)).toEqual(["Pause"]);
  });

  it("may do so before its instructions are carried out, while it is found out who picked up", async () => {
    const { call, end, forms } = await at(2_600, LONG, { machineDetection: "Enable" });
    await call.update({ url: `${BASE}/next` });
    const [done] = (await end()).calls;
    expect([forms("/voice"), done?.leg?.spoken.map(({ text }) => text)]).toEqual([[], ["one moment"]]);
  });

  it.each([
    ["shorter", 10, 12_500],
    ["longer", 300, 302_500],
    ["over already", 1, 5_000],
  ])("may have a time that is %s", async (_what, timeLimit, endedAtMs) => {
    const { call, end } = await at(5_000, LONG, { timeLimit: 60 });
    await call.update({ timeLimit });
    expect((await end()).calls[0]).toMatchObject({ status: "completed", endedAtMs });
  });

  it("may tell its end elsewhere", async () => {
    const { call, end, forms } = await at(5_000, { routes: { ...LONG.routes, "/other": "" } });
    await call.update({ statusCallback: `${BASE}/other` });
    await call.update({ status: "completed" });
    await end();
    expect(forms("/status").map(({ CallStatus }) => CallStatus)).toEqual(["initiated", "ringing", "in-progress"]);
    expect(forms("/other").map(({ CallStatus }) => CallStatus)).toEqual(["completed"]);
  });
});
