import { describe, expect, it } from "vitest";
import {
  type CallerScript,
  createTwilioSimulator,
  createVirtualClock,
  heardText,
  type SimulatedSocket,
} from "../../../src/testing/index.js";
import { signatureOf } from "../../../src/testing/twilio-simulator/signature.js";
import { AUTH_TOKEN, BASE, inProcessApp, type Route } from "./in-process-app.js";

const URL = "wss://voice.example.com/relay";

/** The app's end of a session. */
interface App {
  readonly got: { readonly atMs: number; readonly message: Record<string, unknown> }[];
  readonly closes: number[];
  send(message: object): void;
  say(text: string, more?: object): void;
  socket: SimulatedSocket;
}

interface CallOptions {
  readonly attributes?: string;
  readonly inner?: string;
  readonly action?: string;
  readonly routes?: Readonly<Record<string, Route>>;
}

type On = (app: App, message: Record<string, unknown>, at: (ms: number, act: () => void) => void) => void;

async function call(script: CallerScript, on: On, options: CallOptions = {}) {
  const { attributes = "", inner = "", action = 'action="/after-relay"' } = options;
  const clock = createVirtualClock(1_000);
  const app = { got: [], closes: [] } as unknown as App;
  const {
    app: carrierSide,
    visits,
    upgrades,
  } = inProcessApp(
    {
      "/voice": `<Connect ${action}><ConversationRelay url="${URL}" ${attributes}>${inner}</ConversationRelay></Connect><Say>still here</Say>`,
      "/after-relay": "<Hangup/>",
      ...options.routes,
    },
    (socket) => {
      Object.assign(app, {
        socket,
        send: (message: object) => socket.send(JSON.stringify(message)),
        say: (token: string, more: object = {}) => app.send({ type: "text", token, last: true, ...more }),
      });
      socket.on("message", (data) => {
        const message = JSON.parse(data.toString()) as Record<string, unknown>;
        app.got.push({ atMs: clock.now() - 1_000, message });
        on(app, message, (ms, act) => clock.setTimer(act, ms));
      });
      socket.on("close", (code) => app.closes.push(code));
    },
  );
  const twilio = createTwilioSimulator({
    webhookUrl: `${BASE}/voice`,
    authToken: AUTH_TOKEN,
    app: carrierSide,
    clock,
  });
  const report = await clock.runUntilSettled(twilio.dial({ script, callSid: "CAx" }));
  expect(clock.pendingTimers).toBe(0);
  const after = visits.filter(({ path }) => path === "/after-relay").map(({ form }) => form);
  return { report, app, after, upgrades };
}

const of = (app: App, type: string) => app.got.filter(({ message }) => message.type === type);
const answering =
  (...answers: string[]): On =>
  (app, { type }) => {
    if (type === "prompt") app.say(answers.shift() ?? "yes");
  };

