import { describe, expect, it } from "vitest";
import type { ApiFault, ApiFaultContext } from "../../../../src/testing/twilio-simulator/rest/index.js";
import { account, FROM, TO } from "./account-kit.js";

/** What goes wrong with the first call that is asked for. */
const atFirst = (fault: ApiFault) => (request: ApiFaultContext) =>
  request.operation === "calls.create" && request.nth === 1 ? fault : undefined;

/** Asks for a call, and waits for what comes of it. */
async function ask(fault: ApiFault) {
  const kit = account({ faults: atFirst(fault), callees: () => ({ outcome: "busy" }) });
  const asked = kit.create().then(
    (call) => call.sid,
    (error: unknown) => error,
  );
  const outcome = await kit.clock.runUntilSettled(asked);
  return { ...kit, outcome, atMs: kit.clock.now(), made: kit.account.report().calls };
}

describe("a request that goes wrong", () => {
  it.each<[string, ApiFault, object, number, number]>([
    ["is turned away", { type: "status", status: 429 }, { status: 429, code: 20429 }, 0, 0],
    ["finds Twilio broken", { type: "status", status: 500 }, { status: 500, code: 20500 }, 0, 0],
    ["finds Twilio away", { type: "status", status: 503 }, { status: 503, code: 20503 }, 0, 0],
    ["is carried out all the same", { type: "status", status: 504, carriedOut: true }, { status: 504 }, 1, 0],
    ["is never carried out when turned away", { type: "status", status: 429, carriedOut: true }, { status: 429 }, 0, 0],
    ["breaks on its way", { type: "lost", what: "request", how: "reset" }, { code: "ECONNRESET" }, 0, 0],
    ["is lost on its way", { type: "lost", what: "request", how: "timeout" }, { code: "ECONNABORTED" }, 0, 30_000],
    ["loses its answer", { type: "lost", what: "answer", how: "timeout" }, { code: "ECONNABORTED" }, 1, 30_000],
    ["breaks on its way back", { type: "lost", what: "answer", how: "reset" }, { code: "ECONNRESET" }, 1, 0],
    ["finds nobody", { type: "unreachable" }, { code: "ECONNREFUSED" }, 0, 0],
    ["is answered too late", { type: "slow", answerMs: 40_000 }, { code: "ECONNABORTED" }, 1, 30_000],
  ])("%s", async (_what, fault, error, made, atMs) => {
    const result = await ask(fault);
    expect(result.outcome).toMatchObject(error);
    expect([result.made.length, result.atMs]).toEqual([made, atMs]);
    const [request] = result.account.report().requests;
    expect(request).toMatchObject({ operation: "calls.create", fault });
    expect(request?.callSid).toBe(result.made[0]?.callSid);
    await result.end();
  });

  it("tells when to come again", async () => {
    const { account: made } = account({ faults: () => ({ type: "status", status: 429, retryAfterS: 7 }) });
    const answer = await made.fetch(`https://api.twilio.com/2010-04-01/Accounts/${made.accountSid}.json`);
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "7"]);
  });

  it("is slow, and well", async () => {
    const { outcome, atMs, made, end } = await ask({ type: "slow", requestMs: 2_000, answerMs: 3_000 });
    expect([outcome, atMs, made[0]?.createdAtMs]).toEqual([made[0]?.callSid, 5_000, 2_000]);
    await end();
  });

  it("may be carried out when whoever asked has given up", async () => {
    const { outcome, made, clock, end } = await ask({ type: "slow", requestMs: 45_000 });
    expect([outcome, made]).toEqual([expect.objectContaining({ code: "ECONNABORTED" }), []]);
    await clock.advance(15_000);
    expect((await end()).calls).toHaveLength(1);
  });

  it("is told apart by operation and number", async () => {
    const seen: string[] = [];
    const { create, client, end } = account({
      callees: () => ({ outcome: "busy" }),
      faults: ({ operation, number, nth, path, form }) => {
        seen.push([operation, number, nth, path.split("/").at(-1), form.get("To")].join(" "));
        return undefined;
      },
    });
    await create();
    await client.calls.list({ to: TO, from: FROM });
    await create();
    await end();
    expect(seen).toEqual([
      `calls.create 1 1 Calls.json ${TO}`,
      `calls.list 2 1 Calls.json ${TO}`,
      `calls.create 3 2 Calls.json ${TO}`,
    ]);
  });

  it("makes a call that the app hears of before its answer", async () => {
    const { create, clock, forms, end } = account({
      faults: atFirst({ type: "slow", answerMs: 5_000 }),
      callees: () => ({ outcome: "busy" }),
    });
    const asked = create({ statusCallback: "https://voice.example.com/status" });
    await clock.advance(4_999);
    expect(forms("/status").map(({ CallStatus }) => CallStatus)).toEqual(["busy"]);
    const { sid, status } = await clock.runUntilSettled(asked);
    expect([sid, status]).toEqual([forms("/status")[0]?.CallSid, "queued"]);
    await end();
  });
});
