import { readFile, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { decodeMulaw, encodeMulaw, readWav } from "../../../src/audio/index.js";
import { createTwilioSimulator, type DialOptions, heardText } from "../../../src/testing/index.js";
import { codedSpeech } from "../../../src/testing/scripted/coded-speech.js";
import { decodeWords, textOf } from "../../../src/testing/scripted/heard-words.js";
import { createWordReader } from "../../../src/testing/scripted/word-code.js";
import { signatureOf, signedWebhookUrl } from "../../../src/testing/twilio-simulator/signature.js";

const TOKEN = "12345678901234567890123456789012";

/** An app written straight on `http` and `ws`: what it is asked, and what it does. */
const app = {
  twiml: "",
  status: 200,
  contentType: "text/xml",
  refuse: undefined as number | undefined,
  onStart: (_socket: WebSocket, _streamSid: string) => {},
  webhooks: [] as { readonly request: IncomingMessage; readonly form: Record<string, string> }[],
  upgrades: [] as IncomingMessage[],
  messages: [] as Record<string, unknown>[],
  ends: [] as number[],
};

let server: Server;

beforeEach(async () => {
  Object.assign(app, { status: 200, contentType: "text/xml", refuse: undefined, onStart: () => {} });
  Object.assign(app, { webhooks: [], upgrades: [], messages: [], ends: [] });
  server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    app.webhooks.push({ request, form: Object.fromEntries(new URLSearchParams(body)) });
    const twiml = request.url === "/again" ? "<Response><Hangup/></Response>" : app.twiml;
    response.writeHead(app.status, { "content-type": app.contentType }).end(twiml);
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, head) => {
    app.upgrades.push(request);
    if (app.refuse !== undefined) return void socket.end(`HTTP/1.1 ${app.refuse} No\r\nContent-Length: 0\r\n\r\n`);
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on("message", (data) => {
        const message = JSON.parse(data.toString());
        app.messages.push(message);
        if (message.event === "start") app.onStart(webSocket, message.streamSid);
      });
      webSocket.on("close", (code) => app.ends.push(code));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterEach(() => new Promise((resolve) => server.close(resolve)));

const connect = (rest = "", before = "") =>
  `<Response>${before}<Connect><Stream url="wss://voice.example.com/media?x=1"><Parameter name="token" value="t&amp;1"/></Stream></Connect>${rest}</Response>`;

function dial(options: DialOptions = {}, url = "https://voice.example.com:8443/twilio/voice?lang=hi") {
  const { port } = server.address() as AddressInfo;
  const twilio = createTwilioSimulator({ webhookUrl: url, authToken: TOKEN, connectTo: `http://127.0.0.1:${port}` });
  return twilio.dial(options);
}

describe("the signature", () => {
  it.each([
    ["wss://voice.example.com/media", {}, "OXGAWoXBARgYOQdO2iHke4KK+yQ="],
    [
      "https://voice.example.com/voice",
      { To: "+18005550100", CallSid: "CA1", From: "+911234567890" },
      "ixEtZUWVcndYOx+dxBSLpQUCWFM=",
    ],
  ])("of %s is Twilio's", (url, fields, signature) => {
    expect(signatureOf(TOKEN, url, fields)).toBe(signature);
  });

  it.each([
    ["https://user:pass@a.example:8443/v?x=1", "https://a.example/v?x=1"],
    ["http://a.example:8080/v", "http://a.example:8080/v"],
  ])("of the webhook %s is made over %s", (url, signed) => {
    expect(signedWebhookUrl(new URL(url))).toBe(signed);
  });
});

describe("a Twilio that dials in", () => {
  it("asks the webhook, signs, follows the TwiML and talks over a real socket", async () => {
    app.twiml = connect("<Redirect>/more</Redirect><Hangup/>", "<Say>Hello</Say>");
    app.onStart = (socket, streamSid) => {
      const [word] = codedSpeech("namaste", 0, 200);
      const payload = Buffer.from(encodeMulaw(word?.samples ?? new Int16Array())).toString("base64");
      socket.send(JSON.stringify({ event: "media", streamSid, media: { payload } }));
      socket.send(JSON.stringify({ event: "mark", streamSid, mark: { name: "played" } }));
    };
    const recordTo = join(tmpdir(), `bolchaal-recording-${process.pid}.wav`);
    const report = await dial({
      script: [{ waitFor: "agent-silence" }, { say: "haan ji" }, { press: "5" }],
      from: "+919999999999",
      fields: { CallerName: "" },
      agentSilenceMs: 100,
      recordTo,
    });

    expect(app.webhooks).toHaveLength(1);
    const { request, form } = app.webhooks[0] as (typeof app.webhooks)[number];
    expect([request.method, request.url, request.headers.host]).toEqual([
      "POST",
      "/twilio/voice?lang=hi",
      "voice.example.com:8443",
    ]);
    expect(request.headers["x-twilio-signature"]).toBe(
      signatureOf(TOKEN, "https://voice.example.com/twilio/voice?lang=hi", form),
    );
    expect(form).toMatchObject({
      CallSid: report.callSid,
      From: "+919999999999",
      CallStatus: "ringing",
      Direction: "inbound",
      CallerName: "",
    });

    const upgrade = app.upgrades[0] as IncomingMessage;
    expect([upgrade.url, upgrade.headers.host]).toEqual(["/media", "voice.example.com"]);
    expect(upgrade.headers["x-twilio-signature"]).toBe("OXGAWoXBARgYOQdO2iHke4KK+yQ=");
    expect([upgrade.headers.origin, upgrade.headers["sec-websocket-extensions"]]).toEqual([undefined, undefined]);

    expect(app.messages.slice(0, 2).map(({ event }) => event)).toEqual(["connected", "start"]);
    expect(app.messages[1]).toMatchObject({ start: { customParameters: { token: "t&1" } } });
    expect(app.messages.at(-1)?.event).toBe("stop");
    expect(app.ends).toEqual([1000]);

    expect(report.before).toEqual([{ verb: "Say", text: "Hello" }]);
    expect([report.end.reason, report.next, report.debuggerEvents]).toEqual(["caller-hangup", [], []]);
    expect(heardText(report)).toBe("Hello namaste");
    expect(report.spoken.map(({ text, whole }) => [text, whole])).toEqual([["Hello", true]]);
    expect(report.echoes.map(({ name, cleared }) => [name, cleared])).toEqual([["played", false]]);

    const frames = app.messages.filter(({ event }) => event === "media");
    const reader = createWordReader();
    const sound = frames.map(({ media }) => decodeMulaw(Buffer.from((media as { payload: string }).payload, "base64")));
    expect(new Set(sound.flatMap((samples) => reader.read(samples)).map(({ text }) => text))).toEqual(
      new Set(["haan", "ji"]),
    );

    const { channels, data } = readWav(await readFile(recordTo));
    await rm(recordTo);
    const samples = new Int16Array(data.slice().buffer);
    const [left, right] = [0, 1].map((side) => samples.filter((_, place) => place % 2 === side));
    expect(channels).toBe(2);
    expect([left, right].map((side) => textOf(decodeWords(side as Int16Array)))).toEqual(["haan ji", "Hello namaste"]);
  });

  it("paces frames by the real clock", async () => {
    app.twiml = connect();
    const startMs = performance.now();
    const report = await dial({ script: [{ pauseMs: 200 }] });
    // Each of the timers may fire a little early.
    expect(performance.now() - startMs).toBeGreaterThan(190);
    expect(report.durationMs).toBeGreaterThan(190);
    expect(app.messages.filter(({ event }) => event === "media")).toHaveLength(10);
  });

  it.each([
    ["closes", (socket: WebSocket) => socket.close(1000), "agent-hangup", 31921],
    ["breaks off", (socket: WebSocket) => socket.terminate(), "connection-lost", 31903],
  ])("goes on with the next verb when the app %s", async (_, act, reason, code) => {
    app.twiml = connect("<Say>Sorry</Say><Pause/><Redirect>/again</Redirect><Say>never</Say>");
    app.onStart = (socket) => act(socket);
    const report = await dial();
    expect([report.end.reason, report.debuggerEvents.map((event) => event.code)]).toEqual([reason, [code]]);
    expect(report.next).toEqual([
      { verb: "Say", text: "Sorry" },
      { verb: "Pause", lengthSeconds: 1 },
      { verb: "Redirect", url: "/again" },
    ]);
    expect(heardText(report)).toBe("Sorry");
    expect(app.webhooks.map(({ request, form: { CallStatus } }) => [request.url, CallStatus])).toEqual([
      ["/twilio/voice?lang=hi", "ringing"],
      ["/again", "in-progress"],
    ]);
    expect(report.over.reason).toBe("hangup");
  });

  it("breaks the connection without a stop", async () => {
    app.twiml = connect("<Say>never</Say>");
    const report = await dial({ faults: { killAtMs: 50 } });
    expect([report.end.reason, report.next]).toEqual(["killed", []]);
    await expect.poll(() => app.ends).toEqual([1006]);
    expect(app.messages.some(({ event }) => event === "stop")).toBe(false);
  });

  it("reports a refused upgrade, and goes on with the next verb", async () => {
    Object.assign(app, { twiml: connect("<Say>Sorry</Say>"), refuse: 403 });
    const report = await dial();
    expect(report.end).toEqual({ reason: "stream-refused", atMs: 0, httpStatus: 403 });
    expect(report.debuggerEvents.map(({ code, message }) => [code, message])).toEqual([
      [31920, "Stream - WebSocket - Handshake error: the app answered 403"],
    ]);
    expect(report.next).toEqual([{ verb: "Say", text: "Sorry" }]);
  });

  it.each([
    ["an error", { status: 403 }, 403, 11200],
    ["a wrong content type", { contentType: "text/html" }, 200, 12300],
  ])("reports a webhook that answers with %s", async (_, answer, httpStatus, code) => {
    Object.assign(app, { twiml: connect(), ...answer });
    const report = await dial();
    expect(report.end).toEqual({ reason: "webhook-failed", atMs: 0, httpStatus });
    expect([report.debuggerEvents.map((event) => event.code), app.upgrades]).toEqual([[code], []]);
  });

  it("reports a webhook that is not there", async () => {
    const twilio = createTwilioSimulator({ webhookUrl: "http://127.0.0.1:9/voice", authToken: TOKEN });
    const report = await twilio.dial();
    expect([report.end.reason, report.debuggerEvents.map(({ code }) => code)]).toEqual(["webhook-failed", [11200]]);
  });

  it("reports TwiML without a stream", async () => {
    app.twiml = "<Response><Reject reason='busy'/><Say>never</Say></Response>";
    const report = await dial();
    expect(report.end).toEqual({ reason: "no-stream", atMs: 0 });
    expect(report.over).toEqual({ reason: "reject", atMs: 0 });
    expect(report.before).toEqual([{ verb: "Reject", reason: "busy" }]);
  });

  it("throws on TwiML that Twilio would not take", async () => {
    app.twiml = "<Response><Talk/></Response>";
    await expect(dial()).rejects.toThrow("<Talk> is no verb the simulator knows");
  });

  it("runs a ConversationRelay session over a real socket, query and all", async () => {
    app.twiml =
      '<Response><Connect><ConversationRelay url="wss://voice.example.com/relay?x=1" welcomeGreeting="namaste"/></Connect></Response>';
    const report = await dial({
      script: [{ waitFor: "agent-silence" }, { say: "bye" }, { hangUp: true }],
      agentSilenceMs: 100,
    });
    const [upgrade] = app.upgrades;
    expect(upgrade?.url).toBe("/relay?x=1");
    expect(upgrade?.headers["x-twilio-signature"]).toBe(signatureOf(TOKEN, "wss://voice.example.com/relay?x=1"));
    expect(app.messages.map(({ type }) => type)).toEqual(["setup"]);
    expect([heardText(report), report.end.reason]).toEqual(["namaste", "caller-hangup"]);
    await expect.poll(() => app.ends).toEqual([1000]);
  });

  it("gathers over real HTTP", async () => {
    app.twiml = '<Response><Gather numDigits="1" action="/again"><Say>press</Say></Gather></Response>';
    const report = await dial({ script: [{ waitFor: "agent-speech" }, { press: "4" }, { waitForEnd: true }] });
    expect(app.webhooks.map(({ request, form }) => [request.url, form.Digits])).toEqual([
      ["/twilio/voice?lang=hi", undefined],
      ["/again", "4"],
    ]);
    expect([report.end.reason, report.over.reason]).toEqual(["agent-hangup", "hangup"]);
  });

  it("can ask twice, and sign wrongly or not at all", async () => {
    Object.assign(app, { twiml: connect(), refuse: 403 });
    await dial({ webhookTwice: true, signatures: { webhook: null, upgrade: "wrong" } });
    expect(app.webhooks.map(({ request }) => request.headers["x-twilio-signature"])).toEqual([undefined, undefined]);
    expect(app.webhooks[0]?.form).toEqual(app.webhooks[1]?.form);
    expect(app.upgrades[0]?.headers["x-twilio-signature"]).toBe("wrong");
    await dial({ signatures: { upgrade: null } });
    expect(app.upgrades[1]?.headers["x-twilio-signature"]).toBeUndefined();
  });
});
