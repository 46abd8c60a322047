import { describe, expect, it } from "vitest";
import { resolveOptions } from "../../src/session/options.js";
import type { InterruptionPolicy } from "../../src/spec/index.js";
import { scriptedBrain, scriptedSpeechToText, scriptedTextToSpeech } from "../../src/testing/index.js";
import { answeredCall, RULES } from "./call.js";

const quiet = {
  transport: {
    specVersion: "v1",
    kind: "audio",
    name: "none",
    format: { type: "audio/pcmu", rate: 8000 },
    connect() {},
    sendAudio: () => true,
    sendMark() {},
    clear() {},
    hangUp: async () => {},
  },
  speechToText: scriptedSpeechToText(),
  brain: scriptedBrain(["yes"]),
  textToSpeech: scriptedTextToSpeech(),
} as const;

/** The agent answers; it is heard from 3100 ms on. */
function speaking(policy: InterruptionPolicy = "duck", more: Partial<typeof RULES.interruption> = {}) {
  const call = answeredCall({ interruption: { ...RULES.interruption, policy, ...more } })
    .says(1000, 2000, "what is the price")
    .at(3100, { type: "playback-start", generation: 1, voiceMs: 50 });
  call.heardWillBe({
    text: "It costs two lakh rupees.",
    heardText: "It costs",
    unheardText: "two lakh rupees.",
    playedMs: 900,
  });
  return call;
}

type Call = ReturnType<typeof speaking>;

const volumes = (call: Call) => call.actions("set-volume").map(({ atMs, volume, from }) => [atMs, volume, from]);
const stops = (call: Call) => call.actions("stop-reply").map(({ atMs }) => atMs);

function voice(call: Call, fromMs: number, voicedMs: number): Call {
  call.at(fromMs, { type: "speech-start" });
  for (let ms = 40; ms <= voicedMs; ms += 40) call.at(fromMs + ms, { type: "speech", voicedMs: ms });
  return call;
}

const silent = (call: Call, atMs: number) => call.at(atMs, { type: "speech-end", endedAtMs: atMs, speechMs: 300 });

function heard(call: Call, atMs: number, text: string, final = false): Call {
  const utteranceId = `utterance-${call.state.utteranceCount}`;
  const result = { type: "transcript" as const, final, text, utteranceId };
  return call.at(atMs, { type: "transcript", result });
}

const nothing = (call: Call, atMs: number) =>
  call.at(atMs, {
    type: "transcript",
    result: { type: "no-speech", utteranceId: `utterance-${call.state.utteranceCount}` },
  });

