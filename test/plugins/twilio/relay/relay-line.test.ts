import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  readRelayEnding,
  type TwilioConversationRelayOptions,
  twilioConversationRelay,
} from "../../../../src/plugins/twilio/relay/index.js";
import { readRelayMessage } from "../../../../src/plugins/twilio/relay/messages.js";
import type { SayRequest, SpeechTransportEvent } from "../../../../src/spec/index.js";
import { createVirtualClock, memoryLogger } from "../../../../src/testing/index.js";
import { FakeSocket } from "../fake-socket.js";

const SETUP = {
  type: "setup",
  sessionId: "VX1",
  accountSid: "AC1",
  parentCallSid: null,
  callSid: "CA1",
  from: "+919812345678",
  to: "+15005550006",
  forwardedFrom: "",
  callType: "PSTN",
  callerName: "",
  direction: "inbound",
  callStatus: "RINGING",
  customParameters: { token: "t", from: "+1999", plan: "gold" },
};

/** A line in the test's hands. */
function line(options: TwilioConversationRelayOptions = {}, begun = true) {
  const clock = createVirtualClock();
  const logger = memoryLogger();
  const socket = new FakeSocket();
  const events: SpeechTransportEvent[] = [];
  const relay = twilioConversationRelay(socket, { clock, logger, ...options });
  relay.connect((event) => events.push(event));
  if (begun) socket.arrive(SETUP);
  const of = (type: SpeechTransportEvent["type"]) => events.filter((event) => event.type === type);
  const speaks = (value: "on" | "off") => socket.arrive({ type: "info", name: "agentSpeaking", value, ts: 1 });
  const say = (text: string, more: Partial<SayRequest> = {}) =>
    relay.say({ generation: 1, text, language: "en", interruption: "duck", last: false, ...more });
  return { clock, logger, socket, events, of, relay, speaks, say };
}

const token = (text: string, more: object = {}) => ({ type: "text", token: text, last: false, lang: "en-IN", ...more });