describe("a ConversationRelay session", () => {
  it("begins with a setup, and carries words both ways", async () => {
    const { report, app, after, upgrades } = await call(
      [{ waitFor: "agent-silence" }, { say: "ek kamra" }, { waitFor: "agent-silence" }, { hangUp: true }],
      answering("bilkul ji"),
      {
        attributes: 'welcomeGreeting="namaste" language="hi-IN" voice="Asha"',
        inner: '<Parameter name="token" value="t"/>',
      },
    );
    expect(upgrades[0]?.headers.get("x-twilio-signature")).toBe(signatureOf(AUTH_TOKEN, URL));
    expect(app.got).toEqual([
      {
        atMs: 0,
        message: {
          type: "setup",
          sessionId: expect.stringMatching(/^VX[0-9a-f]{32}$/),
          accountSid: report.accountSid,
          parentCallSid: null,
          callSid: "CAx",
          from: "+919812345678",
          to: "+918041234567",
          forwardedFrom: "",
          callType: "PSTN",
          callerName: "",
          direction: "inbound",
          callStatus: "RINGING",
          customParameters: { token: "t" },
        },
      },
      // Heard from 200 to 800 ms of silence, said until 1200, and 800 ms of silence end the turn.
      { atMs: 2_000, message: { type: "prompt", voicePrompt: "ek kamra", lang: "hi-IN", last: true } },
    ]);
    expect(heardText(report)).toBe("namaste bilkul ji");
    expect(report.spoken).toEqual([
      { text: "namaste", language: "hi-IN", voice: "Asha", atMs: 0, heardMs: 200, whole: true },
      { text: "bilkul ji", language: "hi-IN", voice: "Asha", atMs: 2_000, heardMs: 400, whole: true },
    ]);
    expect(report.end).toEqual({ reason: "caller-hangup", atMs: 3_000 });
    expect(app.closes).toEqual([1000]);
    expect(after).toMatchObject([{ SessionStatus: "completed", SessionDuration: "3", CallStatus: "completed" }]);
    expect(report.debuggerEvents).toEqual([]);
  });

  it("says sentences as they become whole, and the rest with the last token", async () => {
    const { report } = await call([{ waitFor: "agent-silence", timeoutMs: 9_000 }], (app, { type }, at) => {
      if (type !== "setup") return;
      app.send({ type: "text", token: "One mo" });
      app.send({ type: "text", token: "ment. We have" });
      at(800, () => app.send({ type: "text", token: " rooms", last: true }));
    });
    expect(report.spoken.map(({ text, atMs }) => [text, atMs])).toEqual([
      ["One moment.", 0],
      ["We have rooms", 800],
    ]);
  });

  it("stops speaking when the caller does, and tells what was heard", async () => {
    const { report, app } = await call(
      [{ interruptAfterMs: 800, say: "wait please" }, { waitFor: "agent-silence" }, { hangUp: true }],
      (app, { type }) => {
        if (type === "setup") app.say("a room costs five hundred rupees a night. Breakfast is included.");
        if (type === "prompt") app.say("of course");
      },
    );
    expect(of(app, "interrupt")).toEqual([
      {
        // The voice begins at 800 ms, and is noticed 200 ms later.
        atMs: 1_000,
        message: {
          type: "interrupt",
          utteranceUntilInterrupt: "a room costs five hundred",
          durationUntilInterruptMs: "1000",
        },
      },
    ]);
    expect(of(app, "prompt").map(({ message }) => message.voicePrompt)).toEqual(["wait please"]);
    expect(heardText(report)).toBe("a room costs five hundred of course");
    expect(report.spoken.map(({ heardMs, whole }) => [heardMs, whole])).toEqual([
      [1_000, false],
      [0, false],
      [400, true],
    ]);
  });

  it.each<[string, string, object, number, string[]]>([
    ["interruptible=none, unheard", 'interruptible="none"', {}, 0, []],
    ["the text's own interruptible=false", "", { interruptible: false }, 0, []],
    ["dtmf alone", 'interruptible="dtmf"', {}, 0, []],
    ["none, but reported", 'interruptible="none" reportInputDuringAgentSpeech="any"', {}, 0, ["wait please"]],
    ["speech", 'interruptible="speech"', {}, 1, ["wait please"]],
    ["the text's own interruptible=any", 'interruptible="none"', { interruptible: "any" }, 1, ["wait please"]],
  ])("is interrupted by speech as it allows: %s", async (_name, attributes, more, interrupts, prompts) => {
    const { app, report } = await call(
      [{ interruptAfterMs: 400, say: "wait please" }, { pauseMs: 3_000 }],
      (app, { type }) => {
        if (type === "setup") app.say("one two three four five six seven eight nine ten", more);
      },
      { attributes },
    );
    expect(of(app, "interrupt")).toHaveLength(interrupts);
    expect(of(app, "prompt").map(({ message }) => message.voicePrompt)).toEqual(prompts);
    expect(report.spoken[0]?.whole).toBe(interrupts === 0);
  });

  it("tells keys if it is asked to, and is interrupted by them", async () => {
    const on: On = (app, { type }) => type === "setup" && app.say("press one for rooms or two for food");
    const script: CallerScript = [{ waitFor: { heardMs: 400 } }, { press: "12" }];
    const told = await call(script, on, { attributes: 'dtmfDetection="true"' });
    expect(told.app.got.slice(1).map(({ atMs, message }) => [atMs, message.type, message.digit])).toEqual([
      [400, "interrupt", undefined],
      [400, "dtmf", "1"],
      [600, "dtmf", "2"],
    ]);
    const untold = await call(script, on);
    expect(of(untold.app, "dtmf")).toEqual([]);
  });

  it("tells partial prompts if it is asked to", async () => {
    const { app } = await call([{ say: "one two" }, { pauseMs: 2_000 }], () => {}, {
      attributes: 'partialPrompts="true" speechTimeout="600"',
    });
    expect(of(app, "prompt").map(({ atMs, message }) => [atMs, message.voicePrompt, message.last])).toEqual([
      [200, "one", false],
      [400, "one two", false],
      [1_000, "one two", true],
    ]);
  });

  it("changes its languages, with the voice of each", async () => {
    const { report, app } = await call(
      [{ say: "hello" }, { waitFor: "agent-silence" }, { say: "haan ji" }, { waitFor: "agent-silence" }],
      (app, { type }) => {
        if (type !== "prompt") return;
        app.say("thik hai");
        app.send({ type: "language", ttsLanguage: "hi-IN", transcriptionLanguage: "hi-IN" });
      },
      { inner: '<Language code="hi-IN" voice="Asha"/>', attributes: 'voice="Joe"' },
    );
    expect(of(app, "prompt").map(({ message }) => message.lang)).toEqual(["en-US", "hi-IN"]);
    expect(report.spoken.map(({ language, voice }) => [language, voice])).toEqual([
      ["en-US", "Joe"],
      ["hi-IN", "Asha"],
    ]);
  });

  it("lets what is preemptible be cut off by what comes next", async () => {
    const { report } = await call([{ pauseMs: 4_000 }], (app, { type }, at) => {
      if (type !== "setup") return;
      app.say("please wait while I look that up for you", { preemptible: true });
      at(600, () => app.say("here it is"));
    });
    expect(heardText(report)).toBe("please wait while here it is");
  });

  it("plays sounds", async () => {
    const { report } = await call(
      [{ pauseMs: 2_000 }],
      (app, { type }) => {
        if (type === "setup") app.send({ type: "play", source: `${BASE}/music`, loop: 2 });
      },
      {
        routes: {
          "/music": () => new Response(new Uint8Array(1_600), { headers: { "content-type": "audio/basic" } }),
        },
      },
    );
    expect(report.spoken.map(({ url, atMs, heardMs }) => [url, atMs, heardMs])).toEqual([
      [`${BASE}/music`, 0, 200],
      [`${BASE}/music`, 200, 200],
    ]);
  });

  it("tells who speaks and what was played, for debugging", async () => {
    const { app } = await call(
      [{ waitFor: "agent-silence" }, { say: "ok" }, { pauseMs: 1_000 }],
      (app, { type }) => {
        if (type === "setup") app.say("hello there");
      },
      { attributes: 'debug="speaker-events tokens-played"' },
    );
    expect(of(app, "info").map(({ atMs, message }) => [atMs, message.name, message.value])).toEqual([
      [0, "agentSpeaking", "on"],
      [400, "tokensPlayed", "hello there"],
      [400, "agentSpeaking", "off"],
      [1_200, "clientSpeaking", "on"],
      [2_000, "clientSpeaking", "off"],
    ]);
  });

  it("is ended by the app, which is asked what comes next", async () => {
    const { report, after, app } = await call([{ waitForEnd: true }], (app, { type }, at) => {
      if (type !== "setup") return;
      app.say("bye bye");
      at(2_000, () => app.send({ type: "end", handoffData: '{"to":"human"}' }));
    });
    expect(after).toMatchObject([
      { SessionStatus: "ended", HandoffData: '{"to":"human"}', SessionDuration: "2", CallStatus: "in-progress" },
    ]);
    expect(after[0]?.SessionId).toMatch(/^VX/);
    expect([report.end, report.over]).toEqual([
      { reason: "agent-hangup", atMs: 2_000 },
      { reason: "hangup", atMs: 2_000 },
    ]);
    expect(app.closes).toEqual([1000]);
  });

  it.each([
    ["closes", (app: App) => app.socket.close(1011), "agent-hangup", 1011],
    ["breaks", (app: App) => app.socket.terminate(), "connection-lost", 1006],
  ])("does not reconnect when the app's socket %s", async (_name, act, reason, closeCode) => {
    const { report, after, upgrades } = await call(
      [{ waitForEnd: true }],
      (app, { type }, at) => type === "setup" && at(500, () => act(app)),
    );
    expect(after).toMatchObject([{ SessionStatus: "failed", ErrorCode: "64105" }]);
    expect(report.end).toEqual({ reason, atMs: 500, closeCode });
    expect(upgrades).toHaveLength(1);
  });

  it("goes on with the next verb if there is no action", async () => {
    const { report } = await call(
      [{ waitForEnd: true }],
      (app, { type }) => type === "setup" && app.send({ type: "end" }),
      { action: "" },
    );
    expect(heardText(report)).toBe("still here");
    expect(report.next).toEqual([{ verb: "Say", text: "still here" }]);
  });

  it("drops a message that is wrong in any way, and counts it", async () => {
    const wrong: (string | Uint8Array)[] = [
      "hello",
      "[]",
      '{"type":"speak","text":"x"}',
      '{"type":"text"}',
      '{"type":"text","token":"x","final":true}',
      '{"type":"text","token":"x","last":"true"}',
      '{"type":"sendDigits","digits":"12x"}',
      '{"type":"language"}',
      new Uint8Array(3),
    ];
    const { report, app } = await call([{ waitFor: "agent-silence" }], (app, { type }) => {
      if (type !== "setup") return;
      for (const message of wrong) app.socket.send(message);
      app.say("fine");
      app.socket.send("again");
    });
    expect(report.violations.map(({ code }) => code)).toEqual(Array(10).fill(64107));
    expect(of(app, "error")).toHaveLength(10);
    expect(report.debuggerEvents.map(({ code, level }) => [code, level])).toEqual([[64107, "warning"]]);
    expect(heardText(report)).toBe("fine");
  });

  it("is over after ten wrong messages in a row", async () => {
    const { report, app, after } = await call([{ waitForEnd: true }], (app, { type }) => {
      if (type === "setup") for (let count = 0; count < 11; count += 1) app.socket.send("{}");
    });
    expect(app.closes).toEqual([1007]);
    expect(report.violations).toHaveLength(10);
    expect(report.debuggerEvents.map(({ code }) => code)).toEqual([64107, 64105]);
    expect(after).toMatchObject([{ SessionStatus: "failed", ErrorCode: "64105" }]);
  });

  it.each([
    ['transcriptionProvider="Google" speechModel="nova-3-general"', "Google has no speechModel nova-3-general"],
    ['speechModel="telephony"', "Deepgram has no speechModel telephony"],
    ['transcriptionProvider="Google" transcriptionLanguage="multi"', "Google cannot transcribe multi"],
    ['ttsProvider="Amazon" language="multi"', "Amazon cannot speak multi"],
  ])("fails if what is asked for does not go together: %s", async (attributes, description) => {
    const { report, app, after } = await call([{ waitForEnd: true }], () => {}, { attributes });
    expect(of(app, "error").map(({ message }) => message.description)).toEqual([description]);
    expect(after).toMatchObject([{ SessionStatus: "failed", ErrorMessage: description }]);
    expect(report.over.reason).toBe("hangup");
  });

  it("fails if the upgrade is refused", async () => {
    const clock = createVirtualClock();
    const { app, visits } = inProcessApp({
      "/voice": `<Connect action="/after-relay"><ConversationRelay url="${URL}"/></Connect>`,
      "/after-relay": "<Say>sorry</Say>",
    });
    const twilio = createTwilioSimulator({ webhookUrl: `${BASE}/voice`, authToken: AUTH_TOKEN, app, clock });
    const report = await clock.runUntilSettled(twilio.dial({ script: [{ waitForEnd: true }] }));
    expect(report.end).toEqual({ reason: "stream-refused", atMs: 0, httpStatus: 403 });
    expect(visits[1]?.form).toMatchObject({ SessionStatus: "failed" });
    expect(heardText(report)).toBe("sorry");
  });
});