describe("the caller speaks over the agent, which ducks", () => {
  it("at once, in the same step", () => {
    expect(volumes(voice(speaking(), 4000, 0))).toEqual([[4000, "soft", "here"]]);
  });

  it("stands still while the voice goes on, and stops when it still goes on", () => {
    const call = voice(speaking(), 4000, 800);
    expect(volumes(call)).toEqual([
      [4000, "soft", "here"],
      [4280, "silent", "here"],
    ]);
    expect(stops(call)).toEqual([4720]);
    expect(call.events("barge-in")).toMatchObject([{ reason: "speech", heardText: "It costs" }]);
  });

  it.each([
    "ruko",
    "wait",
    "stop",
    "ek minute",
    "what is the warranty",
    "nahi chahiye",
    "haan lekin kitna",
    "मुझे नहीं चाहिए",
  ])("stops at the words %j, before the speech is over", (words) => {
    const call = heard(voice(speaking(), 4000, 240), 4250, words);
    expect(stops(call)).toEqual([4250]);
    expect(call.events("barge-in")).toMatchObject([{ reason: "words" }]);
  });

  it.each(["haan", "haan ji", "okay", "theek hai", "hmm", "हाँ"])(
    "goes on from where it is after %j, and nobody answers",
    (words) => {
      const call = silent(voice(speaking(), 4000, 200), 4400);
      heard(call, 4500, words, true);
      expect(volumes(call)).toEqual([
        [4000, "soft", "here"],
        [4500, "full", "here"],
      ]);
      call.until(8000).plays(8000, 9000);
      expect(stops(call)).toEqual([]);
      expect(call.events("backchannel")).toMatchObject([{ text: words, turnId: 2 }]);
      expect(call.events("turn-end")).toHaveLength(1);
      expect(call.actions("ask-brain")).toHaveLength(1);
    },
  );

  it("does not stand still for a long backchannel whose words are known", () => {
    const call = heard(voice(speaking(), 4000, 240), 4250, "haan");
    for (let ms = 280; ms <= 1000; ms += 40) call.at(4000 + ms, { type: "speech", voicedMs: ms });
    expect(volumes(call)).toEqual([[4000, "soft", "here"]]);
    expect(stops(call)).toEqual([]);
  });

  it("speaks on when words that only listen come while it stands still", () => {
    const call = heard(voice(speaking(), 4000, 320), 4330, "theek");
    expect(volumes(call)).toEqual([
      [4000, "soft", "here"],
      [4280, "silent", "here"],
      [4330, "soft", "here"],
    ]);
  });

  it("stops when more than a backchannel follows", () => {
    const call = heard(heard(voice(speaking(), 4000, 240), 4250, "haan"), 4600, "haan ek baat batao");
    expect(stops(call)).toEqual([4600]);
  });

  it("does not leave the line silent while the words are awaited", () => {
    const call = silent(voice(speaking(), 4000, 320), 4500);
    expect(volumes(call).at(-1)).toEqual([4500, "soft", "here"]);
  });

  it("goes on from the word where it ducked when there were no words: a cough", () => {
    const call = nothing(silent(voice(speaking(), 4000, 120), 4300), 4700);
    expect(volumes(call)).toEqual([
      [4000, "soft", "here"],
      [4700, "full", "ducked-word"],
    ]);
    expect(call.until(7000).events("turn-end")).toHaveLength(1);
  });

  it.each(["h", "u-"])("takes the half word %j for a cough", (words) => {
    const call = heard(silent(heard(voice(speaking(), 4000, 120), 4200, words), 4300), 4700, words, true);
    call.until(6000);
    expect(stops(call)).toEqual([]);
    expect(volumes(call).at(-1)).toEqual([4700, "full", "ducked-word"]);
    expect(call.events("backchannel")).toEqual([]);
    expect(call.events("turn-end")).toHaveLength(1);
  });

  it("goes on when the recogniser never answers", () => {
    const call = silent(voice(speaking(), 4000, 120), 4300).until(6400);
    expect(volumes(call).at(-1)).toEqual([6300, "full", "ducked-word"]);
  });

  it("takes a backchannel behind its last word for an answer", () => {
    const call = voice(speaking(), 4000, 200);
    call.at(4300, {
      type: "reply-over",
      generation: 1,
      failed: false,
      text: "Shall I book it?",
      heardText: "Shall I book it?",
      unheardText: "",
      playedMs: 1200,
    });
    heard(silent(call, 4400), 4500, "haan", true).until(6000);
    expect(call.events("turn-end")).toMatchObject([{ turnId: 1 }, { turnId: 2, text: "haan" }]);
    expect(call.events("backchannel")).toEqual([]);
  });

  it("ducks again for the next voice", () => {
    const call = nothing(silent(voice(speaking(), 4000, 120), 4300), 4400).until(5500);
    voice(call, 6000, 40);
    expect(volumes(call).map(([, volume]) => volume)).toEqual(["soft", "full", "soft"]);
  });
});

