import { describe, expect, it } from "vitest";
import { createTransfers, type TransferEnd } from "../../../../src/plugins/twilio/transfer/index.js";
import { type TwimlVerb, twiml } from "../../../../src/plugins/twilio/twiml.js";
import {
  type CallerScript,
  createTwilioSimulator,
  createVirtualClock,
  type DialedParty,
  heardText,
  type InProcessApp,
} from "../../../../src/testing/index.js";
import { AUTH_TOKEN, BASE } from "../../../testing/twilio-simulator/in-process-app.js";

const DESK = "+911111111111";

/** A call that is transferred as soon as it comes in, over the simulated Twilio. */
async function transferredCall(script: CallerScript, desk: DialedParty) {
  const clock = createVirtualClock();
  const ends: TransferEnd[] = [];
  const transfers = createTransfers({
    url: `${BASE}/dial`,
    comeBack: (_callSid, end) => [{ verb: "say", text: `sorry ${end}`, language: "en" }, { verb: "hangup" }],
    clock,
  });
  const answers = new Map<string, (form: Record<string, string>, path: string[]) => Promise<readonly TwimlVerb[]>>([
    [
      "voice",
      async ({ CallSid = "" }) => {
        const briefing = { text: "a guest wants a suite", language: "en" } as const;
        const transfer = transfers.warm(CallSid, { to: DESK, briefing, ringTimeoutMs: 10_000 });
        void transfer.result.then(({ end }) => ends.push(end));
        return transfers.nextVerbs(CallSid) ?? [];
      },
    ],
    ["dial", (form, path) => transfers.answer(form, path)],
  ]);
  const app: InProcessApp = {
    async fetch(request) {
      const [name = "", ...path] = new URL(request.url).pathname.slice(1).split("/");
      const form = Object.fromEntries(new URLSearchParams(await request.text()));
      const verbs = (await answers.get(name)?.(form, path)) ?? [];
      return new Response(twiml(verbs), { headers: { "content-type": "text/xml" } });
    },
    openSocket: () => 403,
  };
  const twilio = createTwilioSimulator({
    webhookUrl: `${BASE}/voice`,
    authToken: AUTH_TOKEN,
    app,
    clock,
    parties: () => desk,
  });
  const report = await clock.runUntilSettled(twilio.dial({ script, callSid: "CAparent" }));
  const [callee] = report.dialLegs;
  return { report, ends, callee, deskHeard: callee === undefined ? "" : heardText(callee) };
}

describe("a warm transfer over Twilio", () => {
  it("briefs the desk, which takes the call, and the two talk", async () => {
    const { report, ends, callee, deskHeard } = await transferredCall(
      [{ waitFor: { heardMs: 400 } }, { say: "thank you" }, { waitForEnd: true }],
      { script: [{ waitFor: { heardMs: 1_200 } }, { press: "1" }, { say: "front desk" }, { pauseMs: 3_000 }] },
    );
    expect(callee?.bridged).toBe(true);
    expect(deskHeard).toContain("a guest wants a suite");
    expect(deskHeard).toContain("thank you");
    expect(heardText(report)).toBe("front desk");
    expect(ends).toEqual(["talked"]);
  });

  it.each<[string, DialedParty, TransferEnd]>([
    ["does not press a key", { script: [{ pauseMs: 60_000 }] }, "declined"],
    [
      "presses another key",
      { script: [{ waitFor: { heardMs: 800 } }, { press: "3" }, { pauseMs: 9_000 }] },
      "declined",
    ],
    ["does not pick up", { outcome: "no-answer" }, "no-answer"],
    ["is busy", { outcome: "busy" }, "busy"],
  ])("brings the caller back if the desk %s", async (_name, desk, end) => {
    const { report, ends, callee } = await transferredCall([{ waitForEnd: true, timeoutMs: 90_000 }], desk);
    expect(ends).toEqual([end]);
    expect(callee?.bridged ?? false).toBe(false);
    expect(heardText(report)).toBe(`sorry ${end}`);
  });
});
