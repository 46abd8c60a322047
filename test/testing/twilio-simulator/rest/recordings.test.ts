import { describe, expect, it } from "vitest";
import { BASE } from "../in-process-app.js";
import { account } from "./account-kit.js";

const CALLBACK = { recordingStatusCallback: `${BASE}/recording` };

/** A call of 20 seconds that was picked up at 2.5 s and has gone on for 1.5 s. */
async function inProgress(more = {}) {
  const kit = account({
    callees: () => ({ script: [{ pauseMs: 20_000 }] }),
    routes: { "/voice": '<Pause length="60"/>' },
  });
  const { sid } = await kit.create(more);
  await kit.clock.advance(4_000);
  return { ...kit, sid, recordings: kit.client.calls(sid).recordings, recording: kit.client.calls(sid).recordings };
}

describe("a recording", () => {
  it("of the whole call is there behind it, and its end is told", async () => {
    const {
      account: made,
      sid,
      end,
      forms,
    } = await inProgress({
      ...CALLBACK,
      record: true,
      recordingChannels: "dual",
      statusCallback: `${BASE}/status`,
    });
    const { calls, callbacks } = await end();
    const [recording] = calls[0]?.recordings ?? [];
    expect(recording).toEqual({
      recordingSid: expect.stringMatching(/^RE[\da-f]{32}$/),
      status: "completed",
      channels: 2,
      source: "OutboundAPI",
      startedAtMs: 2_500,
      durationMs: 20_000,
      pauses: [],
    });
    const url = `https://api.twilio.com/2010-04-01/Accounts/${made.accountSid}/Recordings/${recording?.recordingSid}`;
    expect(forms("/recording")).toEqual([
      {
        AccountSid: made.accountSid,
        CallSid: sid,
        RecordingSid: recording?.recordingSid,
        RecordingUrl: url,
        RecordingStatus: "completed",
        RecordingDuration: "20",
        RecordingChannels: "2",
        RecordingStartTime: "Mon, 23 Nov 2026 10:00:02 +0000",
        RecordingSource: "OutboundAPI",
        RecordingTrack: "both",
      },
    ]);
    expect(forms("/status")).toEqual([
      expect.objectContaining({ RecordingSid: recording?.recordingSid, RecordingUrl: url, RecordingDuration: "20" }),
    ]);
    expect(callbacks.map(({ kind, atMs }) => [kind, atMs])).toEqual([
      ["status", 22_500],
      ["recording", 23_500],
    ]);
  });

  it("may be begun in the middle, and ends with the call", async () => {
    const { recordings, end, forms } = await inProgress();
    const begun = await recordings.create({
      ...CALLBACK,
      recordingStatusCallbackEvent: ["in-progress", "completed"],
    });
    expect(begun).toMatchObject({
      status: "in-progress",
      source: "StartCallRecordingAPI",
      channels: 1,
      duration: null,
      startTime: new Date("2026-11-23T10:00:04Z"),
    });
    await end();
    expect(
      forms("/recording").map(({ RecordingStatus, RecordingDuration }) => [RecordingStatus, RecordingDuration]),
    ).toEqual([
      ["in-progress", "0"],
      ["completed", "19"],
    ]);
    expect(await recordings(begun.sid).fetch()).toMatchObject({ status: "completed", duration: "19" });
    expect((await recordings.list()).map(({ sid }) => sid)).toEqual([begun.sid]);
  });

  it.each([
    ["skip", 7_000],
    ["silence", 10_000],
  ] as const)("pauses with %s, and is then %i ms long", async (pauseBehavior, durationMs) => {
    const { recordings, clock, end } = await inProgress();
    const { sid } = await recordings.create();
    await clock.advance(2_000);
    expect((await recordings("Twilio.CURRENT").update({ status: "paused", pauseBehavior })).status).toBe("paused");
    await recordings(sid).update({ status: "paused" });
    await clock.advance(3_000);
    expect((await recordings(sid).update({ status: "in-progress" })).status).toBe("in-progress");
    await clock.advance(5_000);
    expect((await recordings(sid).update({ status: "stopped" })).status).toBe("stopped");
    await clock.advance(1_000);
    expect(await recordings(sid).fetch()).toMatchObject({ status: "completed", duration: String(durationMs / 1_000) });
    const { calls } = await end();
    expect(calls[0]?.recordings[0]).toMatchObject({
      durationMs,
      pauses: [{ startMs: 6_000, endMs: 9_000, behaviour: pauseBehavior }],
    });
  });

  it("that is paused to the end has its pause end there", async () => {
    const { recordings, clock, end } = await inProgress();
    const { sid } = await recordings.create();
    await clock.advance(1_000);
    await recordings(sid).update({ status: "paused", pauseBehavior: "skip" });
    expect((await end()).calls[0]?.recordings[0]).toMatchObject({
      durationMs: 1_000,
      status: "completed",
      pauses: [{ startMs: 5_000, endMs: 22_500 }],
    });
  });

  it("is refused of a call that was not picked up, or is over; and nothing is done to one that is over", async () => {
    const { create, client, recordings, clock, end } = await inProgress();
    const queued = await create();
    await expect(client.calls(queued.sid).recordings.create()).rejects.toMatchObject({ status: 400, code: 21220 });
    const { sid } = await recordings.create();
    await clock.advance(30_000);
    await expect(recordings.create()).rejects.toMatchObject({ code: 21220 });
    await expect(recordings(sid).update({ status: "paused" })).rejects.toMatchObject({ code: 21220 });
    await expect(recordings(sid).update({ status: "in-progress" })).rejects.toMatchObject({ code: 21220 });
    await expect(recordings("Twilio.CURRENT").update({ status: "stopped" })).rejects.toMatchObject({ code: 20404 });
    await expect(recordings("RE1").fetch()).rejects.toMatchObject({ code: 20404 });
    await end();
  });

  it.each([
    ["a state it does not know", { status: "absent" }],
    ["a pause it does not know", { status: "paused", pauseBehavior: "mute" }],
  ] as const)("is not changed with %s", async (_what, change) => {
    const { recordings, end } = await inProgress();
    const { sid } = await recordings.create();
    await expect(recordings(sid).update(change)).rejects.toMatchObject({ code: 20001 });
    await end();
  });
});
