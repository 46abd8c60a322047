import { describe, expect, it } from "vitest";
import {
  type CallerScript,
  createTwilioSimulator,
  createVirtualClock,
  type DialedParty,
  heardText,
} from "../../../src/testing/index.js";
import { AUTH_TOKEN, BASE, inProcessApp, type Route } from "./in-process-app.js";

async function call(
  routes: Readonly<Record<string, Route>>,
  script: CallerScript,
  parties: Readonly<Record<string, DialedParty>> = {},
) {
  const clock = createVirtualClock();
  const { app, visits } = inProcessApp({ "/after": "<Hangup/>", ...routes });
  const twilio = createTwilioSimulator({
    webhookUrl: `${BASE}/voice`,
    authToken: AUTH_TOKEN,
    app,
    clock,
    parties: (number) => parties[number] ?? {},
  });
  const report = await clock.runUntilSettled(twilio.dial({ script, callSid: "CAparent" }));
  expect(clock.pendingTimers).toBe(0);
  return { report, visits, after: visits.filter(({ path }) => path === "/after").map(({ form }) => form) };
}

const wait: CallerScript = [{ waitForEnd: true }];

describe("a <Dial>", () => {
  it("connects the two, who hear each other until one hangs up", async () => {
    const { report, after } = await call(
      { "/voice": '<Dial action="/after" callerId="+918041234567">+911111111111</Dial>' },
      [{ waitFor: { heardMs: 400 } }, { say: "a room please" }, { waitForEnd: true }],
      {
        "+911111111111": {
          ringsMs: 3_000,
          script: [{ say: "front desk" }, { waitFor: "agent-silence" }, { say: "sure" }],
        },
      },
    );
    const [callee] = report.dialLegs;
    expect(heardText(report)).toBe("front desk sure");
    expect(callee).toMatchObject({ number: "+911111111111", status: "completed", bridged: true, answeredMs: 3_000 });
    expect(heardText(callee as NonNullable<typeof callee>)).toBe("a room please");
    expect(after).toMatchObject([
      { DialCallStatus: "completed", DialBridged: "true", DialCallSid: callee?.callSid, DialCallDuration: "2" },
    ]);
    expect(report.end.reason).toBe("no-stream");
    expect(report.over.reason).toBe("hangup");
  });

  it.each<[string, DialedParty, string, number]>([
    ["busy", { outcome: "busy", ringsMs: 1_000 }, "busy", 1_000],
    ["failed", { outcome: "failed", ringsMs: 500 }, "failed", 500],
    ["no answer", { outcome: "no-answer" }, "no-answer", 20_000],
    ["an answer that comes too late", { ringsMs: 25_000 }, "no-answer", 20_000],
  ])("tells the action of %s", async (_name, party, status, atMs) => {
    const { report, after } = await call(
      { "/voice": '<Dial timeout="20" action="/after">+911111111111</Dial><Say>never</Say>' },
      wait,
      { "+911111111111": party },
    );
    expect(after).toMatchObject([{ DialCallStatus: status, DialBridged: "false" }]);
    expect(after[0]).not.toHaveProperty("DialCallDuration");
    expect(report.over.atMs).toBe(atMs);
  });

  it("without an action goes on with the next verb", async () => {
    const { report } = await call({ "/voice": "<Dial>+911111111111</Dial><Say>nobody there</Say>" }, wait, {
      "+911111111111": { outcome: "busy" },
    });
    expect(heardText(report)).toBe("nobody there");
  });

  it("whispers to who answers, before the two are connected", async () => {
    const { report, visits } = await call(
      {
        "/voice": '<Dial action="/after"><Number url="/whisper">+911111111111</Number></Dial>',
        "/whisper": '<Gather numDigits="1" action="/accept"><Say>a call for you press one</Say></Gather><Hangup/>',
        "/accept": "<Say>connecting</Say>",
      },
      [{ waitFor: { heardMs: 200 } }, { hangUp: true }],
      {
        "+911111111111": { script: [{ pauseMs: 1_200 }, { press: "1" }, { pauseMs: 400 }, { say: "hello" }, ...wait] },
      },
    );
    const [callee] = report.dialLegs;
    expect(heardText(callee as NonNullable<typeof callee>)).toBe("a call for you press one connecting");
    expect(heardText(report)).toBe("hello");
    expect(
      visits.slice(1).map(({ path, form }) => [path, form.CallSid === callee?.callSid, form.ParentCallSid]),
    ).toEqual([
      ["/whisper", true, "CAparent"],
      ["/accept", true, "CAparent"],
    ]);
    expect(visits[1]?.form).toMatchObject({ To: "+911111111111", Direction: "outbound-dial" });
    expect(callee).toMatchObject({ bridged: true, status: "completed" });
    expect(report.end.reason).toBe("caller-hangup");
  });

  it("does not connect who hangs up on the whisper, or is hung up on", async () => {
    for (const script of [[{ pauseMs: 200 }, { hangUp: true }], wait] as const) {
      const { report, after } = await call(
        {
          "/voice": '<Dial action="/after"><Number url="/whisper">+911111111111</Number></Dial>',
          "/whisper": '<Gather numDigits="1" timeout="2"><Say>press one</Say></Gather><Hangup/>',
        },
        wait,
        { "+911111111111": { script } },
      );
      expect(after).toMatchObject([{ DialCallStatus: "no-answer", DialBridged: "false" }]);
      expect(report.dialLegs[0]?.bridged).toBe(false);
      expect(heardText(report)).toBe("");
    }
  });

  it("rings several at once, and takes the first who answers", async () => {
    const { report } = await call(
      { "/voice": "<Dial><Number>+911111111111</Number><Number>+912222222222</Number></Dial>" },
      wait,
      {
        "+911111111111": { ringsMs: 4_000, script: [{ say: "one" }] },
        "+912222222222": { ringsMs: 3_000, script: [{ say: "two" }] },
      },
    );
    expect(heardText(report)).toBe("two");
    expect(report.dialLegs.map(({ number, status }) => [number, status])).toEqual([
      ["+911111111111", "canceled"],
      ["+912222222222", "completed"],
    ]);
  });

  it("sequentially tries one after another", async () => {
    const { report } = await call(
      { "/voice": '<Dial sequential="true"><Number>+911111111111</Number><Number>+912222222222</Number></Dial>' },
      wait,
      { "+911111111111": { outcome: "busy" }, "+912222222222": { script: [{ say: "two" }] } },
    );
    expect(heardText(report)).toBe("two");
    expect(report.dialLegs.map(({ status, ringingMs }) => [status, ringingMs])).toEqual([
      ["busy", 0],
      ["completed", 2_000],
    ]);
  });

  it("sequentially tries nobody else once the two have talked", async () => {
    const { report } = await call(
      { "/voice": '<Dial sequential="true"><Number>+911111111111</Number><Number>+912222222222</Number></Dial>' },
      wait,
      { "+911111111111": { script: [{ say: "one" }] } },
    );
    expect(report.dialLegs.map(({ number }) => number)).toEqual(["+911111111111"]);
  });

  it("ends with the caller, ringing or talking, and at its time limit", async () => {
    const ringing = await call({ "/voice": "<Dial>+911111111111</Dial>" }, [{ pauseMs: 500 }]);
    expect(ringing.report.dialLegs[0]).toMatchObject({ status: "canceled", bridged: false, endMs: 500 });
    const talking = await call({ "/voice": "<Dial>+911111111111</Dial>" }, [{ pauseMs: 5_000 }]);
    expect(talking.report.dialLegs[0]).toMatchObject({ status: "completed", bridged: true, endMs: 5_000 });
    const limited = await call({ "/voice": '<Dial timeLimit="3">+911111111111</Dial><Say>over</Say>' }, wait);
    expect(limited.report.dialLegs[0]?.endMs).toBe(5_000);
    expect(heardText(limited.report)).toBe("over");
  });

  it("is left by the star key if it may", async () => {
    const { report } = await call({ "/voice": '<Dial hangupOnStar="true">+911111111111</Dial><Say>back again</Say>' }, [
      { pauseMs: 3_000 },
      { press: "*" },
      { waitForEnd: true },
    ]);
    expect(report.dialLegs[0]?.endMs).toBe(3_000);
    expect(heardText(report)).toBe("back again");
  });

  it("tells a number's status, and of the recording", async () => {
    const { visits, after } = await call(
      {
        "/voice":
          '<Dial action="/after" record="record-from-answer-dual"><Number statusCallback="/status" statusCallbackEvent="initiated ringing answered completed">+911111111111</Number></Dial>',
        "/status": "",
      },
      wait,
      { "+911111111111": { script: [{ pauseMs: 4_000 }] } },
    );
    const told = visits.filter(({ path }) => path === "/status").map(({ form }) => form);
    expect(told.map((form) => [form.CallStatus, form.SequenceNumber, form.CallDuration])).toEqual([
      ["initiated", "0", undefined],
      ["ringing", "1", undefined],
      ["in-progress", "2", undefined],
      ["completed", "3", "4"],
    ]);
    expect(after[0]?.RecordingUrl).toMatch(/\/Recordings\/RE[0-9a-f]{32}$/);
  });
});

describe("a <Record>", () => {
  it("ends by silence or a key, and asks the action", async () => {
    const routes = { "/voice": '<Record action="/after" timeout="2" finishOnKey="#"/><Say>nothing</Say>' };
    const silent = await call(routes, [{ say: "one two" }, { waitForEnd: true }]);
    expect(silent.after).toMatchObject([{ RecordingDuration: "2" }]);
    const key = await call(routes, [{ say: "one two" }, { press: "#" }, { waitForEnd: true }]);
    expect(key.after).toMatchObject([{ Digits: "#" }]);
    const nothing = await call(routes, wait);
    expect(nothing.after).toEqual([]);
    expect(heardText(nothing.report)).toBe("nothing");
  });
});
