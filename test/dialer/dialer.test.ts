import { describe, expect, it, vi } from "vitest";
import type { OutboundEnd } from "../../src/dialer/index.js";
import { dialing, FROM, TO, toldOf } from "./fake-account.js";

describe("a call", () => {
  it("is asked for as Twilio wants it", async () => {
    const { dialer, made, clock } = dialing();
    dialer.call({ to: "+91 98123 45678", timeLimitMs: 60_500, ringTimeoutMs: 20_000 });
    await clock.advance(0);
    const [key] = (made[0]?.creation.url ?? "").split("/").slice(-1);
    expect(made[0]?.creation).toEqual({
      to: TO,
      from: FROM,
      url: `https://voice.example.com/twilio/voice/${key}`,
      method: "POST",
      statusCallback: `https://voice.example.com/twilio/status/${key}`,
      statusCallbackEvent: ["initiated", "ringing", "answered", "completed"],
      statusCallbackMethod: "POST",
      timeout: 20,
      timeLimit: 61,
      machineDetection: "Enable",
      asyncAmd: "true",
      asyncAmdStatusCallback: `https://voice.example.com/twilio/amd/${key}`,
      asyncAmdStatusCallbackMethod: "POST",
    });
    expect(key).toMatch(/^[\w-]{36}$/);
  });

  it("asks for the beep only where a message is left, and for no detection where none is wanted", async () => {
    const { dialer, made, clock } = dialing({ callsPerSecond: 10 });
    dialer.call({ to: TO, machine: { do: "leave-message", message: "Namaste" } });
    dialer.call({ to: TO, machineDetection: "words" });
    await clock.advance(1000);
    expect(made.map(({ creation }) => creation.machineDetection)).toEqual(["DetectMessageEnd", undefined]);
    expect(made[1]?.creation.asyncAmd).toBeUndefined();
  });

  it("tells of itself from its waiting to its end", async () => {
    const { dialer, clock, talk, webhook, tell } = dialing();
    const call = dialer.call({ to: TO, machineDetection: "none" });
    const told = toldOf(call);
    expect([call.status, call.to, call.from]).toEqual(["waiting", TO, FROM]);
    await clock.advance(0);
    expect([call.status, await call.callSid]).toEqual(["queued", "CA1"]);
    expect(dialer.find("CA1")).toBe(call);
    tell("CA1", "initiated", 0);
    await talk("CA1", 10_000);
    const end: OutboundEnd = {
      reason: "completed",
      callSid: "CA1",
      answeredBy: "unknown",
      durationMs: 10_000,
      messageLeft: false,
    };
    expect(await call.ended).toEqual(end);
    expect(told).toEqual(["creating", "queued", "ringing", "in-progress", "answered by unknown", "ended completed"]);
    expect([dialer.calls.size, clock.pendingTimers]).toEqual([0, 0]);
    // What comes late changes nothing.
    tell("CA1", "busy", 9);
    expect(webhook("url", "CA1", {})).toEqual({ type: "hang-up" });
    expect(call.status).toBe("ended");
  });

  it("can be read as an iterator, by several, from the first event on, early or late", async () => {
    const { dialer, clock, talk } = dialing();
    const call = dialer.call({ to: TO, machineDetection: "none" });
    const read = async () => {
      const types: string[] = [];
      for await (const { type } of call) types.push(type);
      return types;
    };
    const early = read();
    const left = (async () => {
      for await (const { type } of call) if (type === "queued") break;
    })();
    await clock.advance(0);
    await left;
    await talk("CA1");
    expect(await early).toEqual(["creating", "queued", "ringing", "in-progress", "answered", "ended"]);
    expect(await read()).toEqual(await early);
  });

  it("goes on when a listener fails, and says so", async () => {
    const { dialer, clock, talk, logger } = dialing();
    const call = dialer.call({ to: TO, machineDetection: "none" });
    call.on("queued", () => {
      throw new Error("oops");
    });
    call.on("ended", async () => Promise.reject(new Error("again")));
    const undo = call.on("ringing", () => expect.unreachable());
    undo();
    await clock.advance(0);
    await talk("CA1");
    expect((await call.ended).reason).toBe("completed");
    await clock.advance(0);
    expect(logger.lines.filter(({ level }) => level === "error")).toHaveLength(2);
  });

  it("is told of by webhooks that come before the API has answered", async () => {
    const { dialer, clock, talk, next } = dialing();
    next({ answerMs: 5_000 });
    const call = dialer.call({ to: TO, machineDetection: "none" });
    await clock.advance(0);
    expect(call.status).toBe("creating");
    await talk("CA1", 1000);
    expect((await call.ended).callSid).toBe("CA1");
    await clock.advance(5_000);
    expect(dialer.find("CA1")).toBe(call);
  });

  it("writes no number to the log", async () => {
    const { dialer, clock, next, logger } = dialing();
    next({ error: { status: 400, code: 21211, message: `The number ${TO} is none` } });
    const { ended } = dialer.call({ to: TO });
    await clock.advance(0);
    expect((await ended).reason).toBe("not-created");
    expect(JSON.stringify(logger.lines)).not.toContain("98123");
  });
});

