import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createLegRunner,
  createVirtualClock,
  heardText,
  type LegOptions,
  type LegRunnerOptions,
  type LiveLeg,
  type SimulatedSocket,
  type VirtualClock,
  type WebhookChaos,
} from "../../../src/testing/index.js";
import { callIdentity } from "../../../src/testing/twilio-simulator/identity.js";
import { signatureOf } from "../../../src/testing/twilio-simulator/signature.js";
import { AUTH_TOKEN, BASE, inProcessApp, type Route } from "./in-process-app.js";

interface RunOptions extends Partial<LegOptions> {
  readonly runner?: Partial<LegRunnerOptions>;
  readonly onSocket?: (socket: SimulatedSocket) => void;
  readonly during?: (leg: LiveLeg, clock: VirtualClock) => void;
}

async function run(routes: Readonly<Record<string, Route>>, options: RunOptions = {}) {
  const clock = createVirtualClock();
  const { app, visits } = inProcessApp(routes, options.onSocket);
  const runLeg = createLegRunner({ authToken: AUTH_TOKEN, app, clock, ...options.runner });
  const leg = runLeg({
    identity: callIdentity("CAleg"),
    direction: "outbound-api",
    from: "+1",
    to: "+2",
    instructions: { url: `${BASE}/voice` },
    script: [{ waitForEnd: true }],
    fields: {},
    timeLimitMs: 60_000,
    ...options,
  });
  options.during?.(leg, clock);
  const report = await clock.runUntilSettled(leg.ended);
  expect(clock.pendingTimers).toBe(0);
  return { report, visits };
}

/** An app that takes a stream and says nothing on it. */
function listening(got: string[]) {
  return (socket: SimulatedSocket) => {
    socket.on("message", (data) => got.push(JSON.parse(data.toString()).event));
    socket.on("close", (code) => got.push(`close ${code}`));
  };
}

const STREAM = '<Connect><Stream url="wss://voice.example.com/media"/></Connect>';

