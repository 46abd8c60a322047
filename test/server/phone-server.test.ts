import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import {
  createPhoneServer,
  DEFAULT_BUSY,
  DEFAULT_FALLBACK,
  MAX_BODY_BYTES,
  type PhoneServerOptions,
} from "bolchaal/server";
import { twilioSignature, twiml } from "bolchaal/twilio";
import express from "express";
import { afterEach, describe, expect, it } from "vitest";
import { VoiceSession as Session, type VoiceSession } from "../../src/session/index.js";
import type { CallInfo } from "../../src/spec/index.js";
import { memoryLogger } from "../../src/testing/scripted/memory-logger.js";
import { wire } from "../plugins/twilio/fake-socket.js";
import { authToken, dial, openStream, parametersOf, post, publicUrl, quietAgent, signal, voiceForm } from "./phone.js";

const undoes: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const undo of undoes.splice(0)) await undo();
});

async function listening(options: Partial<PhoneServerOptions> = {}) {
  const logger = memoryLogger();
  const sessions: { readonly session: VoiceSession; readonly call: CallInfo }[] = [];
  const begun = signal<VoiceSession>();
  const server = createPhoneServer({
    agent: () => quietAgent(),
    publicUrl,
    authToken,
    logger,
    onSession: (session, call) => {
      sessions.push({ session, call });
      begun.resolve(session);
    },
    ...options,
  });
  const port = await server.listen({ host: "127.0.0.1" });
  undoes.push(() => server.close({ graceMs: 0 }));
  return { server, port, logger, sessions, begun: begun.promise };
}

const afterStream = (port: number, callSid = "CA1") =>
  post(port, "/twilio/after-stream", { form: { ...voiceForm, CallSid: callSid } }).then((response) => response.text());

describe("the voice webhook", () => {
  it("connects the call to a stream, and asks what comes next", async () => {
    const { server, port } = await listening({ parameters: (form) => ({ city: `${form.FromCity}?` }) });
    expect(server.webhookUrl).toBe("https://voice.example.com/twilio/voice");
    const response = await post(port, "/twilio/voice");
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/xml; charset=utf-8"]);
    const text = await response.text();
    const { token = "" } = parametersOf(text);
    expect(text).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><Response><Connect><Stream url="wss://voice.example.com/twilio/media">' +
        '<Parameter name="city" value="?"/><Parameter name="from" value="+919812345678"/><Parameter name="to" value="+918041234567"/>' +
        `<Parameter name="direction" value="inbound"/><Parameter name="token" value="${token}"/></Stream></Connect>` +
        '<Redirect method="POST">https://voice.example.com/twilio/after-stream</Redirect></Response>',
    );
    expect(token).not.toBe("");
  });

  it.each([
    ["no signature", { signature: "" }],
    ["a wrong one", { signature: "ixEtZUWVcndYOx+dxBSLpQUCWFM=" }],
    ["another account's", { signature: twilioSignature("another", `${publicUrl}/twilio/voice`, voiceForm) }],
    [
      "the right one of other fields",
      { signature: twilioSignature(authToken, `${publicUrl}/twilio/voice`, { ...voiceForm, From: "+911" }) },
    ],
    [
      "one over the request's own Host",
      {
        signature: twilioSignature(authToken, "https://evil.example/twilio/voice", voiceForm),
        headers: { "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https" },
      },
    ],
  ])("refuses %s, and opens nothing", async (_name, options) => {
    const { port, server, sessions, logger } = await listening({
      parameters: () => {
        throw new Error("must not be asked");
      },
    });
    const response = await post(port, "/twilio/voice", options);
    expect([response.status, await response.text()]).toEqual([403, "Forbidden\n"]);
    expect([server.sessions.size, sessions]).toEqual([0, []]);
    expect(logger.lines).toMatchObject([
      { level: "warn", message: "a webhook without Twilio's signature was refused" },
    ]);
  });

  it.each([
    ["another method", 405, { method: "GET" }],
    ["another type", 415, { headers: { "Content-Type": "application/json" } }],
    ["a form without a call", 400, { form: { From: "+911" } }],
    ["a body too long", 413, { body: "a".repeat(MAX_BODY_BYTES + 1) }],
  ])("refuses %s: %i", async (_name, status, options) => {
    const { port } = await listening();
    expect((await post(port, "/twilio/voice", options)).status).toBe(status);
  });

  it("refuses a body that turns out too long while it comes", async () => {
    const { port } = await listening();
    const status = await new Promise<number>((resolve) => {
      const request = httpRequest(
        {
          port,
          host: "127.0.0.1",
          path: "/twilio/voice",
          method: "POST",
          headers: { "Content-Type": "application/x-www-form-urlencoded" },
        },
        (response) => {
          resolve(response.statusCode ?? 0);
          response.resume();
        },
      );
      request.on("error", () => {});
      for (let chunk = 0; chunk < 10; chunk += 1) request.write("a".repeat(10_000));
    });
    expect(status).toBe(413);
  });

  it("takes fields that come twice, the query, and Hindi", async () => {
    const { port } = await listening();
    const form = { ...voiceForm, CallerName: "आशा & Co + 1", Tag: ["b", "a", "b"] };
    expect((await post(port, "/twilio/voice?campaign=7", { form })).status).toBe(200);
  });

  it("takes the old and the new token while one is being rotated", async () => {
    const { port } = await listening({ authToken: ["new", authToken] });
    expect((await post(port, "/twilio/voice")).status).toBe(200);
  });

  it("says that all lines are busy", async () => {
    const { port, begun, server } = await listening({ maxCalls: 1 });
    const call = await dial(port);
    await begun;
    const second = await post(port, "/twilio/voice", { form: { ...voiceForm, CallSid: "CA2" } });
    expect([second.status, await second.text()]).toEqual([200, twiml(DEFAULT_BUSY)]);
    expect(await openStream(port)).toBe(503);
    call.send(wire.stop(2));
    await call.closed;
    expect(server.sessions.size).toBe(0);
    expect(await post(port, "/twilio/voice").then((response) => response.text())).toContain("<Connect>");
  });

  it.each([
    ["fails", () => Promise.reject(new Error("no database"))],
    ["gives too much", () => ({ long: "x".repeat(500) })],
    ["takes our names", () => ({ token: "mine" })],
  ])("says a polite sentence if parameters %s", async (_name, parameters) => {
    const { port, logger } = await listening({ parameters });
    const response = await post(port, "/twilio/voice");
    expect([response.status, await response.text()]).toEqual([200, twiml(DEFAULT_FALLBACK)]);
    expect(logger.lines).toMatchObject([
      { level: "error", message: "a webhook failed: the caller hears the fallback" },
    ]);
  });
});

