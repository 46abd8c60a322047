import { describe, expect, it } from "vitest";
import { readRecordingStatus, startCarrierRecording } from "../../../../src/plugins/twilio/recording/index.js";
import { createVirtualClock } from "../../../../src/testing/index.js";

/** An API that writes down what it is asked, and answers as the test says. */
function recordingClient(answer: (asked: string) => Promise<unknown> = async () => ({ sid: "RE1" })) {
  const asked: unknown[] = [];
  const recordings = Object.assign(
    (recordingSid: string) => ({
      update: (change: { status: string }) => {
        asked.push([recordingSid, change]);
        return answer(change.status);
      },
    }),
    {
      create: (creation: object) => {
        asked.push(creation);
        return answer("create") as Promise<{ sid: string }>;
      },
    },
  );
  return { client: { calls: () => ({ recordings }) }, asked };
}

const refused = (status: number, code: number) => Promise.reject(Object.assign(new Error("no"), { status, code }));

describe("a recording of the carrier's", () => {
  it("begins, pauses, goes on and stops", async () => {
    const { client, asked } = recordingClient();
    const recording = await startCarrierRecording(client, "CA1", { statusCallback: "https://x.example/recording" });
    expect(recording?.recordingSid).toBe("RE1");
    expect([await recording?.pause(), await recording?.resume(), await recording?.stop()]).toEqual([
      "done",
      "done",
      "done",
    ]);
    expect(asked).toEqual([
      {
        recordingChannels: "dual",
        recordingTrack: "both",
        recordingStatusCallback: "https://x.example/recording",
        recordingStatusCallbackEvent: ["completed", "absent"],
        recordingStatusCallbackMethod: "POST",
      },
      ["RE1", { status: "paused", pauseBehavior: "silence" }],
      ["RE1", { status: "in-progress" }],
      ["RE1", { status: "stopped" }],
    ]);
  });

  it("is none of a call that is over", async () => {
    const { client } = recordingClient(() => refused(404, 20404));
    expect(await startCarrierRecording(client, "CA1")).toBeUndefined();
    const ending = recordingClient((what) =>
      what === "create" ? Promise.resolve({ sid: "RE1" }) : refused(400, 21220),
    );
    const recording = await startCarrierRecording(ending.client, "CA1", { channels: "mono", track: "inbound" });
    expect(ending.asked).toEqual([{ recordingChannels: "mono", recordingTrack: "inbound" }]);
    expect(await recording?.stop()).toBe("already-over");
  });

  it("fails with what Twilio says, or if it says nothing in time", async () => {
    const { client } = recordingClient(() => refused(401, 20003));
    await expect(startCarrierRecording(client, "CA1")).rejects.toMatchObject({ code: "not-authorised" });
    const clock = createVirtualClock();
    const stuck = recordingClient(() => new Promise(() => {}));
    const late = startCarrierRecording(stuck.client, "CA1", { clock, timeoutMs: 700 });
    await expect(clock.runUntilSettled(late)).rejects.toMatchObject({ code: "provider-timeout" });
    expect(clock.now()).toBe(700);
  });
});

describe("readRecordingStatus", () => {
  const form = { CallSid: "CA1", RecordingSid: "RE1", RecordingStatus: "completed" };

  it("reads all there is", () => {
    expect(
      readRecordingStatus({
        ...form,
        AccountSid: "AC1",
        RecordingUrl: "https://api.example/RE1",
        RecordingDuration: "61",
        RecordingChannels: "2",
        RecordingStartTime: "Fri, 20 Nov 2026 10:00:00 +0000",
        RecordingSource: "StartCallRecordingAPI",
        RecordingTrack: "both",
      }),
    ).toEqual({
      callSid: "CA1",
      recordingSid: "RE1",
      status: "completed",
      url: "https://api.example/RE1",
      durationMs: 61_000,
      channels: 2,
      source: "StartCallRecordingAPI",
      track: "both",
      startedAt: new Date("2026-11-20T10:00:00Z"),
    });
  });

  it.each<[string, object, object | undefined]>([
    ["little", form, { callSid: "CA1", recordingSid: "RE1", status: "completed" }],
    [
      "blank fields",
      { ...form, RecordingUrl: "", RecordingDuration: "-1", RecordingStartTime: "soon" },
      { callSid: "CA1", recordingSid: "RE1", status: "completed" },
    ],
    ["another status", { ...form, RecordingStatus: "melted" }, undefined],
    ["no recording", { CallSid: "CA1", RecordingStatus: "completed" }, undefined],
    ["nothing", {}, undefined],
  ])("reads a form of %s", (_name, fields, expected) => {
    expect(readRecordingStatus(fields as Record<string, string>)).toEqual(expected);
  });
});
