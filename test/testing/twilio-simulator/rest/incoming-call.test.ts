import { describe, expect, it } from "vitest";
import { BASE } from "../in-process-app.js";
import { account } from "./account-kit.js";

const OWN = { phoneNumber: "+918041234567", voiceUrl: `${BASE}/voice`, statusCallback: `${BASE}/status` };

describe("a call that comes in", () => {
  it("goes by its number's webhook, and is a call of the account", async () => {
    const { account: made, clock, client, forms, end } = account({ numbers: [OWN] });
    const report = await clock.runUntilSettled(made.receive({ from: "+919811111111", script: [{ pauseMs: 300 }] }));
    expect(report.over).toEqual({ reason: "end-of-document", atMs: 200 });
    expect(forms("/voice")[0]).toMatchObject({
      From: "+919811111111",
      To: OWN.phoneNumber,
      Direction: "inbound",
      CallStatus: "ringing",
    });
    const { calls } = await end();
    expect(forms("/status")).toEqual([
      expect.objectContaining({ CallSid: report.callSid, CallStatus: "completed", Direction: "inbound" }),
    ]);
    expect(calls[0]).toMatchObject({ direction: "inbound", status: "completed", callSid: report.callSid });
    expect((await client.calls(report.callSid).fetch()).direction).toBe("inbound");
  });

  it("is ended, and led elsewhere, by the API", async () => {
    const {
      account: made,
      clock,
      client,
    } = account({
      numbers: [OWN],
      routes: { "/voice": '<Pause length="600"/>', "/human": "<Say>one moment</Say><Pause length='600'/>" },
    });
    const received = made.receive();
    await clock.advance(1_000);
    const [listed] = await client.calls.list({ status: "in-progress" });
    const call = client.calls(listed?.sid ?? "");
    await call.update({ url: `${BASE}/human` });
    await clock.advance(1_000);
    await call.update({ status: "completed" });
    const report = await clock.runUntilSettled(received);
    expect(report.over).toEqual({ reason: "rest", atMs: 2_000 });
    expect(report.spoken.map(({ text, atMs }) => [text, atMs])).toEqual([["one moment", 1_000]]);
  });

  it("asks the fallback address", async () => {
    const {
      account: made,
      clock,
      forms,
    } = account({
      numbers: [{ ...OWN, voiceFallbackUrl: `${BASE}/fallback` }],
      routes: { "/voice": () => new Response("", { status: 500 }), "/fallback": "<Say>sorry</Say>" },
    });
    const report = await clock.runUntilSettled(made.receive());
    expect([report.spoken[0]?.text, forms("/fallback")[0]?.ErrorCode]).toEqual(["sorry", "11200"]);
  });

  it("needs a number with a webhook", async () => {
    const { account: made } = account({ numbers: [OWN, "+14155550100"] });
    await expect(made.receive({ to: "+1" })).rejects.toThrow("The account has no number +1. Give it among numbers.");
    await expect(made.receive({ to: "+14155550100" })).rejects.toThrow("has no webhook. Give it a voiceUrl.");
  });

  it("tells of TwiML that is wrong", async () => {
    const { account: made, clock } = account({ numbers: [OWN], routes: { "/voice": "<Shout/>" } });
    await expect(clock.runUntilSettled(made.receive())).rejects.toThrow("<Shout> is no verb");
  });
});
