import { createServer } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { createTwilioAccount, type TwilioAccount } from "../../../../src/testing/twilio-simulator/rest/index.js";
import { AUTH_TOKEN, BASE } from "../in-process-app.js";
import { account, FROM, TO } from "./account-kit.js";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const basic = ({ accountSid }: TwilioAccount) => `Basic ${btoa(`${accountSid}:${AUTH_TOKEN}`)}`;

async function listening(made: TwilioAccount) {
  const api = await made.listen();
  closing.push(() => api.close());
  return `${api.baseUrl}/2010-04-01/Accounts/${made.accountSid}`;
}

describe("the API over HTTP", () => {
  it("makes a call, whose callbacks go over HTTP too", async () => {
    const got: URLSearchParams[] = [];
    const app = createServer(async (request, response) => {
      let form = "";
      for await (const part of request) form += String(part);
      got.push(new URLSearchParams(form));
      response.writeHead(200, { "content-type": "text/xml" }).end("<Response><Hangup/></Response>");
    });
    await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
    closing.push(() => new Promise((resolve) => app.close(resolve)));
    const { port } = app.address() as { readonly port: number };
    const made = createTwilioAccount({
      authToken: AUTH_TOKEN,
      connectTo: `http://127.0.0.1:${port}`,
      routingMs: 1,
      callees: () => ({ ringsMs: 1 }),
    });
    const url = await listening(made);
    const answer = await fetch(`${url}/Calls.json`, {
      method: "POST",
      headers: { authorization: basic(made) },
      body: new URLSearchParams({ To: TO, From: FROM, Url: `${BASE}/voice`, StatusCallback: `${BASE}/status` }),
    });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([201, "application/json; charset=utf-8"]);
    const { sid } = (await answer.json()) as { readonly sid: string };
    await made.settled();
    expect(got.map((form) => [form.get("CallSid"), form.get("CallStatus")])).toEqual([
      [sid, "in-progress"],
      [sid, "completed"],
    ]);
    expect(made.report().callbacks[0]?.status).toBe(200);
  });

  it("answers errors with their bodies", async () => {
    const { account: made } = account();
    const url = await listening(made);
    const answer = await fetch(`${url}/Calls/CA1.json`, { headers: { authorization: basic(made) } });
    expect([answer.status, await answer.json()]).toEqual([
      404,
      {
        code: 20404,
        message: `The requested resource /2010-04-01/Accounts/${made.accountSid}/Calls/CA1.json was not found`,
        more_info: "https://www.twilio.com/docs/errors/20404",
        status: 404,
      },
    ]);
    expect((await fetch(`${url}.json`)).status).toBe(401);
    expect((await fetch(`${url}.json`, { headers: { authorization: "Bearer x" } })).status).toBe(401);
  });

  it("breaks the connection, and keeps one waiting", async () => {
    const { account: made } = account({
      faults: ({ number }) => ({ type: "lost", what: "answer", how: number === 1 ? "reset" : "timeout" }),
    });
    const url = await listening(made);
    await expect(fetch(`${url}.json`)).rejects.toMatchObject({ message: "fetch failed" });
    await expect(fetch(`${url}.json`, { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
      name: "TimeoutError",
    });
  });

  it("takes no form without end", async () => {
    const { account: made } = account();
    const url = await listening(made);
    const body = new URLSearchParams({ Twiml: "x".repeat(70_000) });
    expect((await fetch(`${url}/Calls.json`, { method: "POST", body })).status).toBe(413);
  });

  it("tells that nobody is reached by a callback, and tries once more", async () => {
    const made = createTwilioAccount({
      authToken: AUTH_TOKEN,
      connectTo: "http://127.0.0.1:9",
      routingMs: 1,
      callees: () => ({ outcome: "failed" }),
    });
    const client = made.client((await import("twilio")).default);
    await client.calls.create({ to: TO, from: FROM, url: `${BASE}/voice`, statusCallback: `${BASE}/status` });
    await made.settled();
    const { callbacks, debuggerEvents } = made.report();
    expect(callbacks.map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, undefined],
      [2, undefined],
    ]);
    expect(debuggerEvents.map(({ code }) => code)).toEqual([11205, 11205]);
  });
});

describe("the API by fetch, in this process", () => {
  it("fails as on a network", async () => {
    const { account: made } = account({
      faults: ({ number }) =>
        number === 1 ? { type: "unreachable" } : { type: "lost", what: "request", how: "timeout" },
    });
    const url = `https://api.twilio.com/2010-04-01/Accounts/${made.accountSid}.json`;
    const error: unknown = await made.fetch(url).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "TypeError", message: "fetch failed", cause: { code: "ECONNREFUSED" } });
    const stop = new AbortController();
    const waiting = made.fetch(url, { signal: stop.signal });
    stop.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
  });
});

describe("Twilio's client", () => {
  it("asks at an edge and in a region, but nowhere else", async () => {
    const { account: made } = account();
    const request = (uri: string) =>
      made.httpClient.request({ method: "get", uri, username: made.accountSid, password: AUTH_TOKEN });
    const path = `/2010-04-01/Accounts/${made.accountSid}.json`;
    expect((await request(`https://api.dublin.ie1.twilio.com${path}`)).statusCode).toBe(200);
    await expect(request(`https://verify.twilio.com${path}`)).rejects.toMatchObject({ code: "ENOTFOUND" });
    await expect(request(`https://api.twilio.com.example.com${path}`)).rejects.toMatchObject({ code: "ENOTFOUND" });
  });
});