describe("a leg", () => {
  it("asks with the fields it was given, as an answered call", async () => {
    const { report, visits } = await run({ "/voice": "<Say>hello</Say>" }, { fields: { AnsweredBy: "human" } });
    const { form, headers } = visits[0] as (typeof visits)[number];
    expect(form).toMatchObject({
      CallSid: "CAleg",
      From: "+1",
      To: "+2",
      Direction: "outbound-api",
      CallStatus: "in-progress",
      AnsweredBy: "human",
    });
    expect(headers.get("x-twilio-signature")).toBe(signatureOf(AUTH_TOKEN, `${BASE}/voice`, form));
    expect(headers.get("i-twilio-idempotency-token")).toBe(report.webhooks[0]?.token);
    expect(report.over).toEqual({ reason: "end-of-document", atMs: 200 });
  });

  it("takes TwiML as it is", async () => {
    const { report, visits } = await run({}, { instructions: { twiml: "<Response><Say>hello</Say></Response>" } });
    expect([heardText(report), visits]).toEqual(["hello", []]);
    const relative = run({}, { instructions: { twiml: "<Response><Redirect>/next</Redirect></Response>" } });
    await expect(relative).rejects.toThrow('has the address "/next", which is not whole');
  });

  it("asks the fallback address if the first fails", async () => {
    const { report, visits } = await run(
      { "/fallback": "<Say>sorry</Say>" },
      { instructions: { url: `${BASE}/voice`, fallbackUrl: `${BASE}/fallback` } },
    );
    expect(visits.map(({ path, form }) => [path, form.ErrorCode, form.ErrorUrl])).toEqual([
      ["/voice", undefined, undefined],
      ["/fallback", "11200", `${BASE}/voice`],
    ]);
    expect(heardText(report)).toBe("sorry");
  });

  it("waits 15 seconds for an answer", async () => {
    const { report } = await run({ "/voice": () => new Promise<Response>(() => {}) });
    expect(report.end).toEqual({ reason: "webhook-failed", atMs: 0 });
    expect(report.debuggerEvents[0]?.message).toContain("no answer within 15000 ms");
  });

  it("does not follow redirects in a circle", async () => {
    await expect(run({ "/voice": "<Redirect>/voice</Redirect>" })).rejects.toThrow("redirects in a circle");
  });

  it("goes on with other instructions: a stream gets stop, and is closed", async () => {
    const got: string[] = [];
    const { report, visits } = await run(
      { "/voice": `${STREAM}<Say>never</Say>`, "/human": "<Say>one moment</Say><Hangup/>" },
      {
        onSocket: listening(got),
        during: (leg, clock) => clock.setTimer(() => leg.redirect({ url: `${BASE}/human` }), 110),
      },
    );
    expect(got).toEqual(["connected", "start", ...Array(5).fill("media"), "stop", "close 1000"]);
    expect(visits.map(({ path }) => path)).toEqual(["/voice", "/human"]);
    expect(heardText(report)).toBe("one moment");
    expect(report.end).toEqual({ reason: "agent-hangup", atMs: 110 });
    expect(report.over).toEqual({ reason: "hangup", atMs: 510 });
  });

  it.each([
    ["a Say", "<Say>one two three four five</Say>", 1],
    ["a Pause", '<Pause length="5"/>', 0],
    ["a Gather", '<Gather timeout="9"/>', 0],
    ["a Dial", "<Dial>+911111111111</Dial>", 0],
    ["a stream", STREAM, 0],
  ])("leaves %s for other instructions, and at once when it is hung up", async (_name, twiml) => {
    const redirected = await run(
      { "/voice": `${twiml}<Say>never</Say>` },
      {
        onSocket: listening([]),
        during: (leg, clock) =>
          clock.setTimer(() => leg.redirect({ twiml: "<Response><Say>done</Say></Response>" }), 500),
      },
    );
    expect(redirected.report.over).toEqual({ reason: "end-of-document", atMs: 700 });
    expect(heardText(redirected.report)).toMatch(/^(?:one two )?(?:three )?done$/);
    const hungUp = await run(
      { "/voice": twiml },
      { onSocket: listening([]), during: (leg, clock) => clock.setTimer(() => leg.hangUp(), 500) },
    );
    expect(hungUp.report.over).toEqual({ reason: "rest", atMs: 500 });
    expect(hungUp.report.end.reason).toMatch(/agent-hangup/);
  });

  it("may be given other instructions before it has begun: the first ones are not asked for", async () => {
    const { report, visits } = await run(
      { "/voice": "<Say>never</Say>" },
      { during: (leg) => leg.redirect({ twiml: "<Response><Say>done</Say></Response>" }) },
    );
    expect([heardText(report), visits]).toEqual(["done", []]);
  });

  it("tells the very instant it is over, and why, whatever is still on its way", async () => {
    const told: unknown[] = [];
    const { report } = await run(
      { "/voice": '<Gather partialResultCallback="/partial" action="/turn"/>', "/turn": () => new Promise(() => {}) },
      {
        script: [{ pauseMs: 200 }, { say: "hello" }, { waitForEnd: true }],
        during: (leg, clock) => clock.setTimer(() => leg.hangUp("time-limit"), 5_000),
        onOver: (how) => told.push(how),
      },
    );
    expect(report.over).toEqual({ reason: "time-limit", atMs: 5_000 });
    expect(told).toEqual([report.over]);
  });

  it("may be hung up before it has begun", async () => {
    const { report, visits } = await run({ "/voice": "<Say>never</Say>" }, { during: (leg) => leg.hangUp() });
    expect([report.over, visits]).toEqual([{ reason: "rest", atMs: 0 }, []]);
  });

  it("tells a stream's status", async () => {
    const { visits } = await run(
      {
        "/voice": `<Connect><Stream url="wss://voice.example.com/media" name="main" statusCallback="${BASE}/status"/></Connect>`,
        "/status": "",
      },
      { onSocket: (socket) => socket.close(1000) },
    );
    expect(visits.slice(1).map(({ form }) => [form.StreamEvent, form.StreamName])).toEqual([
      ["stream-started", "main"],
      ["stream-stopped", "main"],
    ]);
  });

  it.each([
    ["other fields", { of: "other-fields" }],
    ["another host", { of: "other-host" }],
    ["another path", { of: "other-path" }],
    ["another account", { of: "other-account" }],
  ] as const)("signs for %s if it is to", async (_name, webhook) => {
    const { visits } = await run({ "/voice": "<Hangup/>" }, { runner: { signatures: { webhook } } });
    const { form, headers } = visits[0] as (typeof visits)[number];
    const signature = headers.get("x-twilio-signature");
    expect(signature).toMatch(/^[\w+/]{27}=$/);
    expect(signature).not.toBe(signatureOf(AUTH_TOKEN, `${BASE}/voice`, form));
  });

  it("signs single paths wrongly", async () => {
    const { visits } = await run(
      { "/voice": "<Redirect>/next</Redirect>", "/next": "<Hangup/>" },
      { runner: { signatures: { webhook: (path) => (path === "/next" ? null : undefined) } } },
    );
    expect(visits.map(({ headers }) => headers.get("x-twilio-signature") === null)).toEqual([false, true]);
  });
});

