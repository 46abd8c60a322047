import { describe, expect, it } from "vitest";
import { findAmong, type SoughtCall } from "../../src/dialer/find-call.js";
import { fittedAgent } from "../../src/dialer/fitted-agent.js";
import type { MachinePolicy } from "../../src/dialer/index.js";
import { createPacer } from "../../src/dialer/pacer.js";
import { phoneNumber } from "../../src/dialer/phone-number.js";
import { splitVariables } from "../../src/dialer/variables.js";
import { readStatus } from "../../src/dialer/webhook-forms.js";
import type { AgentOptions } from "../../src/index.js";
import { createVirtualClock } from "../../src/testing/index.js";

describe("phoneNumber", () => {
  it.each([
    ["+919812345678", "+919812345678"],
    [" +91 98123-45678", "+919812345678"],
    ["+1 (500) 555.0006", "+15005550006"],
  ])("reads %s", (text, number) => {
    expect(phoneNumber(text, "to")).toBe(number);
  });

  it.each([
    ["9711122233", /begins with \+/],
    ["00919711122233", /begins with \+/],
    ["+0919711122233", /Look at its digits/],
    ["+919711122233444555", /Look at its digits/],
    ["+91 97x11122233", /Look at its digits/],
    ["", /begins with \+/],
  ])("refuses %j, and keeps it out of the message", (text, says) => {
    const refusing = () => phoneNumber(text, "to");
    expect(refusing).toThrow(says);
    expect(refusing).not.toThrow(/11122233/);
  });
});

describe("createPacer", () => {
  const never = () => new AbortController().signal;

  it("lets one go at once, and the others one a second, in order", async () => {
    const clock = createVirtualClock();
    const pacer = createPacer(clock, 1);
    const went: [number, number][] = [];
    const turns = [0, 1, 2, 3].map((who) => {
      const turn = pacer.join(never());
      void turn.come.then(() => went.push([who, clock.now()]));
      return turn;
    });
    expect(turns.map(({ ahead }) => ahead)).toEqual([0, 0, 1, 2]);
    await clock.advance(10_000);
    expect(went).toEqual([
      [0, 0],
      [1, 1000],
      [2, 2000],
      [3, 3000],
    ]);
    expect(turns.map(({ ahead }) => ahead)).toEqual([0, 0, 0, 0]);
    expect([pacer.waiting, clock.pendingTimers]).toEqual([0, 0]);
  });

  it("keeps the pace for those who come later", async () => {
    const clock = createVirtualClock();
    const pacer = createPacer(clock, 4);
    const went: number[] = [];
    const join = () => void pacer.join(never()).come.then(() => went.push(clock.now()));
    join();
    await clock.advance(100);
    join();
    await clock.advance(1000);
    join();
    await clock.advance(1000);
    expect(went).toEqual([0, 250, 1100]);
  });

  it("frees the place of one who leaves", async () => {
    const clock = createVirtualClock();
    const pacer = createPacer(clock, 1);
    const leaving = new AbortController();
    const [, second, third] = [pacer.join(never()), pacer.join(leaving.signal), pacer.join(never())];
    expect(third.ahead).toBe(1);
    leaving.abort(new Error("enough"));
    await expect(second.come).rejects.toThrow("enough");
    expect([third.ahead, pacer.waiting]).toEqual([0, 1]);
    await clock.advance(1000);
    await third.come;
    expect(clock.pendingTimers).toBe(0);
  });

  it("leaves no timer behind when the last one leaves", async () => {
    const clock = createVirtualClock();
    const pacer = createPacer(clock, 1);
    const leaving = new AbortController();
    pacer.join(never());
    const { come } = pacer.join(leaving.signal);
    leaving.abort(new Error("enough"));
    await expect(come).rejects.toThrow("enough");
    expect(clock.pendingTimers).toBe(0);
  });
});

