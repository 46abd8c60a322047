import { describe, expect, it } from "vitest";
import { Channel } from "../../../src/async.js";
import type { Line, LineOptions, OpenLine } from "../../../src/cli/call/line.js";
import type { CallRequest } from "../../../src/cli/call/request.js";
import { INTERRUPTED, orderOf, runCall } from "../../../src/cli/call/run-call.js";
import type { OutboundCallOptions, OutboundEnd, OutboundEvent } from "../../../src/dialer/index.js";
import { BolchaalError } from "../../../src/errors.js";
import type { VoiceSession } from "../../../src/session/index.js";
import { terminal } from "../terminal.js";

const environment = {
  TWILIO_ACCOUNT_SID: "AC1",
  TWILIO_AUTH_TOKEN: "token",
  PUBLIC_URL: "https://voice.example.com",
};
const REQUEST: CallRequest = {
  to: "+919812345678",
  from: "+918041234567",
  agentFile: undefined,
  instructions: undefined,
  say: undefined,
  language: undefined,
  variables: {},
  machine: { do: "hang-up" },
  kind: "transactional",
  port: undefined,
  confirmed: true,
};

/** A line on which calls go as the test says. */
function scriptedLine() {
  const events = new Channel<OutboundEvent>();
  const happened: string[] = [];
  const orders: OutboundCallOptions[] = [];
  let given: LineOptions | undefined;
  const call = {
    session: undefined as VoiceSession | undefined,
    [Symbol.asyncIterator]: () => events[Symbol.asyncIterator]() as AsyncIterator<OutboundEvent, undefined>,
    async cancel(): Promise<OutboundEnd> {
      happened.push("cancel");
      return { reason: "canceled", messageLeft: false };
    },
  };
  const line: Line = {
    call(order) {
      happened.push(`call ${order.to}`);
      orders.push(order);
      return call;
    },
    async close({ graceMs }) {
      happened.push(`close ${graceMs}`);
    },
  };
  const openLine: OpenLine = async (options) => {
    given = options;
    return line;
  };
  return { openLine, happened, events, orders, call, given: () => given as LineOptions };
}

