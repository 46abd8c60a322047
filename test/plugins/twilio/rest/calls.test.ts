import type { Twilio } from "twilio";
import { describe, expect, expectTypeOf, it } from "vitest";
import {
  cancelCall,
  createCall,
  fetchCall,
  hangUpCall,
  listCalls,
  redirectCall,
  type TwilioRestClient,
} from "../../../../src/plugins/twilio/rest/index.js";
import { createVirtualClock } from "../../../../src/testing/index.js";
import { CALL, callBody, clientThatHears, problem, type Reply, trouble } from "./twilio-answers.js";

const PATH = `/Calls/${CALL}.json`;
const OVER: readonly (readonly [string, Reply])[] = [
  ["its state does not allow it", trouble(400, 21220, "Call is not in-progress")],
  ["it is not there any more", trouble(404, 20404, "Not found")],
  ["the same by RFC 9457", problem(404, 20404, "Not found")],
];

it("a client of the package is one as it is", () => {
  expectTypeOf<Twilio>().toExtend<TwilioRestClient>();
});

describe("hangUpCall", () => {
  it("asks Twilio to complete the call", async () => {
    const { client, asked } = clientThatHears([200, callBody("completed")]);
    expect(await hangUpCall(client, CALL)).toBe("done");
    expect(asked).toEqual([{ method: "post", path: PATH, form: { Status: "completed" } }]);
  });

  it.each(OVER)("is fine with a call that is over: %s", async (_, reply) => {
    expect(await hangUpCall(clientThatHears(reply).client, CALL)).toBe("already-over");
  });

  it("takes a client that is yet to be made", async () => {
    const { client } = clientThatHears([200, callBody("completed")]);
    expect(await hangUpCall(async () => client, CALL)).toBe("done");
  });

  it("rejects with what is wrong", async () => {
    const { client } = clientThatHears(trouble(401, 20003, "Authenticate"));
    await expect(hangUpCall(client, CALL)).rejects.toMatchObject({ code: "not-authorised" });
    const failing = () => Promise.reject(new Error("no client"));
    await expect(hangUpCall(failing, CALL)).rejects.toThrow(/could not be made: no client\./);
  });

  it("waits no longer than it was told", async () => {
    const clock = createVirtualClock();
    const calls = () => ({ update: () => new Promise<never>(() => {}) });
    const client = { calls } as unknown as TwilioRestClient;
    const hungUp = hangUpCall(client, CALL, { clock, timeoutMs: 4000 });
    hungUp.catch(() => {});
    await clock.advance(3999);
    expect(clock.pendingTimers).toBe(1);
    await clock.advance(1);
    await expect(hungUp).rejects.toMatchObject({ code: "provider-timeout" });
    expect(clock.pendingTimers).toBe(0);
  });
});

describe("cancelCall", () => {
  it.each(["canceled", "ringing", "queued"])("is done when Twilio took it: %s", async (status) => {
    const { client, asked } = clientThatHears([200, callBody(status)]);
    expect(await cancelCall(client, CALL)).toBe("done");
    expect(asked.map(({ form }) => form)).toEqual([{ Status: "canceled" }]);
  });

  it("hangs up when the call was picked up meanwhile", async () => {
    for (const first of [[200, callBody("in-progress")], trouble(400, 21220, "No")] as const) {
      const { client, asked } = clientThatHears(first, [200, callBody("completed")]);
      expect(await cancelCall(client, CALL)).toBe("done");
      expect(asked.map(({ form }) => form)).toEqual([{ Status: "canceled" }, { Status: "completed" }]);
    }
  });

  it.each(OVER)("is fine with a call that is over: %s", async (_, reply) => {
    expect(await cancelCall(clientThatHears(reply, reply).client, CALL)).toBe("already-over");
  });
});

describe("redirectCall", () => {
  it("gives other instructions", async () => {
    const { client, asked } = clientThatHears([200, callBody("in-progress")], [200, callBody("in-progress")]);
    expect(await redirectCall(client, CALL, { twiml: "<Response/>" })).toBe("done");
    expect(await redirectCall(client, CALL, { url: "https://voice.example.com/next" })).toBe("done");
    expect(asked.map(({ form }) => form)).toEqual([
      { Twiml: "<Response/>" },
      { Url: "https://voice.example.com/next", Method: "POST" },
    ]);
  });

  it("refuses what Twilio would", async () => {
    const twiml = `<Response><Say>${"x".repeat(4000)}</Say></Response>`;
    await expect(redirectCall(clientThatHears().client, CALL, { twiml })).rejects.toMatchObject({
      code: "invalid-option",
    });
  });

  it.each(OVER)("is fine with a call that is over: %s", async (_, reply) => {
    expect(await redirectCall(clientThatHears(reply).client, CALL, { twiml: "<Response/>" })).toBe("already-over");
  });
});

describe("fetchCall", () => {
  it("tells how a call is doing, or that there is none", async () => {
    const { client } = clientThatHears([200, callBody("busy")], trouble(404, 20404, "Not found"));
    expect(await fetchCall(client, CALL)).toMatchObject({ sid: CALL, status: "busy" });
    expect(await fetchCall(client, CALL)).toBeUndefined();
  });
});

describe("createCall and listCalls", () => {
  it("ask as Twilio wants it", async () => {
    const { client, asked } = clientThatHears([201, callBody("queued")], [200, { calls: [callBody("queued")] }]);
    const creation = { to: "+919812345678", from: "+15005550006", url: "https://x.example", asyncAmd: "true" };
    expect(await createCall(client, { ...creation, statusCallbackEvent: ["ringing", "answered"] })).toMatchObject({
      value: { sid: CALL },
    });
    expect(await listCalls(client, { to: creation.to, from: creation.from, limit: 5 })).toMatchObject({
      value: [{ sid: CALL }],
    });
    expect(asked[0]?.form).toMatchObject({ StatusCallbackEvent: ["ringing", "answered"], AsyncAmd: "true" });
    expect(asked[1]).toMatchObject({ method: "get", form: { To: creation.to, From: creation.from } });
  });

  it("tell of an answer that comes late", async () => {
    const clock = createVirtualClock();
    let answer = (_call: { sid: string; status: string }) => {};
    const create = () =>
      new Promise<{ sid: string; status: string }>((resolve) => {
        answer = resolve;
      });
    const client = { calls: Object.assign(() => ({}), { create }) } as unknown as TwilioRestClient;
    const late: unknown[] = [];
    const options = { clock, timeoutMs: 1000 };
    const created = createCall(client, { to: "", from: "" }, options, (outcome) => late.push(outcome));
    await clock.advance(1000);
    expect(await created).toMatchObject({ fault: { fate: "unknown", error: { code: "provider-timeout" } } });
    answer({ sid: CALL, status: "queued" });
    await clock.advance(0);
    expect(late).toEqual([{ value: { sid: CALL, status: "queued" } }]);
  });
});