describe("the stream", () => {
  it.each([
    ["no signature", null],
    ["an empty one", ""],
    ["a wrong one", "OXGAWoXBARgYOQdO2iHke4KK+yA="],
    ["the webhook's", twilioSignature(authToken, `${publicUrl}/twilio/voice`, voiceForm)],
  ])("is refused with %s, and nothing is opened", async (_name, signature) => {
    const { port, server, sessions } = await listening();
    expect(await openStream(port, signature)).toBe(403);
    expect([server.sessions.size, sessions]).toEqual([0, []]);
  });

  it("at another address is none of ours", async () => {
    const { port } = await listening();
    expect(await openStream(port, undefined, "/twilio/other")).toBe(404);
  });

  it("becomes a call: the agent is asked with what the webhook knew", async () => {
    const asked: CallInfo[] = [];
    const { port, server, sessions } = await listening({
      agent: (call) => {
        asked.push(call);
        return quietAgent({ greeting: "Hello." });
      },
      parameters: () => ({ lead: "7" }),
    });
    const { socket, send, closed } = await dial(port);
    const [media] = await new Promise<unknown[]>((resolve) =>
      socket.once("message", (...data) => resolve([JSON.parse(String(data[0]))])),
    );
    expect(media).toMatchObject({ event: "media", streamSid: "MZ1" });
    const call = {
      callId: "CA1",
      direction: "inbound",
      from: "+919812345678",
      to: "+918041234567",
      parameters: { lead: "7" },
    };
    expect(asked).toEqual([call]);
    expect([...server.sessions]).toEqual(sessions.map(({ session }) => session));
    expect(sessions[0]?.session).toBeInstanceOf(Session);
    expect(sessions[0]?.call).toEqual(call);
    const health = await fetch(`http://127.0.0.1:${port}/twilio/health`);
    expect([health.status, await health.json()]).toEqual([200, { status: "ok", calls: 1, maxCalls: 100 }]);
    send(wire.stop(2));
    await closed;
    expect(await sessions[0]?.session.closed).toMatchObject({ callId: "CA1", reason: "caller-hangup" });
    expect(server.sessions.size).toBe(0);
  });

  it.each([
    ["a made-up token", "made-up"],
    ["an empty token", ""],
  ])("with %s is closed, and no agent is asked", async (_name, token) => {
    const { port, sessions, logger } = await listening();
    const { closed } = await dial(port, "CA1", token);
    expect(await closed).toBe(1000);
    expect(sessions).toEqual([]);
    expect(logger.lines).toMatchObject([{ level: "error", message: "a line did not become a call" }]);
    expect(await afterStream(port)).toBe(twiml(DEFAULT_FALLBACK));
  });

  it("with another call's token, or one used before, is closed", async () => {
    const { port, begun } = await listening();
    const { token = "" } = parametersOf(await (await post(port, "/twilio/voice")).text());
    expect(await (await dial(port, "CA2", token)).closed).toBe(1000);
    const call = await dial(port, "CA1", token);
    await begun;
    expect(await (await dial(port, "CA1", token)).closed).toBe(1000);
    expect(call.socket.readyState).toBe(1);
  });

  it("may be only one for a call, even with a good token", async () => {
    const { port, begun, sessions } = await listening();
    const first = await dial(port);
    await begun;
    expect(await (await dial(port)).closed).toBe(1000);
    expect([first.socket.readyState, sessions.length]).toEqual([1, 1]);
  });
});

