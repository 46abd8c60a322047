import { describe, expect, it } from "vitest";
import type { Callee } from "../../../../src/testing/twilio-simulator/rest/index.js";
import { signatureOf } from "../../../../src/testing/twilio-simulator/signature.js";
import { AUTH_TOKEN, BASE } from "../in-process-app.js";
import { account, EVERY_EVENT, finish, TO } from "./account-kit.js";

describe("a call", () => {
  it.each<[string, Callee, string, readonly string[], number]>([
    [
      "is answered",
      { script: [{ pauseMs: 400 }] },
      "completed",
      ["initiated", "ringing", "in-progress", "completed"],
      2_700,
    ],
    ["is busy", { outcome: "busy" }, "busy", ["initiated", "ringing", "busy"], 2_500],
    ["is busy at once", { outcome: "busy", ringsMs: 0 }, "busy", ["initiated", "ringing", "busy"], 500],
    ["is not answered", { outcome: "no-answer" }, "no-answer", ["initiated", "ringing", "no-answer"], 60_500],
    ["is answered too late", { ringsMs: 70_000 }, "no-answer", ["initiated", "ringing", "no-answer"], 60_500],
    ["fails", { outcome: "failed" }, "failed", ["initiated", "failed"], 500],
  ])("%s", async (_what, callee, status, told, endMs) => {
    const { create, end, forms, clock } = account({ callees: () => callee });
    await create(EVERY_EVENT);
    const { calls, callbacks } = await end();
    expect(calls[0]).toMatchObject({ status, endedAtMs: endMs, queueMs: 0, dialledAtMs: 0 });
    expect(forms("/status").map(({ CallStatus }) => CallStatus)).toEqual(told);
    expect(forms("/status").map(({ SequenceNumber }) => SequenceNumber)).toEqual(told.map((_, at) => String(at)));
    expect(callbacks.map(({ kind, status: answered }) => [kind, answered])).toEqual(told.map(() => ["status", 200]));
    expect(clock.pendingTimers).toBe(0);
  });

  it("tells with all the fields, signed", async () => {
    const {
      account: made,
      create,
      end,
      visits,
    } = account({ callees: () => ({ outcome: "failed", sipResponseCode: 503 }) });
    const { sid } = await create({ ...EVERY_EVENT, statusCallback: `${BASE}/status?for=me#rc=3` });
    await end();
    const { form, headers } = visits[1] as (typeof visits)[number];
    expect(form).toEqual({
      AccountSid: made.accountSid,
      ApiVersion: "2010-04-01",
      CallSid: sid,
      CallStatus: "failed",
      CallDuration: "0",
      CallbackSource: "call-progress-events",
      Called: TO,
      CalledCountry: "IN",
      Caller: "+918041234567",
      CallerCountry: "IN",
      Direction: "outbound-api",
      From: "+918041234567",
      FromCountry: "IN",
      SequenceNumber: "1",
      SipResponseCode: "503",
      Timestamp: "Mon, 23 Nov 2026 10:00:00 +0000",
      To: TO,
      ToCountry: "IN",
    });
    expect(headers.get("x-twilio-signature")).toBe(signatureOf(AUTH_TOKEN, `${BASE}/status?for=me`, form));
    expect(headers.get("i-twilio-idempotency-token")).toMatch(/^[\da-f-]{36}$/);
  });

  it("tells its duration in seconds, and in minutes as they are billed", async () => {
    const { create, end, forms } = account({
      callees: () => ({ script: [{ pauseMs: 61_000 }] }),
      routes: { "/voice": '<Pause length="100"/>' },
    });
    await create({ statusCallback: `${BASE}/status` });
    await end();
    expect(forms("/status")).toEqual([
      expect.objectContaining({ CallStatus: "completed", CallDuration: "61", Duration: "2", SequenceNumber: "0" }),
    ]);
  });

  it("tells by GET if it is to", async () => {
    const { create, end, visits } = account({ callees: () => ({ outcome: "busy" }) });
    await create({ statusCallback: `${BASE}/status`, statusCallbackMethod: "GET" });
    await end();
    expect(visits.map(({ method, form }) => [method, form.CallStatus])).toEqual([["GET", "busy"]]);
  });

  it("signs for an address of http as it is, without its fragment", async () => {
    const { create, end, visits } = account({ callees: () => ({ outcome: "busy" }) });
    await create({ statusCallback: "http://voice.example.com:8080/status#rc=3" });
    await end();
    const { form, headers } = visits[0] as (typeof visits)[number];
    expect(headers.get("x-twilio-signature")).toBe(
      signatureOf(AUTH_TOKEN, "http://voice.example.com:8080/status", form),
    );
  });

  it("is over when it is over, though its last webhook is not answered yet", async () => {
    const { create, end, forms } = account({
      callees: () => ({ script: [{ say: "hello" }, { pauseMs: 2_000 }] }),
      routes: {
        "/voice": '<Gather input="speech" speechTimeout="1" action="/turn"/>',
        "/turn": () => new Promise<Response>(() => {}),
      },
    });
    await create({ statusCallback: `${BASE}/status` });
    const { calls } = await end();
    expect(forms("/turn")).toHaveLength(1);
    expect(calls[0]).toMatchObject({ status: "completed", answeredAtMs: 2_500, endedAtMs: 2_500 + 200 + 2_000 });
    expect(forms("/status")).toEqual([expect.objectContaining({ CallDuration: "2" })]);
  });

  it("rings as long as it is told to", async () => {
    const { create, end } = account({ callees: () => ({ outcome: "no-answer" }) });
    await create({ timeout: 20 });
    expect((await end()).calls[0]?.endedAtMs).toBe(20_500);
  });

  it("lasts as long as it is told to", async () => {
    const { create, end } = account({ routes: { "/voice": '<Pause length="600"/>' } });
    await create({ timeLimit: 30 });
    const [call] = (await end()).calls;
    expect(call).toMatchObject({ status: "completed", answeredAtMs: 2_500, endedAtMs: 32_500 });
    expect(call?.leg?.over.reason).toBe("time-limit");
  });

  it("comes to its end when its address does not answer, or answers wrongly", async () => {
    const { create, account: made, clock } = account({ routes: { "/voice": "<Shout/>" } });
    await create();
    await expect(finish(made, clock)).rejects.toThrow("<Shout> is no verb");
    expect(made.report().calls[0]).toMatchObject({ status: "completed", failure: expect.any(Error) });
  });

  it("is told apart from what the app throws at a callback", async () => {
    const {
      create,
      account: made,
      clock,
    } = account({
      routes: {
        "/status": () => {
          throw new Error("the app is broken");
        },
      },
    });
    await create({ statusCallback: `${BASE}/status` });
    await expect(finish(made, clock)).rejects.toThrow("the app is broken");
  });
});

