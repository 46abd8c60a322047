import { describe, expect, it } from "vitest";
import { decodeMulaw, encodeMulaw, MULAW_8K, PCM_24K, silence } from "../../../src/audio/index.js";
import type { AudioFormat, BrainTurn, CallInfo, SpeechChunk, TranscriptResult } from "../../../src/spec/index.js";
import {
  createVirtualClock,
  decodeWords,
  memoryLogger,
  type ScriptedSpeechToTextOptions,
  type ScriptedTextToSpeechOptions,
  scriptedBrain,
  scriptedSpeechToText,
  scriptedTextToSpeech,
  scriptedVoiceActivityDetector,
  type VirtualClock,
} from "../../../src/testing/index.js";
import { codedSpeech } from "../../../src/testing/scripted/coded-speech.js";

const call: CallInfo = { callId: "a", direction: "inbound", parameters: {} };
const mulawOf = (text: string) => Buffer.concat(codedSpeech(text, 0, 200).map(({ samples }) => encodeMulaw(samples)));

/** What a stream gives, and when. */
async function timed<T>(clock: VirtualClock, stream: AsyncIterable<T>): Promise<(readonly [number, T])[]> {
  const items: (readonly [number, T])[] = [];
  for await (const item of stream) items.push([clock.now(), item]);
  return items;
}

describe("the scripted recogniser", () => {
  /** Two utterances, from 0 to 400 ms and from 1,000 to 1,200 ms. */
  async function listen(options: ScriptedSpeechToTextOptions) {
    const clock = createVirtualClock();
    const abort = new AbortController();
    const listening = { call, format: MULAW_8K, language: "en", signal: abort.signal } as const;
    const stream = await scriptedSpeechToText({ clock, ...options }).doListen(listening);
    const results = timed(clock, stream.results);
    const say = (atMs: number, words: readonly string[], id: string) => {
      clock.setTimer(() => stream.speechStart(id), atMs);
      for (const [place, word] of words.entries())
        clock.setTimer(() => stream.write(mulawOf(word)), atMs + 200 * (place + 1));
      clock.setTimer(() => stream.speechEnd(id), atMs + 200 * words.length);
    };
    stream.write(silence(MULAW_8K, 200));
    say(0, ["do", "kamre"], "u1");
    say(1_000, ["haan"], "u2");
    clock.setTimer(() => void stream.close(), 3_000);
    const all = await clock.runUntilSettled(results);
    expect(clock.pendingTimers).toBe(0);
    return all;
  }

  const final = (utteranceId: string, text: string) =>
    ({ type: "transcript", final: true, text, utteranceId }) satisfies TranscriptResult;
  const interim = (utteranceId: string, text: string) => ({ ...final(utteranceId, text), final: false });

  it.each<[string, ScriptedSpeechToTextOptions, (readonly [number, TranscriptResult])[]]>([
    [
      "reads the words in the sound",
      {},
      [
        [400, final("u1", "do kamre")],
        [1200, final("u2", "haan")],
      ],
    ],
    [
      "takes its time",
      { delayMs: 150 },
      [
        [550, final("u1", "do kamre")],
        [1350, final("u2", "haan")],
      ],
    ],
    [
      "tells the words so far",
      { interim: true },
      [
        [200, interim("u1", "do")],
        [400, interim("u1", "do kamre")],
        [400, final("u1", "do kamre")],
        [1200, interim("u2", "haan")],
        [1200, final("u2", "haan")],
      ],
    ],
    [
      "does not tell the utterance",
      { tellsUtterance: false, utterances: ["one"] },
      [
        [400, { type: "transcript", final: true, text: "one" }],
        [1200, { type: "transcript", final: true, text: "haan" }],
      ],
    ],
    [
      "says what it is told, late, split and twice",
      { utterances: [{ text: ["two", "rooms"], delayMs: 900, copies: 2, language: "en", confidence: 0.4 }, "yes"] },
      [
        [1200, final("u2", "yes")],
        ...["two", "two", "rooms", "rooms"].map(
          (text) => [1300, { ...final("u1", text), language: "en", confidence: 0.4 }] as const,
        ),
      ],
    ],
    [
      "changes its mind",
      {
        utterances: [
          {
            interims: [
              { afterMs: 100, text: "door" },
              { afterMs: 300, text: "do cam" },
            ],
          },
        ],
      },
      [
        [100, interim("u1", "door")],
        [300, interim("u1", "do cam")],
        [400, final("u1", "do kamre")],
        [1200, final("u2", "haan")],
      ],
    ],
    [
      "understands nothing, or hears no speech",
      { utterances: [{ outcome: "not-understood" }, { outcome: "no-speech" }] },
      [
        [400, { type: "not-understood", utteranceId: "u1" }],
        [1200, { type: "no-speech", utteranceId: "u2" }],
      ],
    ],
    ["never answers", { utterances: [{ outcome: "none" }, { outcome: "none" }] }, []],
    [
      "hears nothing where nothing is",
      { utterances: [{ text: "" }] },
      [
        [400, { type: "no-speech", utteranceId: "u1" }],
        [1200, final("u2", "haan")],
      ],
    ],
  ])("%s", async (_, options, expected) => {
    expect(await listen(options)).toEqual(expected);
  });

  it("says nothing any more once it is closed or aborted", async () => {
    const clock = createVirtualClock();
    const abort = new AbortController();
    const options = { call, format: MULAW_8K, language: "en", signal: abort.signal } as const;
    const plugin = scriptedSpeechToText({ clock, utterances: ["a", "b"], delayMs: 100 });
    const [closed, aborted] = [await plugin.doListen(options), await plugin.doListen(options)];
    for (const stream of [closed, aborted]) {
      stream.speechStart("u");
      stream.speechEnd("u");
    }
    expect(clock.pendingTimers).toBe(2);
    await closed.close();
    expect(clock.pendingTimers).toBe(1);
    abort.abort(new Error("over"));
    expect(clock.pendingTimers).toBe(0);
    expect(await timed(clock, closed.results)).toEqual([]);
    await expect(timed(clock, aborted.results)).rejects.toThrow("over");
  });

  it("fails when it is told to", async () => {
    await expect(listen({ utterances: [{ error: new Error("gone") }] })).rejects.toThrow("gone");
    await expect(listen({ openError: new Error("not there") })).rejects.toThrow("not there");
  });
});