describe("the pace", () => {
  it("is one call a second, and each waits its turn", async () => {
    const { dialer, clock, creations } = dialing();
    const calls = Array.from({ length: 5 }, () => dialer.call({ to: TO }));
    const told = calls.map(toldOf);
    await clock.advance(0);
    expect(calls.map(({ status, ahead }) => [status, ahead])).toEqual([
      ["queued", 0],
      ["waiting", 0],
      ["waiting", 1],
      ["waiting", 2],
      ["waiting", 3],
    ]);
    expect(dialer.waiting).toBe(4);
    await clock.advance(2_000);
    expect(calls.map(({ status, ahead }) => [status, ahead]).slice(3)).toEqual([
      ["waiting", 0],
      ["waiting", 1],
    ]);
    await clock.advance(10_000);
    expect(creations.map(({ atMs }) => atMs)).toEqual([0, 1000, 2000, 3000, 4000]);
    expect(told.map(([first]) => first)).toEqual(["creating", "creating", "waiting", "waiting", "waiting"]);
  });
});

describe("the idempotency key", () => {
  it("gives the same call, while it goes on and behind its end", async () => {
    const { dialer, clock, talk, creations } = dialing();
    const call = dialer.call({ to: TO, idempotencyKey: "lead 7" });
    expect(dialer.call({ to: TO, idempotencyKey: "lead 7" })).toBe(call);
    await clock.advance(5000);
    await talk("CA1");
    expect(dialer.call({ to: "+91-9812345678", idempotencyKey: "lead 7" })).toBe(call);
    await clock.advance(60_000);
    expect(creations).toHaveLength(1);
  });

  it("is one call's own unless it is given", async () => {
    const { dialer, clock, creations } = dialing();
    expect(dialer.call({ to: TO }).idempotencyKey).not.toBe(dialer.call({ to: TO }).idempotencyKey);
    await clock.advance(2000);
    expect(creations).toHaveLength(2);
  });

  it("cannot be another number's", () => {
    const { dialer } = dialing();
    void dialer.call({ to: TO, idempotencyKey: "lead 7" });
    expect(() => dialer.call({ to: "+919811111111", idempotencyKey: "lead 7" })).toThrow(/between other numbers/);
  });
});

