import { describe, expect, it } from "vitest";
import { decodeMulaw, readWav } from "../../src/audio/index.js";
import { twilioMediaStream } from "../../src/plugins/twilio/index.js";
import { type CallRecording, type RecordCallOptions, recordCall, tappedLine } from "../../src/recording/index.js";
import { type AgentOptions, VoiceSession } from "../../src/session/index.js";
import {
  type CallerScript,
  connectSimulatedCall,
  createVirtualClock,
  decodeWords,
  scriptedBrain,
  scriptedSpeechToText,
  scriptedTextToSpeech,
  scriptedVoiceActivityDetector,
  type VirtualClock,
} from "../../src/testing/index.js";
import { wholeCall } from "../session/whole-call.js";
import { memoryFile } from "./memory-file.js";

/** A recorded call of scripted plug-ins. */
async function recordedCall(
  script: CallerScript,
  options: Partial<RecordCallOptions> = {},
  agent: Partial<AgentOptions> = {},
  file = memoryFile(),
  meanwhile: (recording: CallRecording, clock: VirtualClock) => void = () => {},
) {
  const errors: string[] = [];
  let recording: CallRecording | undefined;
  const call = await wholeCall(script, agent, {}, (clock) => ({
    onSession(session, format) {
      recording = recordCall(session as VoiceSession, {
        path: ({ callId }) => `${callId}.wav`,
        createFile: file.create,
        onError: ({ message }) => errors.push(message),
        clock,
        ...(format === undefined ? {} : { format }),
        ...options,
      });
      meanwhile(recording, clock);
    },
  }));
  const summary = await recording?.finished;
  return { ...call, summary, errors, file, ...channelsOf(file.bytes) };
}

/** The same, recorded from its line. */
async function tappedCall(script: CallerScript, file: ReturnType<typeof memoryFile>) {
  const clock = createVirtualClock();
  let recording: CallRecording | undefined;
  const report = await clock.runUntilSettled(
    connectSimulatedCall({
      clock,
      script,
      accept(socket) {
        const line = tappedLine(twilioMediaStream(socket, { clock }));
        const session = new VoiceSession({
          speechToText: scriptedSpeechToText({ clock, delayMs: 50 }),
          brain: scriptedBrain(({ text }) => `you said ${text} and I answer that at some length now`),
          textToSpeech: scriptedTextToSpeech({ clock, firstByteMs: 80, wordTimings: true }),
          voiceActivityDetector: scriptedVoiceActivityDetector(),
          transport: line,
          clock,
        });
        recording = recordCall(session, { path: "x.wav", createFile: file.create, line, clock });
        session.start();
      },
    }),
  );
  await clock.advance(1_000);
  return { report, recording: recording as CallRecording };
}

function channelsOf(bytes: Uint8Array) {
  if (bytes.length === 0) return { left: new Uint8Array(0), right: new Uint8Array(0) };
  const { data, format, channels } = readWav(bytes);
  expect([format.type, channels]).toEqual(["audio/pcmu", 2]);
  return {
    left: data.filter((_, at) => at % 2 === 0),
    right: data.filter((_, at) => at % 2 === 1),
  };
}

const words = (bytes: Uint8Array) => decodeWords(decodeMulaw(bytes)).map(({ text }) => text);

const TWO_TURNS: CallerScript = [
  { say: "a room" },
  { waitFor: "agent-silence" },
  { say: "yes" },
  { waitFor: "agent-silence" },
  { hangUp: true },
];

