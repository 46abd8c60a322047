import { describe, expect, it } from "vitest";
import { lengthOf, runCalls, STATUS_LIMIT_MS } from "../../src/cli/calls.js";
import type { Ask } from "../../src/cli/context.js";
import { statusTokens } from "../../src/cli/status-token.js";
import { createPhoneServer } from "../../src/server/index.js";
import { terminal } from "./terminal.js";

const environment = { TWILIO_AUTH_TOKEN: "old,new" };
const CALL = {
  callId: "CA1",
  direction: "inbound",
  from: "+••••••••••78",
  state: "listening",
  language: "hi-en",
  forMs: 65_000,
};

/** A server that has these calls, for who brings the token. */
function server(calls: readonly unknown[], token: string | undefined) {
  const asked: string[] = [];
  const ask: Ask = async (url, { headers = {} } = {}) => {
    asked.push(url);
    if (headers.Authorization !== `Bearer ${token}`) return new Response("no", { status: 401 });
    return Response.json({ calls });
  };
  return { ask, asked };
}

describe("bolchaal calls", () => {
  it("shows the calls that are going on", async () => {
    const { ask, asked } = server([CALL], statusTokens(environment)[0]);
    const at = terminal({ environment, ask });
    expect(await runCalls(at)).toBe(0);
    expect(asked).toEqual(["http://127.0.0.1:3000/twilio/calls"]);
    expect(at.text()).toContain("  One call is going on\n");
    expect(at.text()).toContain("  CA1  from +••••••••••78  1:05  listening  hi-en\n");
  });

  it("asks a server elsewhere, by a token of its own, and speaks JSON to machines", async () => {
    const { ask, asked } = server([CALL], "status");
    const at = terminal({ environment: { BOLCHAAL_STATUS_TOKEN: "status" }, ask });
    expect(await runCalls(at, { url: "https://voice.example.com/", json: true })).toBe(0);
    expect(asked).toEqual(["https://voice.example.com/twilio/calls"]);
    expect(JSON.parse(at.text())).toEqual([CALL]);
  });

  it("finds the server that still runs with the other token of a rotation", async () => {
    const at = terminal({ environment, ask: server([], statusTokens(environment)[1]).ask });
    expect(await runCalls(at)).toBe(0);
    expect(at.text()).toBe("  No calls are going on.\n");
  });

  it("is understood by the phone server itself", async () => {
    const [statusToken = ""] = statusTokens(environment);
    const phone = createPhoneServer({
      agent: () => {
        throw new Error("no agent");
      },
      publicUrl: "https://voice.example.com",
      authToken: "old",
      statusToken,
    });
    const at = terminal({ environment, ask: (url, request) => phone.fetch(new Request(url, request)) });
    expect(await runCalls(at)).toBe(0);
    expect(at.text()).toContain("No calls are going on.");
  });

  it.each<[string, Record<string, string>, Ask | undefined, string]>([
    ["nothing is set", {}, undefined, "TWILIO_AUTH_TOKEN is not set"],
    [
      "nobody answers",
      environment,
      undefined,
      "No server answers at http://127.0.0.1:3000/twilio/calls (fetch failed: ",
    ],
    ["it has another token", environment, server([], "another").ask, "The server refuses the token."],
    ["it is another server", environment, async () => new Response("hello"), "does not tell of calls (HTTP 200)"],
  ])("says so when %s", async (_what, variables, ask, told) => {
    const at = terminal({ environment: variables, ...(ask === undefined ? {} : { ask }) });
    expect(await runCalls(at)).toBe(1);
    expect(at.errorText()).toContain(told);
    expect(at.text()).toBe("");
    expect(at.clock.pendingTimers).toBe(0);
  });

  it("does not wait for ever", async () => {
    const stuck: Ask = (_url, request) =>
      new Promise((_resolve, reject) => {
        request?.signal?.addEventListener("abort", () => reject(request.signal?.reason));
      });
    const at = terminal({ environment, ask: stuck });
    expect(await at.clock.runUntilSettled(runCalls(at))).toBe(1);
    expect(at.clock.now()).toBe(STATUS_LIMIT_MS);
    expect(at.errorText()).toContain("no answer within 5000 ms");
  });

  it.each([
    [0, "0:00"],
    [59_999, "0:59"],
    [65_000, "1:05"],
    [3_600_000, "60:00"],
  ])("%i ms are %s", (ms, text) => expect(lengthOf(ms)).toBe(text));
});
