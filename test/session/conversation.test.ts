import { describe, expect, it } from "vitest";
import { step } from "../../src/session/conversation/index.js";
import { INITIAL_STATE } from "../../src/session/conversation/state.js";
import { DEFAULT_LINES } from "../../src/session/lines.js";
import type { InterruptionPolicy } from "../../src/spec/index.js";
import { answeredCall, conversation, RULES } from "./call.js";

const line = (
  name: "goodbye" | "apology" | "silenceGoodbye" | "limitGoodbye" | "failureGoodbye",
  language: "en" | "hi" = "en",
) => (DEFAULT_LINES[name] as { en: string; hi: string })[language];

describe("a turn", () => {
  it("is over after the silence of its language, counted from the end of the speech", () => {
    const call = answeredCall().says(1000, 2000, "what is the price").until(5000);
    expect(call.events("turn-end")).toEqual([
      { at: 2900, type: "turn-end", turnId: 1, text: "what is the price", language: "en", waitedMs: 900 },
    ]);
    expect(call.actions("ask-brain")).toMatchObject([
      { atMs: 2900, generation: 1, question: { kind: "caller", text: "what is the price" } },
    ]);
  });

  it("ends sooner in Hindi", () => {
    const call = answeredCall().says(1000, 2000, "kitna paisa lagega").until(5000);
    expect(call.events("turn-end")).toMatchObject([{ at: 2700, language: "hi" }]);
    expect(call.events("language")).toMatchObject([{ from: "en", to: "hi" }]);
  });

  it("is one turn when a pause splits it", () => {
    const call = answeredCall().says(1000, 2000, "I want to book").says(2600, 3200, "a site visit").until(8000);
    expect(call.events("turn-end")).toMatchObject([{ at: 4100, text: "I want to book a site visit" }]);
    expect(call.actions("ask-brain")).toHaveLength(1);
  });

  it("waits for a final transcript that is late, and no longer than told", () => {
    const late = answeredCall().says(1000, 2000, "yes please", 1500).until(9000);
    expect(late.events("turn-end")).toMatchObject([{ at: 3500, text: "yes please" }]);
    const never = answeredCall().at(1000, { type: "speech-start" });
    never.at(1500, {
      type: "transcript",
      result: { type: "transcript", final: false, utteranceId: "utterance-1", text: "yes" },
    });
    never.at(2000, { type: "speech-end", endedAtMs: 2000, speechMs: 1000 }).until(9000);
    expect(never.events("turn-end")).toMatchObject([{ at: 4000, text: "yes" }]);
  });

  it("is answered once when its final comes twice, and what comes for it later is dropped and told", () => {
    const again = { type: "transcript", final: true, utteranceId: "utterance-1", text: "what is the price" } as const;
    const call = answeredCall().says(1000, 2000, "what is the price");
    call.at(2200, { type: "transcript", result: again }).plays(3000, 4000);
    call.at(4100, { type: "transcript", result: { ...again, text: "what is a price" } }).until(7000);
    expect(call.actions("ask-brain")).toHaveLength(1);
    expect(call.events("transcript")).toHaveLength(1);
    expect(call.events("warning")).toMatchObject([{ code: "late-transcript" }]);
  });

  it("is nothing when there were no words in it", () => {
    const call = answeredCall().at(1000, { type: "speech-start" });
    call.at(1200, { type: "speech-end", endedAtMs: 1200, speechMs: 200 });
    call.at(1300, { type: "transcript", result: { type: "no-speech", utteranceId: "utterance-1" } }).until(5000);
    expect(call.events("turn-end")).toEqual([]);
    expect(call.state).toMatchObject({ phase: "listening", turn: undefined, history: [] });
  });

  it("asks the brain what to do when nothing was understood", () => {
    const call = answeredCall().at(1000, { type: "speech-start" });
    call.at(2000, { type: "speech-end", endedAtMs: 2000, speechMs: 1000 });
    call.at(2100, { type: "transcript", result: { type: "not-understood", utteranceId: "utterance-1" } }).until(5000);
    expect(call.actions("ask-brain")).toMatchObject([{ question: { kind: "not-understood", text: "" } }]);
  });

  it("goes on when the caller does before the answer is heard; the first answer is dropped without trace", () => {
    const call = answeredCall().says(1000, 2000, "I want to book").says(3200, 4000, "for tomorrow").until(6000);
    expect(call.actions("hold-reply")).toMatchObject([{ atMs: 3200, generation: 1 }]);
    expect(call.actions("stop-reply")).toMatchObject([{ atMs: 4100, generation: 1 }]);
    expect(call.events("reply")).toMatchObject([{ generation: 1, outcome: "dropped" }]);
    expect(call.actions("ask-brain").map(({ question }) => [question.turnId, question.text])).toEqual([
      [1, "I want to book"],
      [1, "I want to book for tomorrow"],
    ]);
    expect(call.state.history.filter(({ role }) => role === "caller")).toMatchObject([
      { text: "I want to book for tomorrow" },
    ]);
  });

  it("keeps its answer when what came was only noise", () => {
    const call = answeredCall().says(1000, 2000, "hello there").at(3000, { type: "speech-start" });
    call.at(3200, { type: "speech-end", endedAtMs: 3200, speechMs: 200 });
    call.at(3300, { type: "transcript", result: { type: "no-speech", utteranceId: "utterance-2" } }).until(5000);
    expect(call.actions("hold-reply")).toHaveLength(1);
    expect(call.actions("release-reply")).toMatchObject([{ generation: 1 }]);
    expect(call.actions("stop-reply")).toEqual([]);
  });

  it("is another turn when the answer was heard before the caller went on", () => {
    const call = answeredCall().says(1000, 2000, "hello there").at(3000, { type: "speech-start" });
    call.at(3000, { type: "playback-start", generation: 1, voiceMs: 100 });
    call.at(4000, { type: "speech-end", endedAtMs: 4000, speechMs: 1000 });
    call.at(4100, { type: "transcript", result: { type: "transcript", final: true, text: "kitna paisa" } }).until(6000);
    expect(call.events("turn-end")).toMatchObject([
      { turnId: 1, text: "hello there" },
      { turnId: 2, text: "kitna paisa" },
    ]);
  });

  it("gets no second answer when the first is stopped and nothing was added", () => {
    const call = answeredCall().says(1000, 2000, "hello there").at(3000, { type: "speech-start" });
    call.at(3000, { type: "playback-start", generation: 1, voiceMs: 100 });
    call.at(3100, { type: "interrupt" }).at(3200, { type: "end-turn" }).until(6000);
    expect(call.actions("ask-brain")).toHaveLength(1);
  });

  it("that never ends is ended", () => {
    const call = answeredCall({ limits: { ...RULES.limits, turnMs: 10_000 } }).at(1000, { type: "speech-start" });
    call.at(9000, {
      type: "transcript",
      result: { type: "transcript", final: false, utteranceId: "utterance-1", text: "and then" },
    });
    call.until(20_000);
    expect(call.events("turn-end")).toMatchObject([{ at: 13_000, text: "and then" }]);
  });
});

