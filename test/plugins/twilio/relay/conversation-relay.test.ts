import { describe, expect, it } from "vitest";
import { heardText, scriptedBrain, type VirtualClock } from "../../../../src/testing/index.js";
import { relayCall } from "./relay-call.js";

const withAnswers =
  (...answers: string[]) =>
  (clock: VirtualClock) => ({
    brain: scriptedBrain(() => [{ waitMs: 100 }, answers.shift() ?? "yes"], { clock }),
  });

/** The messages to Twilio. */
const sentTo = ({ messages }: { readonly messages: readonly object[] }) =>
  messages.flatMap((received) => ("message" in received ? [received.message as { readonly type: string }] : []));

describe("a call over ConversationRelay", () => {
  it("hears and is heard, and the events are as they were", async () => {
    const { report, of, clock, logger } = await relayCall([
      { say: "a room" },
      { waitFor: "agent-silence" },
      { hangUp: true },
    ]);
    expect(of("transcript")).toMatchObject([{ text: "a room", final: true, language: "en" }]);
    expect(of("turn-end")).toMatchObject([{ text: "a room", atMs: 1_200 }]);
    // Twilio tells that the voice begins, and that it ends: 800 and 1200 ms of words, and it is taken for over 200 ms later.
    expect(of("playback-start")).toMatchObject([{ atMs: 1_300 }]);
    expect(of("playback-end")).toMatchObject([{ atMs: 3_500, playedMs: 2_000 }]);
    expect(of("reply")).toMatchObject([{ heardText: "You said a room. Shall I book it for you?", outcome: "played" }]);
    expect(heardText(report)).toBe("You said a room. Shall I book it for you?");
    expect(of("call-end")).toMatchObject([{ reason: "caller-hangup" }]);
    expect([report.debuggerEvents, report.violations, clock.pendingTimers]).toEqual([[], [], 0]);
    expect(JSON.stringify(logger.lines)).not.toMatch(/room|\+91/u);
  });

  it("knows what was heard of a reply that the caller broke off", async () => {
    const { report, of } = await relayCall([
      { say: "a room" },
      { interruptAfterMs: 800, say: "wait please" },
      { waitFor: "agent-silence" },
      { hangUp: true },
    ]);
    expect(of("barge-in")).toMatchObject([
      { heardText: "You said a room. Shall", playedMs: 1_000, reason: "speech", atMs: 2_350 },
    ]);
    expect(heardText(report)).toBe("You said a room. Shall You said wait please. Shall I book it for you?");
    expect(of("reply").map(({ heardText: heard, outcome }) => [heard, outcome])).toEqual([
      ["You said a room. Shall", "interrupted"],
      ["You said wait please. Shall I book it for you?", "played"],
    ]);
  });

  it("tells partial prompts as interim transcripts", async () => {
    const { of } = await relayCall([{ say: "one two" }, { waitFor: "agent-silence" }, { hangUp: true }], {
      verb: { partialPrompts: true },
    });
    expect(of("transcript").map(({ text, final }) => [text, final])).toEqual([
      ["one", false],
      ["one two", false],
      ["one two", true],
    ]);
  });

  it("lets nobody interrupt what must be heard", async () => {
    const { of, report } = await relayCall(
      [{ interruptAfterMs: 400, say: "wait please" }, { waitFor: "agent-silence" }, { hangUp: true }],
      { agent: { greeting: { text: "this call is recorded for training", protected: true } } },
    );
    expect(of("barge-in")).toEqual([]);
    expect(of("reply")[0]).toMatchObject({ kind: "greeting", outcome: "played" });
    expect(report.spoken[0]).toMatchObject({ text: "this call is recorded for training", whole: true });
  });

  it("takes keys, also over its own voice, and is not interrupted by them unless it is to be", async () => {
    const script = [
      { say: "pin" },
      { waitFor: { heardMs: 400 } },
      { press: "12" },
      { waitFor: "agent-silence" },
      { hangUp: true },
    ] as const;
    const agent = withAnswers("please press the keys of your pin now");
    const heeding = await relayCall(script, { agent });
    expect(heeding.of("dtmf").map(({ digit }) => digit)).toEqual(["1", "2"]);
    expect(heeding.of("barge-in")).toEqual([]);
    const oneKey = script.map((step) => ("press" in step ? { press: "1" } : step));
    const cut = await relayCall(oneKey, {
      agent: withAnswers("please press the keys of your pin now"),
      verb: { interruptible: "any" },
    });
    expect(cut.of("barge-in")).toMatchObject([{ heardText: "please press", reason: "dtmf" }]);
    expect(cut.of("dtmf").map(({ digit }) => digit)).toEqual(["1"]);
    expect(cut.of("speech-start")).toHaveLength(1);
  });

  it("follows the caller's language", async () => {
    const { report, of } = await relayCall(
      [{ say: "mujhe hindi mein baat karni hai" }, { waitFor: "agent-silence" }, { hangUp: true }],
      { agent: withAnswers("ज़रूर, बताइए।") },
    );
    expect(of("language")).toMatchObject([{ from: "en", to: expect.stringMatching(/^hi/u) }]);
    expect(report.spoken[0]).toMatchObject({ language: "hi-IN" });
    expect(sentTo(report).find(({ type }) => type === "language")).toEqual({
      type: "language",
      ttsLanguage: "hi-IN",
      transcriptionLanguage: "hi-IN",
    });
  });

  it("ends behind its goodbye, and Twilio asks what comes next", async () => {
    const { report, of, after, clock } = await relayCall([{ say: "bye" }, { waitForEnd: true }]);
    expect(of("call-end")).toMatchObject([{ reason: "farewell" }]);
    expect(of("reply")).toMatchObject([{ kind: "goodbye", outcome: "played" }]);
    expect(report.spoken.map(({ whole }) => whole)).toEqual([true, true]);
    expect(after).toMatchObject([{ SessionStatus: "ended" }]);
    expect(clock.pendingTimers).toBe(0);
  });

  it("hands over behind what it is saying", async () => {
    const { report, after, of } = await relayCall([{ say: "a person" }, { waitForEnd: true }], {
      agent: withAnswers("I connect you now"),
      onLine: (line, session) => {
        session.on("playback-start", () => void line.handOff('{"to":"desk"}'));
      },
    });
    expect(report.spoken).toMatchObject([{ text: "I connect you now", whole: true }]);
    expect(after).toMatchObject([{ SessionStatus: "ended", HandoffData: '{"to":"desk"}' }]);
    expect(of("call-end")).toMatchObject([{ reason: "agent-end" }]);
  });

  it("presses keys", async () => {
    const { report } = await relayCall([{ say: "go" }, { waitFor: "agent-silence" }, { hangUp: true }], {
      onLine: (line, session) => {
        session.on("turn-end", () => line.sendDigits("1w2#"));
      },
    });
    expect(sentTo(report)).toContainEqual({ type: "sendDigits", digits: "1w2#" });
  });

  it.each<[string, object, object]>([
    ["the TwiML does not ask for speaker events", { debug: [] }, { speakerEvents: false }],
    ["they do not come", { debug: [] }, {}],
  ])("follows its voice by the clock if %s", async (_name, verb, relay) => {
    const { of, report, events } = await relayCall([{ say: "a room" }, { pauseMs: 9_000 }, { hangUp: true }], {
      verb,
      relay,
    });
    const [start] = of("playback-start");
    expect(start?.atMs).toBe("speakerEvents" in relay ? 1_700 : 3_800);
    // 40 characters at 67 ms, from 400 ms behind their sending on.
    expect(of("playback-end")).toMatchObject([{ atMs: 1_700 + 40 * 67, playedMs: 40 * 67 }]);
    expect(of("reply")).toMatchObject([{ outcome: "played" }]);
    expect(events.filter(({ type }) => type === "warning")).toHaveLength("speakerEvents" in relay ? 0 : 1);
    expect(report.violations).toEqual([]);
  });
});