describe("the scripted voice", () => {
  async function speak(options: ScriptedTextToSpeechOptions, text = "namaste dost", format: AudioFormat = MULAW_8K) {
    const clock = createVirtualClock();
    const abort = new AbortController();
    clock.setTimer(() => abort.abort(new Error("enough")), 5_000);
    const voice = scriptedTextToSpeech({ clock, ...options });
    const request = { text, language: "en", format, signal: abort.signal } as const;
    return clock.runUntilSettled(timed<SpeechChunk>(clock, voice.doSpeak(request)));
  }

  it("gives a chunk a word, when it is told to", async () => {
    const chunks = await speak({ wordMs: 300, firstByteMs: 120, betweenChunksMs: 30 });
    expect(chunks.map(([atMs, { audio, words }]) => [atMs, audio.length, words])).toEqual([
      [120, 2400, undefined],
      [150, 2400, undefined],
    ]);
    expect(
      decodeWords(decodeMulaw(Buffer.concat(chunks.map(([, { audio }]) => audio)))).map(({ text }) => text),
    ).toEqual(["namaste", "dost"]);
  });

  it("tells where words stand, and cuts its sound anywhere", async () => {
    const chunks = await speak({ wordTimings: true, chunkBytes: 1001 }, "  namaste  dost", PCM_24K);
    expect(chunks.flatMap(([, { words }]) => words)).toEqual([
      { textStart: 2, textEnd: 9, startMs: 0, endMs: 200 },
      { textStart: 11, textEnd: 15, startMs: 200, endMs: 400 },
    ]);
    const lengths = chunks.map(([, { audio }]) => audio.length);
    expect(new Set(lengths.slice(0, -1))).toEqual(new Set([1001]));
    expect(lengths.reduce((sum, length) => sum + length)).toBe(0.4 * 24_000 * 2);
  });

  it("says the same text always the same", async () => {
    expect(await speak({})).toEqual(await speak({}));
  });

  it.each([
    [0, { error: new Error("down") }, "down"],
    [1, { afterChunks: 1, error: new Error("down") }, "down"],
    [2, { afterChunks: 2, error: new Error("down") }, "down"],
    [2, { afterChunks: 9, error: new Error("down") }, "down"],
    [1, { afterChunks: 1, stall: true }, "enough"],
  ] as const)("goes wrong after %i chunks, when it is told to", async (count, fault, message) => {
    const clock = createVirtualClock();
    const abort = new AbortController();
    const stream = scriptedTextToSpeech({ clock, fault: () => fault }).doSpeak({
      text: "namaste dost",
      language: "en",
      format: MULAW_8K,
      signal: abort.signal,
    });
    clock.setTimer(() => abort.abort(new Error("enough")), 100);
    let chunks = 0;
    const reading = (async () => {
      for await (const { audio } of stream) chunks += audio.length > 0 ? 1 : 0;
    })();
    await expect(clock.runUntilSettled(reading)).rejects.toThrow(message);
    expect(chunks).toBe(count);
  });

  it.each([0, 15, 2560, Number.NaN])("refuses words of %d ms", (wordMs) => {
    expect(() => scriptedTextToSpeech({ wordMs })).toThrow(`wordMs is ${wordMs}`);
  });
});