describe("findAmong", () => {
  const askedAtMs = Date.parse("2026-11-23T10:00:00Z");
  const sought: SoughtCall = {
    to: "+919812345678",
    from: "+15005550006",
    askedAtMs,
    isOnlyOne: true,
    isOther: (sid) => sid === "CA-other",
  };
  const call = (sid: string, agoMs: number, more: object = {}) => ({
    sid,
    status: "queued",
    to: sought.to,
    from: sought.from,
    direction: "outbound-api",
    dateCreated: new Date(askedAtMs - agoMs),
    ...more,
  });

  it.each([
    ["nothing", [], "absent"],
    ["the call", [call("CA1", -300)], { callSid: "CA1" }],
    ["the call, by a clock that is behind", [call("CA1", 4_000)], { callSid: "CA1" }],
    ["the call, among others", [call("CA1", 0), call("CA-other", 0), call("CA2", 3_600_000)], { callSid: "CA1" }],
    [
      "calls of other numbers, or that came in",
      [call("CA1", 0, { to: "+1" }), call("CA2", 0, { direction: "inbound" })],
      "absent",
    ],
    ["an old call", [call("CA1", 61_000)], "absent"],
    ["one that would be the call if the clocks are apart", [call("CA1", 30_000)], "unclear"],
    ["two", [call("CA1", 0), call("CA2", 0)], "unclear"],
    ["one of which it is not known when it was made", [call("CA1", 0, { dateCreated: undefined })], { callSid: "CA1" }],
  ])("%s", (_, listed, found) => {
    expect(findAmong(listed, sought)).toEqual(found);
  });

  it("does not choose between two calls that are sought", () => {
    expect(findAmong([call("CA1", 0)], { ...sought, isOnlyOne: false })).toBe("unclear");
    expect(findAmong([], { ...sought, isOnlyOne: false })).toBe("absent");
  });
});

describe("splitVariables", () => {
  it("keeps what is too long for a parameter", () => {
    const [fits, tooLong] = ["x".repeat(495), "x".repeat(496)];
    expect(splitVariables({ name: fits, text: tooLong, लंबा: "अ".repeat(600) })).toEqual({
      sent: { name: fits },
      kept: { text: tooLong, लंबा: "अ".repeat(600) },
    });
  });

  it("leaves the library its names", () => {
    expect(() => splitVariables({ token: "x", from: "y" })).toThrow(/from, token/);
    expect(() => splitVariables({ "": "x" })).toThrow(/no name/);
  });
});

describe("readStatus", () => {
  it("reads what Twilio sends", () => {
    const form = {
      CallSid: "CA1",
      CallStatus: "completed",
      SequenceNumber: "3",
      CallDuration: "12",
      SipResponseCode: "200",
    };
    expect(readStatus(form)).toEqual({
      callSid: "CA1",
      status: "completed",
      sequence: 3,
      durationMs: 12_000,
      sipResponseCode: 200,
    });
  });

  it("passes over what is no number, and what is not there", () => {
    expect(readStatus({ CallSid: "CA1", CallStatus: "busy", SequenceNumber: "-1", CallDuration: "long" })).toEqual({
      callSid: "CA1",
      status: "busy",
    });
    expect(readStatus({ CallSid: "CA1" })).toBeUndefined();
    expect(readStatus({ CallStatus: "busy" })).toBeUndefined();
  });
});

describe("fittedAgent", () => {
  const agent = { greeting: "Namaste" } as unknown as AgentOptions;
  const terms = { machine: { do: "hang-up" }, timeLimitMs: 60_000 } as const;
  const leaveMessage = { do: "leave-message", message: { en: "Call us.", hi: "हमें फ़ोन कीजिए।" } } as const;

  it("ends with voicemails and announcements only as the policy wants", () => {
    const automatic = (machine: MachinePolicy) =>
      fittedAgent(agent, { ...terms, machine }).endOn?.filter((ending) => /voicemail|announcement/.test(ending));
    expect(automatic({ do: "hang-up" })).toEqual(["voicemail", "announcement"]);
    expect(automatic(leaveMessage)).toEqual(["announcement"]);
    expect(automatic({ do: "carry-on" })).toEqual([]);
    expect(fittedAgent({ ...agent, endOn: ["farewell"] }, terms).endOn).toEqual(["farewell"]);
  });

  it("gives a message the time it takes", () => {
    const drainMs = (own?: number) =>
      fittedAgent({ ...agent, ...(own && { limits: { drainMs: own } }) }, { ...terms, machine: leaveMessage }).limits
        ?.drainMs;
    expect([drainMs(), drainMs(1000)]).toEqual([16_600, 2_600]);
    expect(fittedAgent(agent, terms).limits).toEqual({ callMs: 50_000 });
  });

  it("says goodbye before the carrier cuts the line", () => {
    const callMs = (timeLimitMs: number, own?: number) =>
      fittedAgent({ ...agent, limits: { failures: 3, ...(own && { callMs: own }) } }, { ...terms, timeLimitMs }).limits;
    expect(callMs(60_000)).toEqual({ failures: 3, callMs: 50_000 });
    expect(callMs(10_000)).toEqual({ failures: 3, callMs: 5_000 });
    expect(callMs(60_000, 20_000)).toEqual({ failures: 3, callMs: 20_000 });
  });
});