describe("options", () => {
  it.each<[string, object, RegExp]>([
    ["no number", { to: "98123" }, /"to" is none/],
    ["no number to call from", { to: TO, from: "hotline" }, /"from" is none/],
    ["a time limit that is none", { to: TO, timeLimitMs: 10 }, /timeLimitMs/],
    ["too long a ring", { to: TO, ringTimeoutMs: 601_000 }, /ringTimeoutMs/],
    ["a misspelt option", { to: TO, variable: {} }, /variable/],
    ["a variable that is no text", { to: TO, variables: { age: 7 } }, /age/],
    ["a message that is missing", { to: TO, machine: { do: "leave-message" } }, /message/],
  ])("of a call: %s", (_, options, says) => {
    const { dialer } = dialing();
    expect(() => dialer.call(options as never)).toThrow(says);
    expect(dialer.calls.size).toBe(0);
  });

  it.each<[string, object, RegExp]>([
    ["an address that is none", { publicUrl: "voice.example.com" }, /publicUrl/],
    ["no pace", { callsPerSecond: 0 }, /callsPerSecond/],
    [
      "a window that is none",
      { callingWindow: { opensAt: "9", closesAt: "17:00", timeZone: "UTC" } },
      /"9" is no time/,
    ],
    ["a number to call from that is none", { from: "hotline" }, /"from" is none/],
    ["a misspelt option", { callPerSecond: 3 }, /callPerSecond/],
  ])("of a dialer: %s", (_, options, says) => {
    expect(() => dialing(options)).toThrow(says);
  });

  it("need a number to call from, of the call or the dialer", () => {
    const { dialer } = dialing({ from: undefined as never });
    expect(() => dialer.call({ to: TO })).toThrow(/from/);
    expect(dialer.call({ to: TO, from: FROM }).from).toBe(FROM);
  });
});

describe("variables", () => {
  it("reach the agent, short or long", async () => {
    const agent = vi.fn(() => ({ brain: () => "Yes." }));
    const { dialer, clock, webhook } = dialing();
    const notes = "अ".repeat(2000);
    dialer.call({ to: TO, agent, variables: { name: "Asha", notes } });
    await clock.advance(0);
    expect(webhook("url", "CA1", {})).toEqual({ type: "connect", parameters: { name: "Asha" } });
    // What the stream brings back, and the server knows of the call.
    const info = { callId: "CA1", direction: "outbound", parameters: { name: "Asha" } } as const;
    const whole = dialer.desk.callInfo(info);
    expect(whole.parameters).toEqual({ name: "Asha", notes });
    const standard = vi.fn();
    expect(await dialer.desk.agentFor(whole, standard)).toMatchObject({ endOn: expect.any(Array) });
    expect(agent.mock.calls).toEqual([[whole]]);
    expect(standard).not.toHaveBeenCalled();
  });
});

describe("calls that are not the dialer's", () => {
  it("are left alone", async () => {
    const { dialer } = dialing();
    const form = { CallSid: "CA99", CallStatus: "completed", AnsweredBy: "human" };
    const { desk } = dialer;
    expect([desk.onVoice(form, []), desk.onStatus(form, []), desk.onAmd(form, ["no-key"])]).toEqual([
      undefined,
      false,
      false,
    ]);
    const info = { callId: "CA99", direction: "inbound", parameters: {} } as const;
    expect(desk.callInfo(info)).toBe(info);
    const agent = { brain: () => "Yes." };
    expect(await desk.agentFor(info, () => agent)).toBe(agent);
  });
});

describe("close", () => {
  it("cancels what waits, lets go on what goes on, then ends it", async () => {
    const { dialer, clock, changes, tell } = dialing();
    const [going, waiting] = [dialer.call({ to: TO }), dialer.call({ to: TO })];
    await clock.advance(0);
    tell("CA1", "ringing", 1);
    const closed = dialer.close({ graceMs: 5000 });
    expect((await waiting.ended).reason).toBe("canceled");
    expect(() => dialer.call({ to: TO })).toThrow(/closed/);
    await clock.advance(4999);
    expect(going.status).toBe("ringing");
    await clock.advance(1);
    expect(changes.map(({ sid, change }) => [sid, change.status])).toEqual([["CA1", "canceled"]]);
    tell("CA1", "canceled", 2);
    await closed;
    expect([(await going.ended).reason, clock.pendingTimers]).toEqual(["canceled", 0]);
  });
});