describe("an interruption", () => {
  const speaking = (policy: InterruptionPolicy = "duck") =>
    answeredCall({ interruption: { ...RULES.interruption, policy } })
      .says(1000, 2000, "what is the price")
      .at(3100, { type: "playback-start", generation: 1, voiceMs: 50 });

  it("stops the agent once the caller has spoken long enough, and keeps what was heard", () => {
    const call = speaking();
    call.heardWillBe({
      text: "It costs two lakh rupees.",
      heardText: "It costs",
      unheardText: "two lakh rupees.",
      playedMs: 900,
    });
    call.says(4000, 5000, "too expensive");
    expect(call.actions("stop-reply")).toMatchObject([{ atMs: 4720, generation: 1 }]);
    expect(call.events("barge-in")).toMatchObject([
      { at: 4720, heardText: "It costs", playedMs: 900, reason: "speech" },
    ]);
    call.until(6000);
    expect(call.state.history).toEqual([
      { role: "caller", turnId: 1, text: "what is the price", language: "en" },
      { role: "agent", turnId: 1, text: "It costs", language: "en", interrupted: true },
      { role: "caller", turnId: 2, text: "too expensive", language: "en" },
    ]);
    expect(call.actions("ask-brain")).toHaveLength(2);
  });

  it("that was a short noise does not stop the agent", () => {
    const call = speaking().at(4000, { type: "speech-start" });
    call.at(4150, { type: "speech-end", endedAtMs: 4150, speechMs: 150 });
    call.at(4200, { type: "transcript", result: { type: "no-speech", utteranceId: "utterance-2" } }).until(6000);
    expect(call.actions("stop-reply")).toEqual([]);
  });

  it("that stopped the agent and brought no words is a false alarm: the rest is said", () => {
    const call = speaking("immediate");
    call.heardWillBe({
      text: "It costs two lakh rupees.",
      heardText: "It costs",
      unheardText: "two lakh rupees.",
      playedMs: 900,
    });
    call.at(4000, { type: "speech-start" }).at(4240, { type: "speech", voicedMs: 240 });
    call.at(4600, { type: "speech-end", endedAtMs: 4600, speechMs: 600 });
    call.at(4700, { type: "transcript", result: { type: "no-speech", utteranceId: "utterance-2" } }).until(6000);
    expect(call.actions("speak")).toMatchObject([{ atMs: 5500, text: "two lakh rupees." }]);
  });

  it("does not stop a protected greeting; what was said meanwhile is answered afterwards", () => {
    const call = conversation({
      greeting: { text: { en: "This call is recorded.", hi: "यह कॉल रिकॉर्ड हो रही है।" }, interruption: "none" },
    });
    call.at(0, { type: "call-start", call: { callId: "CA1", direction: "inbound", parameters: {} } });
    call
      .at(100, { type: "playback-start", generation: 1, voiceMs: 50 })
      .says(500, 1500, "hello who is this")
      .until(4000);
    expect(call.actions("stop-reply")).toEqual([]);
    expect(call.actions("ask-brain")).toEqual([]);
    call.at(4000, {
      type: "reply-over",
      generation: 1,
      failed: false,
      text: "",
      heardText: "This call is recorded.",
      unheardText: "",
      playedMs: 3900,
    });
    expect(call.actions("ask-brain")).toMatchObject([{ atMs: 4000, question: { text: "hello who is this" } }]);
  });

  it("is what words are, though voice activity heard nothing", () => {
    const call = speaking();
    call
      .at(4000, { type: "transcript", result: { type: "transcript", final: true, text: "wait a moment" } })
      .until(6000);
    expect(call.events("barge-in")).toMatchObject([{ at: 4000, reason: "words" }]);
    expect(call.actions("ask-brain")).toHaveLength(2);
  });
});

