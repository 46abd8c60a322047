import { describe, expect, it } from "vitest";
import { BASE } from "../in-process-app.js";
import { account, EVERY_EVENT, FROM, TO } from "./account-kit.js";

describe("a call that is asked for", () => {
  it("is queued, and comes back as the API writes it", async () => {
    const { create, account: made, clock } = account();
    const call = await clock.runUntilSettled(create());
    expect(call.toJSON()).toEqual({
      sid: expect.stringMatching(/^CA[\da-f]{32}$/),
      accountSid: made.accountSid,
      annotation: undefined,
      answeredBy: null,
      apiVersion: "2010-04-01",
      callerName: "",
      dateCreated: new Date("2026-11-23T10:00:00Z"),
      dateUpdated: new Date("2026-11-23T10:00:00Z"),
      direction: "outbound-api",
      duration: null,
      endTime: null,
      forwardedFrom: null,
      from: FROM,
      fromFormatted: FROM,
      groupSid: null,
      parentCallSid: null,
      phoneNumberSid: expect.stringMatching(/^PN[\da-f]{32}$/),
      price: null,
      priceUnit: "USD",
      queueTime: "0",
      startTime: null,
      status: "queued",
      subresourceUris: expect.objectContaining({ recordings: expect.stringContaining("/Recordings.json") }),
      to: TO,
      toFormatted: TO,
      trunkSid: "",
      uri: `/2010-04-01/Accounts/${made.accountSid}/Calls/${call.sid}.json`,
    });
  });

  it("has its dates and its duration once it is over", async () => {
    const { create, client, clock, end } = account({
      callees: () => ({ script: [{ pauseMs: 7_000 }] }),
      routes: { "/voice": '<Pause length="60"/>' },
    });
    const { sid } = await clock.runUntilSettled(create());
    await end();
    expect(await client.calls(sid).fetch()).toMatchObject({
      status: "completed",
      startTime: new Date("2026-11-23T10:00:00Z"),
      // Half a second of routing, two of ringing, seven of talk.
      endTime: new Date("2026-11-23T10:00:09Z"),
      duration: "7",
    });
  });

  it.each([
    ["no number to call", { to: "" }, 21201],
    ["what is no number to call", { to: "98123" }, 21211],
    ["a number without its country", { to: "9812345678" }, 21211],
    ["no number to call from", { from: "" }, 21213],
    ["what is no number to call from", { from: "agent" }, 21212],
    ["a number of somebody else's to call from", { from: "+14155550100" }, 21210],
    ["an address that is none", { url: "voice" }, 21205],
    ["an address of no web page", { url: "wss://voice.example.com/" }, 21205],
    ["no instructions", { url: "" }, 21205],
    ["an application it does not have", { url: "", applicationSid: "AP1" }, 21218],
    ["instructions that are too long", { url: "", twiml: `<Response>${" ".repeat(4_000)}</Response>` }, 20001],
    ["an address for callbacks that is none", { statusCallback: "/status" }, 21609],
    ["a longer ringing than there is", { timeout: 601 }, 20001],
    ["an endless call", { timeLimit: 0 }, 20001],
    ["a wrong method", { method: "PUT" }, 20001],
    ["too many digits", { sendDigits: "1".repeat(33) }, 20001],
    ["what are no digits", { sendDigits: "1a" }, 20001],
    ["a detection it does not know", { machineDetection: "Always" }, 20001],
    ["too short a detection", { machineDetection: "Enable", machineDetectionSilenceTimeout: 1_999 }, 20001],
    ["events of a recording it does not know", { recordingStatusCallbackEvent: ["over"] }, 20001],
  ])("is refused with %s", async (_what, more, code) => {
    const { create, clock, account: made } = account();
    const asked = create(more);
    asked.catch(() => {});
    const error = await clock.runUntilSettled(asked).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      status: 400,
      code,
      moreInfo: `https://www.twilio.com/docs/errors/${code}`,
      message: expect.any(String),
    });
    const { calls, requests } = made.report();
    expect([calls, requests[0]?.status, requests[0]?.code]).toEqual([[], 400, code]);
  });

  it.each([21211, 21214, 21215, 21216, 21217, 21219] as const)(
    "is refused with %i if the callee is so",
    async (code) => {
      const { create, account: made } = account({ callees: () => ({ outcome: "refused", code }) });
      await expect(create()).rejects.toMatchObject({ status: 400, code });
      expect(made.report().calls).toEqual([]);
    },
  );

  it("may come from a verified number", async () => {
    const { create } = account({ verifiedCallers: ["+14155550100"] });
    expect(await create({ from: "+14155550100" })).toMatchObject({ status: "queued", phoneNumberSid: "" });
  });

  it.each(["sip:agent@example.com", "client:desk"])("may go to %s", async (to) => {
    const { create } = account();
    expect(await create({ to })).toMatchObject({ to, status: "queued" });
  });

  it("is made although its events are unknown: the debugger tells, and nothing else does", async () => {
    const { create, end, forms } = account();
    await create({ ...EVERY_EVENT, statusCallbackEvent: ["initiated ringing"] });
    const { calls, debuggerEvents } = await end();
    expect(calls[0]?.status).toBe("completed");
    expect(debuggerEvents).toEqual([
      { code: 21626, level: "warning", message: expect.any(String), callSid: calls[0]?.callSid, atMs: 0 },
    ]);
    expect(forms("/status")).toEqual([]);
  });

  it("tells what it passes over", async () => {
    const { account: made, clock } = account();
    const body = new URLSearchParams({ To: TO, From: FROM, Url: `${BASE}/voice`, StatusCallbackEvents: "completed" });
    const answer = await made.fetch(`https://api.twilio.com/2010-04-01/Accounts/${made.accountSid}/Calls.json`, {
      method: "POST",
      body,
      headers: { authorization: `Basic ${btoa(`${made.accountSid}:12345678901234567890123456789012`)}` },
    });
    expect(answer.status).toBe(201);
    expect(made.report().requests[0]?.ignored).toEqual(["StatusCallbackEvents"]);
    await clock.runUntilSettled(made.settled());
  });

  it("prefers an address to TwiML", async () => {
    const { create, end, forms } = account();
    await create({ twiml: "<Response><Hangup/></Response>" });
    await end();
    expect(forms("/voice")).toHaveLength(1);
  });

  it("takes TwiML as it is", async () => {
    const { create, end, visits } = account();
    await create({ url: "", twiml: "<Response><Say>namaste</Say></Response>" });
    const { calls } = await end();
    expect(calls[0]?.leg?.spoken.map(({ text }) => text)).toEqual(["namaste"]);
    expect(visits).toEqual([]);
  });
});