describe("what comes after the stream", () => {
  it("is hanging up, when the agent ended the call", async () => {
    const { port, begun } = await listening();
    const { closed } = await dial(port);
    (await begun).end();
    expect(await closed).toBe(1000);
    expect(await afterStream(port)).toBe(twiml([{ verb: "hangup" }]));
    expect(await afterStream(port)).toBe(twiml([{ verb: "hangup" }]));
  });

  it("is a polite sentence, when the connection broke", async () => {
    const { port, begun } = await listening();
    const { socket } = await dial(port);
    const session = await begun;
    socket.terminate();
    await session.closed;
    expect(await afterStream(port)).toBe(twiml(DEFAULT_FALLBACK));
  });

  it("is a polite sentence, when the server does not know the call: it was started anew", async () => {
    const { port } = await listening({ fallback: [{ verb: "dial", number: "+911" }] });
    expect(await afterStream(port)).toBe(twiml([{ verb: "dial", number: "+911" }]));
  });

  it.each<[string, PhoneServerOptions["agent"]]>([
    ["fails", () => Promise.reject(new Error("no key"))],
    [
      "throws",
      () => {
        throw new Error("no key");
      },
    ],
    ["is incomplete", () => ({ ...quietAgent(), brain: undefined }) as never],
  ])("is a polite sentence, when the agent %s", async (_name, agent) => {
    const { port, server, logger } = await listening({ agent });
    expect(await (await dial(port)).closed).toBe(1000);
    expect(await afterStream(port)).toBe(twiml(DEFAULT_FALLBACK));
    expect(server.sessions.size).toBe(0);
    expect(logger.lines.map(({ level, message }) => [level, message])).toContainEqual([
      "error",
      "a line did not become a call",
    ]);
  });

  it("needs a signature, too", async () => {
    const { port } = await listening();
    expect((await post(port, "/twilio/after-stream", { signature: "no" })).status).toBe(403);
  });
});

describe("a listener", () => {
  it("of sessions that fails does not harm the call", async () => {
    const begun = signal<VoiceSession>();
    const { port, logger } = await listening({
      onSession: (session) => {
        begun.resolve(session);
        throw new Error("no dashboard");
      },
    });
    const { send } = await dial(port);
    const session = await begun.promise;
    send(wire.stop(2));
    expect(await session.closed).toMatchObject({ reason: "caller-hangup" });
    expect(logger.lines.map(({ message }) => message)).toContain("onSession failed; the call goes on");
  });
});

describe("closing", () => {
  it("lets calls finish, and takes no new ones", async () => {
    const { port, server, begun } = await listening();
    const call = await dial(port);
    const session = await begun;
    let done = false;
    const closed = server.close({ graceMs: 20_000 }).then(() => {
      done = true;
    });
    expect(await (await post(port, "/twilio/voice", { form: { ...voiceForm, CallSid: "CA2" } })).text()).toBe(
      twiml(DEFAULT_BUSY),
    );
    expect(await openStream(port)).toBe(503);
    const health = await fetch(`http://127.0.0.1:${port}/twilio/health`);
    expect([health.status, await health.json()]).toEqual([503, { status: "closing", calls: 1, maxCalls: 100 }]);
    expect([done, call.socket.readyState]).toEqual([false, 1]);
    call.send(wire.stop(2));
    await closed;
    expect(await session.closed).toMatchObject({ reason: "caller-hangup" });
    await expect(fetch(`http://127.0.0.1:${port}/twilio/health`)).rejects.toThrow();
  });

  it("ends calls that do not finish", async () => {
    const { port, server, begun } = await listening();
    const call = await dial(port);
    const session = await begun;
    await server.close({ graceMs: 0 });
    expect(await session.closed).toMatchObject({ reason: "agent-end" });
    expect(await call.closed).toBe(1000);
  });
});