describe("an account", () => {
  it.each([
    [1, [0, 1_000, 2_000, 3_000]],
    [4, [0, 250, 500, 750]],
    [0.5, [0, 2_000, 4_000, 6_000]],
  ])("begins %d calls a second, and queues the others", async (callsPerSecond, dialledAtMs) => {
    const { create, end, client } = account({ callsPerSecond });
    const made = await Promise.all(dialledAtMs.map(() => create()));
    expect(made.map(({ status }) => status)).toEqual(Array(4).fill("queued"));
    const { calls } = await end();
    expect(calls.map((call) => call.dialledAtMs)).toEqual(dialledAtMs);
    expect(calls.map(({ queueMs }) => queueMs)).toEqual(dialledAtMs);
    expect((await client.calls(calls[3]?.callSid ?? "").fetch()).queueTime).toBe(String(dialledAtMs[3]));
  });

  it("does not wait when it has been idle", async () => {
    const { create, end, clock } = account();
    await create();
    await clock.advance(10_000);
    await create();
    expect((await end()).calls.map(({ queueMs }) => queueMs)).toEqual([0, 0]);
  });

  it("needs a rate", () => {
    expect(() => account({ callsPerSecond: 0 })).toThrow("Give more than 0");
  });

  it("makes 100 calls, one a second, and each has the end its callee gives it", async () => {
    const kinds: readonly Callee[] = [
      { script: [{ pauseMs: 5_000 }] },
      { outcome: "busy" },
      { outcome: "no-answer" },
      { outcome: "failed" },
    ];
    const number = (at: number) => `+9198000000${String(at).padStart(2, "0")}`;
    const { create, end, forms, clock } = account({
      callees: (to) => kinds[Number(to.slice(-2)) % kinds.length] ?? {},
      routes: { "/voice": '<Pause length="60"/>' },
    });
    await Promise.all(Array.from({ length: 100 }, (_, at) => create({ to: number(at), ...EVERY_EVENT })));
    const { calls } = await end();
    expect(calls.map(({ status }) => status)).toEqual(
      Array.from({ length: 100 }, (_, at) => ["completed", "busy", "no-answer", "failed"][at % 4]),
    );
    expect(calls.map(({ dialledAtMs }) => dialledAtMs)).toEqual(Array.from({ length: 100 }, (_, at) => at * 1_000));
    expect(forms("/status")).toHaveLength(25 * (4 + 3 + 3 + 2));
    expect(clock.pendingTimers).toBe(0);
  });
});