describe("who asks", () => {
  it.each([
    ["a wrong token", { user: `AC${"5".repeat(32)}`, secret: "wrong" }],
    ["a key it does not know", { user: "SK2", secret: "secret" }],
    ["a key with a wrong secret", { user: "SK1", secret: "other" }],
  ])("is turned away with %s", async (_what, credentials) => {
    const { account: made } = account({ apiKeys: { SK1: "secret" } });
    const twilio = (await import("twilio")).default;
    const client = made.client(twilio, credentials);
    await expect(client.calls.create({ to: TO, from: FROM, url: `${BASE}/voice` })).rejects.toMatchObject({
      status: 401,
      code: 20003,
      message: "Authenticate",
    });
    expect(made.report().calls).toEqual([]);
  });

  it("may have an API key", async () => {
    const { account: made } = account({ apiKeys: { SK1: "secret" } });
    const twilio = (await import("twilio")).default;
    const client = made.client(twilio, { user: "SK1", secret: "secret" });
    expect(await client.calls.list()).toEqual([]);
  });

  it("hears of what is not there, or cannot be done", async () => {
    const { account: made, client } = account();
    await expect(client.calls("CA1").fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
    await expect(client.messages.list()).rejects.toMatchObject({ status: 404, code: 20404 });
    await expect(client.calls("CA1").remove()).rejects.toMatchObject({ status: 405, code: 20004 });
    await expect(client.api.accounts("AC1").fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
    expect(made.report().requests.map(({ operation }) => operation)).toEqual([
      "calls.fetch",
      "unknown",
      "unknown",
      "accounts.fetch",
    ]);
  });

  it("may be told in the newer form", async () => {
    const { create } = account({ errorBodies: "rfc9457" });
    await expect(create({ to: "1" })).rejects.toMatchObject({
      name: "Error",
      type: "https://www.twilio.com/docs/errors/21211",
      title: "The phone number you are attempting to call, 1, is not a valid number",
      status: 400,
      code: 21211,
    });
  });
});
