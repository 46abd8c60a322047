import { createPhoneServer } from "bolchaal/server";
import { type FormFields, twilioSignature, type WebSocketLike } from "bolchaal/twilio";
import { describe, expect, it } from "vitest";
import { MAX_BODY_BYTES } from "../../src/server/index.js";
import { authToken, publicUrl, quietAgent, voiceForm } from "./phone.js";

const server = () => createPhoneServer({ agent: () => quietAgent(), publicUrl, authToken });

function posted(path: string, form: FormFields = voiceForm, headers: Readonly<Record<string, string>> = {}): Request {
  return new Request(`http://10.0.0.1:3000${path}`, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-www-form-urlencoded",
      "X-Twilio-Signature": twilioSignature(authToken, publicUrl + path, form),
      ...headers,
    },
    body: new URLSearchParams(form as Record<string, string>).toString(),
  });
}

describe("fetch(), for servers that speak Request and Response", () => {
  it("answers a signed webhook, wherever the request says it was sent", async () => {
    const answer = await server().fetch(posted("/twilio/voice"));
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/xml; charset=utf-8"]);
    expect(await answer.text()).toContain('<Stream url="wss://voice.example.com/twilio/media">');
  });

  it.each<[number, string, Request]>([
    [403, "a forged one", posted("/twilio/voice", voiceForm, { "X-Twilio-Signature": "forged" })],
    [413, "one too long", posted("/twilio/voice", { ...voiceForm, Note: "x".repeat(MAX_BODY_BYTES) })],
    [415, "one that is no form", posted("/twilio/voice", voiceForm, { "Content-Type": "application/json" })],
    [400, "one without a call", posted("/twilio/voice", { From: "+1" })],
    [405, "one that was not posted", new Request(`${publicUrl}/twilio/voice`)],
    [404, "another path", new Request(`${publicUrl}/elsewhere`)],
    [404, "a path below a page", new Request(`${publicUrl}/twilio/health/more`)],
    [200, "the health page", new Request(`${publicUrl}/twilio/health`)],
  ])("answers %i to %s", async (status, _name, request) => {
    expect((await server().fetch(request)).status).toBe(status);
  });
});

describe("openSocket()", () => {
  /** A socket on which nothing happens. */
  const socket = {
    readyState: 1,
    bufferedAmount: 0,
    send() {},
    close() {},
    terminate() {},
    ping() {},
    on: () => socket,
    once: () => socket,
    off: () => socket,
  } as unknown as WebSocketLike;

  it.each([
    [101, "/twilio/media", twilioSignature(authToken, "wss://voice.example.com/twilio/media")],
    [403, "/twilio/media", twilioSignature(authToken, "wss://evil.example.com/twilio/media")],
    [404, "/twilio/elsewhere", twilioSignature(authToken, "wss://voice.example.com/twilio/elsewhere")],
  ])("answers %i to %s", async (status, path, signature) => {
    const request = new Request(`http://10.0.0.1${path}`, { headers: { "X-Twilio-Signature": signature } });
    const phone = server();
    expect(phone.openSocket(request, socket)).toBe(status);
    await phone.close({ graceMs: 0 });
  });
});
