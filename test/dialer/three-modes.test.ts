import { describe, expect, it } from "vitest";
import type { CallInfo } from "../../src/spec/index.js";
import { heardText, scriptedBrain, scriptedSpeechToText, scriptedTextToSpeech } from "../../src/testing/index.js";
import type { Callee } from "../../src/testing/twilio-simulator/rest/index.js";
import { calling } from "./simulated-account.js";

const TO = "+919812345678";
const MODES = ["media-stream", "gather", "conversation-relay"] as const;

const person: Callee = {
  script: [
    { waitFor: "agent-silence" },
    { say: "who is it" },
    { waitFor: "agent-silence" },
    { say: "bye" },
    { waitForEnd: true, timeoutMs: 20_000 },
  ],
};

describe.each(MODES)("a call that goes out, in the mode %s", (mode) => {
  it("tells its agent the variables, short and long, and ends as the person wants", async () => {
    const { clock, dialer, account, settled } = calling({ callees: () => person }, {}, { mode });
    const calls: CallInfo[] = [];
    const notes = "likes tea ".repeat(100);
    const call = dialer.call({
      to: TO,
      variables: { name: "asha", notes },
      agent(info) {
        calls.push(info);
        return {
          greeting: `namaste ${info.parameters.name}`,
          speechToText: scriptedSpeechToText({ clock }),
          brain: scriptedBrain(["the bakery"], { clock }),
          textToSpeech: scriptedTextToSpeech({ clock }),
        };
      },
    });
    const [end] = await settled([call]);
    expect(end).toMatchObject({ reason: "completed", answeredBy: "human", callEndReason: "farewell" });
    expect(calls).toMatchObject([
      { callId: end?.callSid, direction: "outbound", to: TO, parameters: { name: "asha", notes } },
    ]);
    const [report] = account.report().calls;
    expect(report?.leg && heardText(report.leg)).toMatch(/^namaste asha the bakery/);
    expect(account.report().debuggerEvents).toEqual([]);
  });

  it("leaves a message with a machine, whole, behind its beep", async () => {
    const callees = (): Callee => ({
      outcome: "machine",
      announcement: "you have reached the voicemail of asha please leave a message after the tone",
    });
    const { dialer, account, settled } = calling({ callees }, {}, { mode });
    const message = "this is the bakery your cake is ready";
    const call = dialer.call({ to: TO, machine: { do: "leave-message", message } });
    const [end] = await settled([call]);
    expect(end).toMatchObject({ reason: "machine", answeredBy: "machine", messageLeft: true });
    const [report] = account.report().calls;
    expect(report?.leg && heardText(report.leg)).toMatch(new RegExp(`${message}$`));
  });

  it("is hung up wherever it stands when it is cancelled", async () => {
    for (const stage of ["queued", "ringing", "in-progress"] as const) {
      const { dialer, account, settled, clock } = calling({ callees: () => person }, {}, { mode });
      const call = dialer.call({ to: TO });
      call.on(stage, () => void call.cancel());
      expect((await settled([call]))[0]).toMatchObject({ reason: "canceled" });
      const [report] = account.report().calls;
      expect(report?.status).toBe(stage === "in-progress" ? "completed" : "canceled");
      await clock.advance(60_000);
      expect(clock.pendingTimers).toBe(0);
    }
  });
});
