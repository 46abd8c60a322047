import { createPhoneServer } from "bolchaal/server";
import { createTransfers, type RecordingStatus, twilioSignature } from "bolchaal/twilio";
import { expect, it } from "vitest";
import { heardText, readScenario } from "../../src/testing/index.js";
import { BASE, phoneLine, scenarioAgent } from "../scenarios/modes.js";
import scenario from "../scenarios/one-response-per-input.json" with { type: "json" };
import { authToken, publicUrl, quietAgent } from "./phone.js";

it("a call whose agent hands it over goes on with the person, in whatever mode it was", async () => {
  for (const mode of ["media-stream", "conversation-relay"] as const) {
    const { clock, dial } = phoneLine((own) => {
      const transfers = createTransfers({
        url: `${BASE}/twilio/dial`,
        comeBack: () => [{ verb: "hangup" }],
        clock: own,
      });
      return {
        mode,
        transfers,
        agent: () => scenarioAgent(readScenario(scenario), own),
        onSession: (session, { callId }) =>
          session.on("turn-end", () => {
            transfers.cold(callId, { to: "+918041230000" });
            session.end("One moment.");
          }),
      };
    });
    const script = [
      { waitFor: "agent-silence" },
      { say: "a person please" },
      { pauseMs: 8000 },
      { hangUp: true },
    ] as const;
    const report = await clock.runUntilSettled(dial({ script, record: true }));
    expect(report.dialLegs, mode).toMatchObject([{ number: "+918041230000", bridged: true }]);
    expect(heardText(report), mode).toContain("One moment.");
    await clock.advance(120_000);
    expect(clock.pendingTimers, mode).toBe(0);
  }
});

it("tells of the carrier's recordings", async () => {
  const recordings: RecordingStatus[] = [];
  const server = createPhoneServer({
    agent: () => quietAgent(),
    publicUrl,
    authToken,
    onRecording: (recording) => recordings.push(recording),
  });
  const form = { CallSid: "CA1", RecordingSid: "RE1", RecordingStatus: "completed", RecordingDuration: "12" };
  const path = "/twilio/recording";
  const answer = await server.fetch(
    new Request(publicUrl + path, {
      method: "POST",
      headers: {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Twilio-Signature": twilioSignature(authToken, publicUrl + path, form),
      },
      body: new URLSearchParams(form).toString(),
    }),
  );
  expect(answer.status).toBe(200);
  expect(recordings).toMatchObject([{ callSid: "CA1", recordingSid: "RE1", status: "completed" }]);
});