describe("webhooks in chaos", () => {
  const TURNS = 4;
  const GATHER = '<Gather numDigits="1" action="/turn"><Say>key</Say></Gather>';
  /** A conversation of some turns by keys. */
  const routes = {
    "/voice": GATHER,
    "/turn": ({ Digits }: Readonly<Record<string, string>>) => (Digits === "9" ? "<Hangup/>" : GATHER),
  };
  const script = [...Array.from({ length: TURNS - 1 }, () => "1"), "9"].flatMap((press) => [
    { waitFor: "agent-silence" } as const,
    { press },
  ]);

  const chaotic = (webhooks: WebhookChaos) =>
    run(routes, { runner: { webhooks }, script: [...script, { waitForEnd: true }] });

  it("sends every webhook twice with the same token, and goes by the first answer", async () => {
    const { report, visits } = await chaotic({ twice: 1 });
    expect(visits).toHaveLength(2 * (TURNS + 1));
    const tokens = visits.map(({ headers }) => headers.get("i-twilio-idempotency-token"));
    expect(new Set(tokens).size).toBe(TURNS + 1);
    expect(report.webhooks.map(({ copy }) => copy)).toEqual(
      Array(TURNS + 1)
        .fill([1, 2])
        .flat(),
    );
    expect(report.over.reason).toBe("hangup");
  });

  it("lets second copies come behind later webhooks", async () => {
    const { report } = await chaotic({ twice: 1, secondDelayMs: 20_000, seed: 3 });
    const order = report.webhooks.map(({ token }) => token);
    expect(order.findIndex((token, place) => order.indexOf(token) !== place)).toBeGreaterThan(1);
    expect(report.over.reason).toBe("hangup");
  });

  it("goes by the second answer when the first is lost", async () => {
    const clock = createVirtualClock();
    const { app } = inProcessApp({ "/voice": (_form, visit) => `<Say>answer ${visit}</Say>` });
    const runLeg = createLegRunner({ authToken: AUTH_TOKEN, app, clock, webhooks: { twice: 1, answer: "second" } });
    const identity = callIdentity();
    const parts = { identity, direction: "inbound", from: "+1", to: "+2", fields: {}, timeLimitMs: 60_000 } as const;
    const leg = runLeg({ ...parts, script: [{ waitForEnd: true }], instructions: { url: `${BASE}/voice` } });
    expect(heardText(await clock.runUntilSettled(leg.ended))).toBe("answer 2");
  });

  it("comes to the same end for every seed, and answers every copy", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          seed: fc.integer({ min: 0, max: 9_999 }),
          twice: fc.constantFrom(0, 0.5, 1),
          delayMs: fc.constantFrom(0, 300, 2_000),
          secondDelayMs: fc.constantFrom(0, 400, 10_000),
          answer: fc.constantFrom("first", "second", "either"),
        }),
        async (chaos) => {
          const { report } = await chaotic(chaos);
          expect(report.over.reason).toBe("hangup");
          expect(report.webhooks.every(({ status }) => status === 200)).toBe(true);
          const firsts = report.webhooks.filter(({ copy }) => copy === 1).map(({ fields }) => fields.Digits);
          expect(firsts).toEqual([undefined, ...Array(TURNS - 1).fill("1"), "9"]);
        },
      ),
      { numRuns: 30 },
    );
  });
});