const callSid = "CA1";
const ended = (end: Partial<OutboundEnd>): OutboundEvent => ({
  type: "ended",
  end: { reason: "completed", messageLeft: false, ...end },
});
const tell = (events: Channel<OutboundEvent>, ...steps: OutboundEvent[]) => {
  for (const step of steps) events.push(step);
  if (steps.at(-1)?.type === "ended") events.close();
};
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("bolchaal call", () => {
  it("places the call, shows how it goes, and lets go of everything", async () => {
    const { openLine, happened, events, given } = scriptedLine();
    const at = terminal({ environment });
    tell(
      events,
      { type: "waiting", ahead: 0 },
      { type: "creating" },
      { type: "queued", callSid },
      { type: "ringing", callSid },
      { type: "in-progress", callSid },
      { type: "answered", callSid, by: "human" },
      ended({}),
    );
    expect(await runCall(at, REQUEST, openLine)).toBe(0);
    expect(happened).toEqual(["call +919812345678", "close 3000"]);
    expect(given()).toMatchObject({
      account: { accountSid: "AC1", user: "AC1", secret: "token" },
      authToken: ["token"],
      publicUrl: "https://voice.example.com",
      port: 3000,
    });
    expect(at.text()).toContain("  Calling +919812345678 from +918041234567. Ctrl+C ends the call.\n");
    const steps = ["Asking Twilio …", "Queued at Twilio …", "Ringing …", "Picked up.", "A person answered."];
    steps.push("✓ The call is over.");
    expect(at.text().indexOf(steps.map((step) => `  ${step}\n`).join(""))).toBeGreaterThan(0);
    expect(at.interrupt()).toBe(0);
  });

  it.each<[Partial<OutboundEnd>, string]>([
    [{ reason: "busy" }, "! Busy."],
    [{ reason: "no-answer" }, "! Nobody answered."],
    [
      { reason: "failed", sipResponseCode: 404 },
      "! The carrier could not put it through. Look at the number. (SIP 404)",
    ],
    [{ reason: "machine", messageLeft: true }, "! A machine answered. The message was left."],
    [
      {
        reason: "refused",
        error: new BolchaalError("It is night there. Call at 10:00.", {
          code: "invalid-request",
          component: "session",
        }),
      },
      "! Not called. It is night there. Call at 10:00.",
    ],
  ])("exits with 1 when it ends with %j", async (end, told) => {
    const { openLine, events } = scriptedLine();
    const at = terminal({ environment });
    tell(events, ended(end));
    expect(await runCall(at, REQUEST, openLine)).toBe(1);
    expect(at.text()).toContain(`  ${told}\n`);
  });

  it("gives the agent the first words and the language of the order, and the account's key where there is one", async () => {
    const { openLine, events, given, orders } = scriptedLine();
    const at = terminal({ environment: { ...environment, TWILIO_API_KEY: "SK1", TWILIO_API_SECRET: "s" } });
    tell(events, ended({}));
    await runCall(at, { ...REQUEST, say: "Namaste!", language: "hi" }, openLine);
    const agent = await orders[0]?.agent?.({ callId: "CA1", direction: "outbound", parameters: {} });
    expect(agent).toMatchObject({ greeting: "Namaste!", language: "hi" });
    expect(given().account).toEqual({ accountSid: "AC1", user: "SK1", secret: "s" });
  });

  it("tells the dialer what was typed", () => {
    const agent = () => ({ brain: () => "" });
    const machine = { do: "leave-message", message: "Call back." } as const;
    expect(orderOf({ ...REQUEST, machine, variables: { name: "Ravi" }, kind: "promotional" }, { agent })).toEqual({
      to: "+919812345678",
      from: "+918041234567",
      variables: { name: "Ravi" },
      machine,
      kind: "promotional",
      agent,
    });
  });

  it("says all that is missing, and dials nobody", async () => {
    const { openLine, happened } = scriptedLine();
    const at = terminal({});
    expect(await runCall(at, REQUEST, openLine)).toBe(1);
    for (const name of ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "PUBLIC_URL"])
      expect(at.text()).toContain(`✗ ${name}: `);
    expect(happened).toEqual([]);
  });

  it.each([
    ["y", 1],
    ["Haan", 1],
    ["n", 0],
    ["", 0],
  ])("asks first: %j", async (answer, calls) => {
    const { openLine, happened, events } = scriptedLine();
    const at = terminal({ environment, typed: [answer] });
    tell(events, ended({}));
    expect(await runCall(at, { ...REQUEST, confirmed: false }, openLine)).toBe(1 - calls);
    expect(at.questions).toEqual(["  Call +919812345678 from +918041234567? [y/N] "]);
    expect(happened.filter((what) => what.startsWith("call"))).toHaveLength(calls);
  });

  it("does not call unasked where nobody is there to ask", async () => {
    const { openLine, happened } = scriptedLine();
    await expect(runCall(terminal({ environment }), { ...REQUEST, confirmed: false }, openLine)).rejects.toThrow(
      "--yes",
    );
    expect(happened).toEqual([]);
  });

  it("says what to do when the port is taken", async () => {
    const taken: OpenLine = async () => {
      throw Object.assign(new Error("listen EADDRINUSE"), { code: "EADDRINUSE" });
    };
    await expect(runCall(terminal({ environment }), REQUEST, taken)).rejects.toThrow("Port 3000 is taken");
  });

  it("closes the line when the call cannot be placed", async () => {
    const { openLine, happened, events } = scriptedLine();
    events.close({ value: new Error("It is night there.") });
    await expect(runCall(terminal({ environment }), REQUEST, openLine)).rejects.toThrow("It is night there.");
    expect(happened).toEqual(["call +919812345678", "close 0"]);
  });
});

describe("Ctrl-C", () => {
  it("takes back a call that rings", async () => {
    const { openLine, happened, events } = scriptedLine();
    const at = terminal({ environment });
    const done = runCall(at, REQUEST, openLine);
    tell(events, { type: "ringing", callSid });
    await turn();
    at.interrupt();
    tell(events, ended({ reason: "canceled" }));
    expect(await done).toBe(INTERRUPTED);
    expect(happened).toEqual(["call +919812345678", "cancel", "close 3000"]);
  });

  it("lets a call that is talked on end politely, then hangs up, then waits no more", async () => {
    const { openLine, happened, given, call } = scriptedLine();
    const at = terminal({ environment });
    const done = runCall(at, REQUEST, openLine);
    await turn();
    const session = {
      on: () => () => {},
      closed: Promise.resolve({ callId: "CA1", reason: "agent-end", durationMs: 2_000 }),
      end: () => happened.push("goodbye"),
    };
    call.session = session as unknown as VoiceSession;
    given().onSession(call.session);
    at.interrupt();
    expect(happened.slice(1)).toEqual(["goodbye"]);
    at.interrupt();
    expect(happened.slice(1)).toEqual(["goodbye", "cancel"]);
    at.interrupt();
    expect(await done).toBe(INTERRUPTED);
    expect(happened.slice(1)).toEqual(["goodbye", "cancel", "close 0"]);
    expect(at.text()).not.toContain("Summary");
  });
});