describe("the end", () => {
  it("follows a farewell: the goodbye is heard out, the line is cut, and the call is over once", () => {
    const call = answeredCall().says(1000, 1500, "okay bye").until(2400);
    expect(call.actions("ask-brain")).toEqual([]);
    expect(call.actions("speak")).toMatchObject([{ text: line("goodbye") }]);
    call.at(2500, { type: "playback-start", generation: 1, voiceMs: 50 }).says(2600, 3400, "no wait one thing");
    expect(call.actions("stop-reply")).toEqual([]);
    call.plays(3600, 5000, line("goodbye"));
    expect(call.actions("hang-up")).toMatchObject([{ atMs: 5000 }]);
    call
      .at(5050, { type: "transport-end", reason: "hung-up" })
      .at(5060, { type: "transport-end", reason: "transport-lost" });
    expect(call.events("call-end")).toEqual([{ at: 5050, type: "call-end", reason: "farewell", durationMs: 5050 }]);
    expect(call.actions("close")).toHaveLength(1);
  });

  it("comes even if the goodbye is never heard out and the carrier never answers", () => {
    const unheard = answeredCall().says(1000, 1500, "bye").until(60_000);
    expect(unheard.actions("hang-up")).toMatchObject([{ atMs: 2400 + 6000 }]);
    expect(unheard.events("call-end")).toMatchObject([{ at: 2400 + 6000 + 3000, reason: "farewell" }]);
    const endless = answeredCall()
      .says(1000, 1500, "bye")
      .at(2500, { type: "playback-start", generation: 1, voiceMs: 50 });
    endless.until(60_000);
    expect(endless.actions("hang-up")).toMatchObject([{ atMs: 2400 + 15_000 }]);
    expect(endless.events("call-end")).toMatchObject([{ at: 2400 + 15_000 + 3000, reason: "farewell" }]);
  });

  it("is the caller's when the caller hangs up, and keeps the words that were open", () => {
    const call = answeredCall()
      .says(1000, 2000, "what is the price")
      .at(3100, { type: "playback-start", generation: 1, voiceMs: 50 });
    call.says(3200, 3400, "too much", 10).at(3450, { type: "transport-end", reason: "caller-hangup" });
    expect(call.events("call-end")).toMatchObject([{ at: 3450, reason: "caller-hangup" }]);
    expect(call.events("reply")).toHaveLength(1);
    expect(call.state.history.at(-1)).toMatchObject({ role: "caller", text: "too much" });
  });

  it("comes after the silence prompts, in the caller's language", () => {
    const call = answeredCall({ language: "hi" });
    call.until(8000).plays(8100, 9000).until(17_000).plays(17_100, 18_000).until(26_000).plays(26_100, 28_000);
    expect(call.actions("speak").map(({ atMs, text }) => [atMs, text])).toEqual([
      [8000, "क्या आप सुन रहे हैं?"],
      [17_000, "मुझे आपकी आवाज़ नहीं आ रही। कुछ कहिए।"],
      [26_000, line("silenceGoodbye", "hi")],
    ]);
    call.at(28_100, { type: "transport-end", reason: "hung-up" });
    expect(call.events("call-end")).toMatchObject([{ reason: "silence" }]);
  });

  it("comes at the call's longest length", () => {
    const call = answeredCall({ limits: { ...RULES.limits, callMs: 5000 } })
      .until(5000)
      .plays(5100, 6000);
    expect(call.actions("speak")).toMatchObject([{ atMs: 5000, text: line("limitGoodbye") }]);
    call.at(6100, { type: "transport-end", reason: "hung-up" });
    expect(call.events("call-end")).toMatchObject([{ reason: "time-limit" }]);
  });

  it("is the brain's when it asks: behind its words", () => {
    const call = answeredCall()
      .says(1000, 2000, "not interested at all")
      .at(3000, { type: "reply-ends-call", generation: 1 });
    expect(call.actions("hang-up")).toEqual([]);
    call.plays(3100, 4000);
    expect(call.actions("hang-up")).toMatchObject([{ atMs: 4000 }]);
  });
});