describe("a line of ConversationRelay", () => {
  it("begins with Twilio's setup", async () => {
    const { events, relay } = line();
    const call = {
      callId: "CA1",
      direction: "inbound",
      from: "+919812345678",
      to: "+15005550006",
      parameters: { plan: "gold" },
    };
    expect(events).toEqual([{ type: "start", call }]);
    expect(await relay.started).toEqual({ call, sessionId: "VX1", accountSid: "AC1", token: "t" });
  });

  it("keeps what is said until it has begun", () => {
    const { socket, say, relay } = line({}, false);
    say("Hello.", { last: true });
    relay.setLanguage("hi");
    expect(socket.messages).toEqual([]);
    socket.arrive(SETUP);
    expect(socket.messages).toEqual([
      token("Hello. "),
      token("", { last: true }),
      { type: "language", ttsLanguage: "hi-IN", transcriptionLanguage: "hi-IN" },
    ]);
  });

  it("says what cannot be interrupted as such", () => {
    const { socket, say } = line();
    say("This call is recorded.", { interruption: "none", language: "hi" });
    say("", { interruption: "none", language: "hi", last: true });
    expect(socket.messages).toEqual([
      token("This call is recorded. ", { lang: "hi-IN", interruptible: false }),
      token("", { lang: "hi-IN", interruptible: false, last: true }),
    ]);
  });

  it("hands over three seconds ahead, and takes back the rest when it is stopped", async () => {
    const { socket, say, relay, clock, speaks } = line();
    const sentences = Array.from({ length: 6 }, (_, at) => `Sentence number ${at} has forty characters in.`);
    for (const text of sentences) say(text);
    say("", { last: true });
    // 43 units at 40 ms: the first two are handed over, and the next when less than three seconds are left.
    expect(socket.messages).toHaveLength(2);
    speaks("on");
    await clock.advance(1_000);
    expect(socket.messages).toHaveLength(3);
    const heard = relay.stop(1);
    expect(heard.heardText).toBe(sentences.slice(0, 3).join(" "));
    expect(socket.messages.at(-1)).toEqual(token("", { last: true }));
    await clock.advance(60_000);
    expect(socket.messages).toHaveLength(4);
    say("More?", { last: true });
    expect(socket.messages).toHaveLength(4);
  });

  it("does not take a silence between two sentences for the end", async () => {
    const { say, speaks, clock, of } = line();
    say("One.");
    say("Two.", { last: true });
    await clock.advance(300);
    speaks("on");
    await clock.advance(400);
    speaks("off");
    await clock.advance(150);
    speaks("on");
    await clock.advance(400);
    speaks("off");
    expect(of("playback-end")).toEqual([]);
    await clock.advance(200);
    expect(of("playback-end")).toEqual([{ type: "playback-end", generation: 1, playedMs: 800 }]);
  });

  it("takes a reply for over if Twilio does not tell that the voice has ended", async () => {
    const { say, speaks, clock, of } = line();
    say("Ten units.", { last: true });
    speaks("on");
    await clock.advance(670 + 4_999);
    expect(of("playback-end")).toEqual([]);
    await clock.advance(1);
    expect(of("playback-end")).toHaveLength(1);
  });

  it("tells an interruption once it knows what broke in", async () => {
    const { say, speaks, clock, events, socket } = line();
    say("A room costs five hundred.", { last: true });
    speaks("on");
    await clock.advance(600);
    speaks("off");
    socket.arrive({ type: "interrupt", utteranceUntilInterrupt: "A room", durationUntilInterruptMs: "600" });
    socket.arrive({ type: "prompt", voicePrompt: "Wait", lang: "hi-IN", last: true });
    expect(events.slice(2)).toEqual([
      { type: "interrupted", generation: 1, by: "speech", heardText: "A room", playedMs: 600 },
      { type: "transcript", result: { type: "transcript", final: true, text: "Wait", language: "hi" } },
      { type: "turn-end" },
    ]);
    await clock.advance(60_000);
    expect(events).toHaveLength(5);
  });

  it("goes by the clock if the report is of something else, and by Twilio's time if it tells no voice", async () => {
    const { say, clock, of, socket } = line({ speakerEvents: false });
    say("A room costs five hundred.", { last: true });
    await clock.advance(400 + 67 * 7);
    socket.arrive({ type: "interrupt", utteranceUntilInterrupt: "xyz", durationUntilInterruptMs: "460" });
    await clock.advance(50);
    expect(of("interrupted")).toEqual([
      { type: "interrupted", generation: 1, by: "speech", heardText: "A room", playedMs: 460 },
    ]);
  });

  it("tells of no interruption if nothing was being said, or it was stopped meanwhile", async () => {
    const { say, clock, of, socket, relay } = line();
    socket.arrive({ type: "interrupt", utteranceUntilInterrupt: "", durationUntilInterruptMs: "0" });
    say("A room costs five hundred.");
    socket.arrive({ type: "interrupt", utteranceUntilInterrupt: "A room" });
    expect(relay.stop(1)).toEqual({ heardText: "A room", playedMs: 0 });
    await clock.advance(1_000);
    expect(of("interrupted")).toEqual([]);
  });

  it("tells words that were not understood, and keys", () => {
    const { events, socket } = line();
    socket.arrive({ type: "prompt", voicePrompt: " ", last: true });
    socket.arrive({ type: "prompt", voicePrompt: "", last: false });
    socket.arrive({ type: "dtmf", digit: "#" });
    expect(events.slice(1)).toEqual([
      { type: "transcript", result: { type: "not-understood" } },
      { type: "turn-end" },
      { type: "dtmf", digit: "#" },
    ]);
  });

  it.each<[string, unknown]>([
    ["not JSON", "hello"],
    ["no object", "[1]"],
    ["without a type", "{}"],
    ["of an unknown type", '{"type":"weather"}'],
    ["a prompt without words", '{"type":"prompt","last":true}'],
    ["a key that is none", '{"type":"dtmf","digit":"12"}'],
    ["a second setup", JSON.stringify(SETUP)],
    ["binary", Uint8Array.of(1, 2)],
  ])("ignores and counts a message that is %s", (_name, raw) => {
    const { events, socket, relay } = line();
    socket.arriveRaw(raw as string, typeof raw !== "string");
    expect(relay.droppedCount).toBe(1);
    expect(events.slice(1)).toEqual([{ type: "warning", message: expect.any(String), count: 1 }]);
  });

  it("reads anything without throwing", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.uint8Array(),
          fc.anything().map((any) => JSON.stringify(any) ?? ""),
        ),
        (raw) => {
          expect(readRelayMessage(raw).type).toBeTypeOf("string");
        },
      ),
    );
  });

  it.each<[string, (socket: FakeSocket) => void, object]>([
    ["Twilio closes the socket", (socket) => socket.closed(1000), { reason: "caller-hangup" }],
    ["the socket breaks", (socket) => socket.closed(1006), { reason: "transport-lost", cause: expect.anything() }],
    [
      "the socket fails",
      (socket) => socket.failed(new Error("x")),
      { reason: "transport-lost", cause: expect.anything() },
    ],
    [
      "Twilio complains, and closes it",
      (socket) => {
        socket.arrive({ type: "error", description: "Unsupported voice" });
        socket.closed(1000);
      },
      {
        reason: "transport-lost",
        cause: expect.objectContaining({ message: expect.stringContaining("Unsupported voice") }),
      },
    ],
  ])("ends once when %s", async (_name, act, expected) => {
    const { socket, of, clock, say, relay } = line();
    say("Hello there.");
    act(socket);
    expect(of("end")).toEqual([{ type: "end", ...expected }]);
    await relay.hangUp();
    await clock.advance(60_000);
    expect([of("end").length, clock.pendingTimers, socket.listeners]).toEqual([1, 0, 0]);
  });

  it("does not log or tell what Twilio repeats of the agent's words", () => {
    const { socket, logger, events } = line();
    socket.arrive({
      type: "error",
      description: 'Invalid message received: {"token":"the secret plan"} +919812345678',
    });
    expect(JSON.stringify([logger.lines, events.slice(1)])).not.toMatch(/secret|91981/u);
    expect(logger.lines).toHaveLength(1);
  });

  it("refuses who does not begin", async () => {
    const { socket, of, clock, relay } = line({ startTimeoutMs: 2_000 }, false);
    await clock.advance(2_000);
    expect(of("end")).toMatchObject([{ reason: "transport-lost" }]);
    expect(socket.closes).toEqual([{ code: 1008, reason: "refused" }]);
    await expect(relay.started).rejects.toMatchObject({ code: "transport-failed" });
  });

  it("hangs up through the API if it can, behind what is being said", async () => {
    const asked: string[] = [];
    const { relay, clock, socket, say, speaks, of } = line({
      hangUp: async ({ call }) => {
        asked.push(call.callId);
        socket.closed(1000);
      },
    });
    say("Goodbye!", { last: true });
    speaks("on");
    const over = relay.hangUp();
    await clock.advance(500);
    expect(asked).toEqual([]);
    speaks("off");
    await clock.runUntilSettled(over);
    expect(asked).toEqual(["CA1"]);
    expect(of("end")).toEqual([{ type: "end", reason: "hung-up" }]);
    expect(clock.pendingTimers).toBe(0);
  });

  it("ends the session if the API fails, and the socket if nothing else helps", async () => {
    const { relay, clock, socket, of } = line({ hangUp: () => Promise.reject(new Error("no")) });
    await clock.runUntilSettled(relay.hangUp());
    expect(socket.messages).toEqual([{ type: "end" }]);
    expect(socket.closes).toEqual([{ code: 1000, reason: "done" }]);
    expect(clock.now()).toBe(2_000);
    expect(of("end")).toEqual([{ type: "end", reason: "hung-up" }]);
  });

  it("presses no keys that there are not", () => {
    const { relay } = line();
    expect(() => relay.sendDigits("12x")).toThrow(expect.objectContaining({ code: "invalid-request" }));
  });
});

describe("readRelayEnding", () => {
  it.each<[string, Record<string, string>, object | undefined]>([
    [
      "a handing over",
      { CallSid: "CA1", SessionId: "VX1", SessionStatus: "ended", SessionDuration: "42", HandoffData: "{}" },
      { callSid: "CA1", sessionId: "VX1", status: "ended", durationMs: 42_000, handoffData: "{}" },
    ],
    [
      "a failure",
      { CallSid: "CA1", SessionStatus: "failed", ErrorCode: "64105", ErrorMessage: "closed" },
      { callSid: "CA1", status: "failed", error: { code: "64105", message: "closed" } },
    ],
    ["another form", { CallSid: "CA1" }, undefined],
    ["a status that is not known", { CallSid: "CA1", SessionStatus: "melted" }, undefined],
  ])("reads %s", (_name, form, expected) => {
    expect(readRelayEnding(form)).toEqual(expected);
  });
});