describe("mounted", () => {
  async function mounted(prepare: (app: express.Express) => void) {
    const server = createPhoneServer({ agent: () => quietAgent(), publicUrl, authToken });
    const app = express();
    prepare(app);
    app.use(server.middleware);
    app.use((_request, response) => void response.status(418).end());
    const http = createServer(app);
    const detach = server.attach(http);
    await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
    undoes.push(async () => {
      await server.close({ graceMs: 0 });
      await new Promise((resolve) => http.close(resolve));
    });
    return { port: (http.address() as AddressInfo).port, detach, http };
  }

  it.each<[string, (app: express.Express) => void]>([
    ["with nothing before it", () => {}],
    ["behind a form parser", (app) => app.use(express.urlencoded({ extended: false }))],
    ["behind an extended one", (app) => app.use(express.urlencoded({ extended: true }))],
    ["behind a text parser", (app) => app.use(express.text({ type: "*/*" }))],
    ["behind a raw parser", (app) => app.use(express.raw({ type: "*/*" }))],
    ["behind a JSON parser", (app) => app.use(express.json())],
    [
      "behind one that leaves an empty body, as Express 4 does",
      (app) =>
        app.use((request, _response, next) => {
          request.body = {};
          next();
        }),
    ],
  ])("in Express, %s", async (_name, prepare) => {
    const { port } = await mounted(prepare);
    const form = { ...voiceForm, Tag: ["b", "a"] };
    expect((await post(port, "/twilio/voice", { form })).status).toBe(200);
    expect((await post(port, "/twilio/voice", { form, signature: "no" })).status).toBe(403);
    expect((await post(port, "/elsewhere")).status).toBe(418);
    const socket = await openStream(port);
    expect(socket).not.toBeTypeOf("number");
    if (typeof socket === "object") socket.terminate();
  });

  it("under a path of Express's own", async () => {
    const server = createPhoneServer({ agent: () => quietAgent(), publicUrl, authToken, basePath: "/calls" });
    const app = express();
    app.use("/calls", server.middleware);
    const http = createServer(app);
    await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
    undoes.push(() => new Promise((resolve) => http.close(() => resolve())));
    expect((await post((http.address() as AddressInfo).port, "/calls/voice")).status).toBe(200);
  });

  it("leaves other upgrades to others", async () => {
    const { port, http, detach } = await mounted(() => {});
    expect(await openStream(port, undefined, "/other")).toBe(404);
    http.on("upgrade", (request, socket) => {
      if (request.url === "/other") socket.end("HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n");
    });
    expect(await openStream(port, undefined, "/other")).toBe(429);
    detach();
    expect(http.listenerCount("upgrade")).toBe(1);
  });
});

describe("options", () => {
  const good = { agent: () => quietAgent(), publicUrl, authToken };
  it.each<[string, Partial<PhoneServerOptions>, string]>([
    ["no agent", { agent: undefined as never }, "There is no agent."],
    ["no token", { authToken: "" }, "There is no auth token"],
    ["no tokens", { authToken: ["", ""] }, "There is no auth token"],
    ["plain http", { publicUrl: "http://voice.example.com" }, 'The public URL "http://voice.example.com" is wrong.'],
    ["a host only", { publicUrl: "voice.example.com" }, 'The public URL "voice.example.com" is wrong.'],
    ["a query", { publicUrl: `${publicUrl}/?a=1` }, "is wrong."],
    ["a base path without a slash", { basePath: "twilio" }, 'The base path "twilio" is wrong.'],
    ["a base path that ends in one", { basePath: "/twilio/" }, 'The base path "/twilio/" is wrong.'],
    ["no calls", { maxCalls: 0 }, "maxCalls is 0."],
    [
      "a fallback Twilio would refuse",
      { fallback: [{ verb: "connect-stream", url: "a" }] },
      "cannot be a stream's address",
    ],
  ])("%s is refused", (_name, wrong, message) => {
    expect(() => createPhoneServer({ ...good, ...wrong })).toThrow(message);
  });

  it.each([
    ["https://voice.example.com/", undefined, "https://voice.example.com/twilio/voice"],
    ["https://voice.example.com/phone", "", "https://voice.example.com/phone/voice"],
    ["http://127.0.0.1:3000", "/a/b", "http://127.0.0.1:3000/a/b/voice"],
    ["http://localhost:3000", "/t", "http://localhost:3000/t/voice"],
  ])("%s and base path %s make %s", (url, basePath, expected) => {
    const server = createPhoneServer({ ...good, publicUrl: url, ...(basePath === undefined ? {} : { basePath }) });
    expect(server.webhookUrl).toBe(expected);
  });
});