describe("a failure", () => {
  it("of a reply is an apology, and of the next one in a row the end", () => {
    const failed = { type: "reply-over", failed: true, text: "", heardText: "", unheardText: "", playedMs: 0 } as const;
    const call = answeredCall()
      .says(1000, 2000, "what is the price")
      .at(3000, { ...failed, generation: 1 });
    expect(call.actions("speak")).toMatchObject([{ atMs: 3000, text: line("apology") }]);
    call
      .plays(3100, 4000)
      .says(5000, 6000, "the price please")
      .at(7000, { ...failed, generation: 3 });
    expect(call.actions("speak").at(-1)).toMatchObject({ atMs: 7000, text: line("failureGoodbye") });
    call.plays(7100, 9000).at(9100, { type: "transport-end", reason: "hung-up" });
    expect(call.events("call-end")).toMatchObject([{ reason: "error" }]);
  });

  it("is a reply that is not heard in time", () => {
    const call = answeredCall()
      .says(1000, 2000, "what is the price")
      .until(2900 + 6000);
    expect(call.actions("stop-reply")).toMatchObject([{ atMs: 8900, generation: 1 }]);
    expect(call.actions("speak")).toMatchObject([{ atMs: 8900, text: line("apology") }]);
  });

  it("of speech-to-text ends the call politely", () => {
    const call = answeredCall().at(500, { type: "hearing-failed" });
    expect(call.actions("speak")).toMatchObject([{ text: line("failureGoodbye") }]);
  });
});

describe("what the brain remembers", () => {
  it("counts once its reply is heard, and not if the reply is dropped", () => {
    const call = answeredCall()
      .says(1000, 2000, "I want to book")
      .at(2950, { type: "reply-memory", generation: 1, value: "dropped" });
    call
      .says(3200, 4000, "for tomorrow")
      .until(5000)
      .at(5000, { type: "reply-memory", generation: 2, value: { day: "tomorrow" } });
    expect(call.state.memory).toBeUndefined();
    call.plays(5100, 6000).says(7000, 8000, "thanks a lot friend").until(9000);
    expect(call.actions("ask-brain").at(-1)?.question.memory).toEqual({ day: "tomorrow" });
  });
});

describe("replay", () => {
  it("gives the same actions for the same inputs, through JSON", () => {
    const call = answeredCall()
      .says(1000, 2000, "I want to book")
      .says(3200, 4000, "for tomorrow")
      .until(5000)
      .plays(5100, 6000);
    call
      .says(7000, 7500, "bye")
      .until(9000)
      .plays(9100, 10_000)
      .at(10_100, { type: "transport-end", reason: "hung-up" });
    let state = INITIAL_STATE;
    const actions = (JSON.parse(JSON.stringify(call.inputs)) as typeof call.inputs).flatMap((input) => {
      const next = step(state, input, RULES);
      state = JSON.parse(JSON.stringify(next.state)) as typeof state;
      return next.actions;
    });
    expect(JSON.stringify(actions)).toBe(JSON.stringify(call.log.map(({ action }) => action)));
  });
});