describe("the scripted brain", () => {
  const turn = (more: Partial<BrainTurn> = {}): BrainTurn => ({
    call,
    turnId: 1,
    kind: "caller",
    text: "hello",
    language: "en",
    history: [],
    lateToolResults: [],
    memory: undefined,
    ...more,
  });

  it("replies turn by turn in each call, the last one over and over", async () => {
    const brain = scriptedBrain(["one", "two"]);
    const reply = async (asked: BrainTurn) => {
      const parts = await timed(createVirtualClock(), brain.doReply(asked, { signal: new AbortController().signal }));
      return parts.map(([, part]) => (part.type === "text" ? part.text : part.type));
    };
    const other = { ...call, callId: "b" };
    expect([await reply(turn()), await reply(turn({ call: other })), await reply(turn()), await reply(turn())]).toEqual(
      [["one"], ["one"], ["two"], ["two"]],
    );
  });

  it("waits, gives parts, stalls and fails as it is told", async () => {
    const clock = createVirtualClock();
    const signal = new AbortController().signal;
    const brain = scriptedBrain(
      ({ text }) => (text === "fail" ? [{ error: new Error("down") }] : ["a", { waitMs: 70 }, { type: "end-call" }]),
      { clock },
    );
    expect(await clock.runUntilSettled(timed(clock, brain.doReply(turn(), { signal })))).toEqual([
      [0, { type: "text", text: "a" }],
      [70, { type: "end-call" }],
    ]);
    await expect(timed(clock, brain.doReply(turn({ text: "fail" }), { signal }))).rejects.toThrow("down");
    const abort = new AbortController();
    const stalled = timed(clock, scriptedBrain([[{ stall: true }]]).doReply(turn(), { signal: abort.signal }));
    clock.setTimer(() => abort.abort(new Error("enough")), 10);
    await expect(clock.runUntilSettled(stalled)).rejects.toThrow("enough");
  });
});

describe("the scripted voice activity detector", () => {
  it("is sure after some frames, and lets go after some", () => {
    const stream = scriptedVoiceActivityDetector({ onsetFrames: 2, hangoverFrames: 3 }).doDetect();
    const frame = (level: number) => new Int16Array(160).fill(level);
    const answers = [...".#.##..#....#"].map((sign) => stream.process(frame(sign === "#" ? 1_000 : 100)));
    expect(answers.map((speaking) => (speaking ? "#" : ".")).join("")).toBe("....######...");
    expect(stream.probability).toBe(1);
  });

  it("takes its threshold, rate and frame", () => {
    const detector = scriptedVoiceActivityDetector({ thresholdDbfs: -60, rate: 16000 });
    expect([detector.rate, detector.frameSamples]).toEqual([16000, 320]);
    expect(detector.doDetect().process(new Int16Array(320).fill(100))).toBe(true);
  });
});

describe("the logger in memory", () => {
  it("keeps lines with all fields they went through", () => {
    const logger = memoryLogger();
    logger.child({ callId: "a" }).child({ turnId: 1 }).warn({ text: "x" }, "odd");
    expect(logger.lines).toEqual([{ level: "warn", message: "odd", fields: { callId: "a", turnId: 1, text: "x" } }]);
  });
});