describe("recordCall", () => {
  it("keeps the caller on the left and the agent on the right, as each was heard, to the sample", async () => {
    const { report, left, right, summary, of, errors, file, clock } = await recordedCall(
      [{ waitFor: "agent-silence" }, ...TWO_TURNS],
      {},
      { greeting: "namaste" },
    );
    expect(left).toEqual(report.said);
    expect(right).toEqual(report.heard);
    expect(summary).toEqual({
      path: `${report.callSid}.wav`,
      durationMs: of("call-end")[0]?.durationMs,
      outcome: "complete",
    });
    expect([errors, file.closed, clock.pendingTimers]).toEqual([[], 1, 0]);
  });

  it.each<[string, Partial<AgentOptions>]>([
    ["by the caller's voice", { interruption: { policy: "immediate" } }],
    ["by a number of words", { interruption: { policy: "min-words", minWords: 2 } }],
  ])("keeps of a reply that was broken off %s only what was heard", async (_name, agent) => {
    const { report, left, right, of } = await recordedCall(
      [{ say: "a room" }, { interruptAfterMs: 1_000, say: "stop that please" }, { pauseMs: 4_000 }, { hangUp: true }],
      {},
      agent,
    );

    expect(of("barge-in")).toHaveLength(1);
    expect(left).toEqual(report.said);
    expect(words(right)).toEqual(words(report.heard));
    expect(right).toEqual(report.heard);
  });

  it.each<[string, CallerScript]>([
    ["ducked, and went on", [{ say: "a room" }, { interruptAfterMs: 900, say: "haan" }]],
    ["stood still, and was broken off", [{ say: "a room" }, { interruptAfterMs: 1_000, say: "stop stop please" }]],
    ["was not interrupted", [{ say: "a room" }]],
  ])("keeps to the sample from the line itself what was heard of an agent that %s", async (_name, script) => {
    const file = memoryFile();
    const { report, recording } = await tappedCall([...script, { pauseMs: 6_000 }, { hangUp: true }], file);
    const { left, right } = channelsOf(file.bytes);
    expect((await recording.finished).outcome).toBe("complete");
    expect(left).toEqual(report.said);
    expect(right).toEqual(report.heard);
    expect(words(right).length).toBeGreaterThan(4);
  });

  it("ends where the caller hung up on the agent", async () => {
    const { report, right, of, summary } = await recordedCall([
      { say: "a room" },
      { waitFor: { heardMs: 700 } },
      { hangUp: true },
    ]);
    expect(summary?.durationMs).toBe(of("call-end")[0]?.atMs);
    expect(right).toEqual(report.heard);
    expect(words(right).slice(0, 3)).toEqual(["you", "said", "a"]);
  });

  it("keeps silence of the right length while it is paused, to the sample", async () => {
    const [fromMs, toMs] = [1_503, 3_001];
    const { report, left, right } = await recordedCall(TWO_TURNS, {}, {}, memoryFile(), (recording, clock) => {
      clock.setTimer(() => recording.pause(), fromMs);
      clock.setTimer(() => recording.pause(), fromMs + 100);
      clock.setTimer(() => recording.resume(), toMs);
      clock.setTimer(() => recording.resume(), toMs + 500);
    });
    const silenced = (sound: Uint8Array) => Uint8Array.from(sound).fill(0xff, fromMs * 8, toMs * 8);
    expect(left).toEqual(silenced(report.said));
    expect(right).toEqual(silenced(report.heard));
    expect(silenced(report.heard)).not.toEqual(report.heard);
  });

  it("begins once the caller has heard the consent line", async () => {
    const { report, left, right, of, summary } = await recordedCall(
      [{ waitFor: "agent-silence" }, ...TWO_TURNS],
      { consent: { en: "this call is recorded", hi: "यह कॉल रिकॉर्ड होती है" } },
      { greeting: "namaste" },
    );
    const [, line] = of("reply");
    expect([line?.text, line?.kind, line?.outcome]).toEqual(["this call is recorded", "line", "played"]);
    const begunAtMs = line?.atMs ?? 0;
    expect(left).toEqual(report.said.subarray(begunAtMs * 8));
    expect(right).toEqual(report.heard.subarray(begunAtMs * 8));
    expect(words(right)).not.toContain("recorded");
    expect(summary?.outcome).toBe("complete");
  });

  it("records nothing without consent", async () => {
    const { summary, file, errors } = await recordedCall([{ waitFor: { heardMs: 300 } }, { hangUp: true }], {
      consent: "this call is recorded",
    });
    expect(summary).toEqual({ path: undefined, durationMs: 0, outcome: "no-consent" });
    expect(file.bytes).toHaveLength(0);
    expect(errors).toEqual([expect.stringContaining("consent line was not heard out")]);
  });

  it("ends with the disk, and the call goes on", async () => {
    const { summary, errors, of, left, report } = await recordedCall(
      TWO_TURNS,
      {},
      {},
      memoryFile({ fullAfterBytes: 40_000 }),
    );
    expect(of("reply").map(({ outcome }) => outcome)).toEqual(["played", "played"]);
    expect(of("call-end")[0]?.reason).toBe("caller-hangup");
    expect(errors).toEqual([expect.stringContaining("cannot be written")]);
    expect(summary?.outcome).toBe("failed");
    expect(summary?.durationMs).toBe(left.length / 8);
    expect(left.length).toBeGreaterThan(15_000);
    expect(left).toEqual(report.said.subarray(0, left.length));
  });

  it("fails if there can be no file", async () => {
    const failing = {
      createFile: async () => {
        throw new Error("no such disk");
      },
    };
    const unopened = await recordedCall([{ say: "hello" }, { hangUp: true }], failing);
    expect(unopened.summary).toMatchObject({ outcome: "failed", durationMs: 0 });
    expect(unopened.errors).toHaveLength(1);
    const unnamed = await recordedCall([{ say: "hello" }, { hangUp: true }], {
      path: () => {
        throw new Error("no name");
      },
    });
    expect(unnamed.summary).toEqual({ path: undefined, durationMs: 0, outcome: "failed" });
    expect(unnamed.errors).toHaveLength(1);
  });

  it("stops when it is told to", async () => {
    const { left, right, report, summary } = await recordedCall(TWO_TURNS, {}, {}, memoryFile(), (recording, clock) => {
      clock.setTimer(() => void recording.stop(), 2_000);
    });
    expect(summary?.durationMs).toBe(2_000);
    expect(left).toEqual(report.said.subarray(0, 16_000));
    expect(right).toEqual(report.heard.subarray(0, 16_000));
  });

  it.each<[string, object]>([
    ["path", { path: "" }],
    ["encoding", { encoding: "mp3" }],
    ["format", { format: { type: "audio/opus", rate: 48_000 } }],
  ])("refuses a wrong %s", (name, options) => {
    const session = { on: () => () => {} } as unknown as VoiceSession;
    expect(() => recordCall(session, { path: "x.wav", ...options } as RecordCallOptions)).toThrow(
      expect.objectContaining({ code: "invalid-option", message: expect.stringContaining(name) }),
    );
  });
});