describe("the other policies", () => {
  it("immediate: stops at 240 ms of voice, without ducking", () => {
    const call = voice(speaking("immediate"), 4000, 400);
    expect([stops(call), volumes(call)]).toEqual([[4240], []]);
  });

  it("min-words: goes on as it is until two words that are no backchannel", () => {
    const call = voice(speaking("min-words"), 4000, 2000);
    heard(heard(heard(call, 6010, "haan"), 6020, "price"), 6030, "price kya");
    expect([stops(call), volumes(call)]).toEqual([[6030], []]);
  });

  it("min-words: stops at once when asked to", () => {
    expect(stops(heard(voice(speaking("min-words"), 4000, 200), 4210, "ruko"))).toEqual([4210]);
  });

  it("none: nothing stops it; what was said is answered afterwards", () => {
    const call = heard(silent(voice(speaking("none"), 4000, 2000), 6000), 6100, "ruko mujhe bolna hai", true).until(
      9000,
    );
    expect([stops(call), volumes(call), call.actions("ask-brain").length]).toEqual([[], [], 1]);
    call.plays(9000, 9100);
    expect(call.actions("ask-brain")).toMatchObject([{}, { atMs: 9100, question: { text: "ruko mujhe bolna hai" } }]);
  });

  it("none: a backchannel over it is not answered at all", () => {
    const call = heard(silent(voice(speaking("none"), 4000, 200), 4300), 4400, "haan", true).until(9000);
    expect(call.events("backchannel")).toHaveLength(1);
    call.plays(9000, 9100);
    expect(call.actions("ask-brain")).toHaveLength(1);
  });

  it("are a reply's own, if the brain says so", () => {
    const call = speaking();
    call.at(3200, { type: "reply-interruption", generation: 1, policy: "none" });
    expect(volumes(voice(call, 4000, 900))).toEqual([]);
    expect(stops(call)).toEqual([]);
  });

  it("are a line's own, if the app says so", () => {
    const call = answeredCall().at(1000, { type: "say", text: "This call is recorded.", interruption: "none" });
    call.at(1100, { type: "playback-start", generation: 1, voiceMs: 5 });
    expect(stops(voice(call, 1500, 900))).toEqual([]);
  });
});

describe("keys and the app", () => {
  it.each([
    [false, []],
    [true, [4000]],
  ])("dtmf %s: a key over the agent stops it at %j", (dtmf, at) => {
    const call = speaking("duck", { dtmf }).at(4000, { type: "dtmf", digit: "1" });
    expect(stops(call)).toEqual(at);
    expect(call.events("barge-in").map((event) => (event as unknown as { reason: string }).reason)).toEqual(
      dtmf ? ["dtmf"] : [],
    );
  });

  it("the app interrupts the agent, unless the reply is protected", () => {
    expect(stops(speaking().at(4000, { type: "interrupt" }))).toEqual([4000]);
    expect(stops(speaking("none").at(4000, { type: "interrupt" }))).toEqual([]);
  });
});

describe("a tool", () => {
  const call = { toolCallId: "t1", name: "book" };

  it("is told of as it starts and answers", () => {
    const started = speaking().at(3200, { type: "tool-call", generation: 1, input: { day: "Monday" }, ...call });
    started.at(3900, { type: "tool-result", generation: 1, output: "booked", ...call });
    expect(started.events("tool-call")).toEqual([
      { at: 3200, type: "tool-call", turnId: 1, input: { day: "Monday" }, ...call },
    ]);
    expect(started.events("tool-result")).toEqual([
      { at: 3900, type: "tool-result", turnId: 1, output: "booked", ...call },
    ]);
  });

  it("whose reply was interrupted is told to the brain with the next question, once", () => {
    const interrupted = heard(voice(speaking(), 4000, 240), 4250, "kuch aur batao");
    interrupted.at(4300, { type: "tool-result", generation: 1, output: "booked", ...call });
    heard(silent(interrupted, 5000), 5100, "kuch aur batao", true).until(7000);
    interrupted.plays(7000, 7500).says(8000, 9000, "theek hai aur kya").until(12_000);
    expect(interrupted.actions("ask-brain").map(({ question }) => question.lateToolResults)).toEqual([
      [],
      [{ ...call, output: "booked" }],
      [],
    ]);
  });
});

describe("the lists of words", () => {
  it("are the app's to change", () => {
    const { rules } = resolveOptions({
      ...quiet,
      interruption: { backchannels: { en: ["copy that"], hi: [] }, stopPhrases: { en: [], hi: ["thehro zara"] } },
    });
    const { isBackchannel, beginsBackchannel, isStopRequest } = rules.words;
    expect(["copy that", "haan"].map(isBackchannel)).toEqual([true, false]);
    expect(["copy", "theek"].map(beginsBackchannel)).toEqual([true, false]);
    expect(["thehro zara", "wait"].map(isStopRequest)).toEqual([true, false]);
  });
});
