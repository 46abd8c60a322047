import { describe, expect, it } from "vitest";
import { decodeMulaw, encodeMulaw, MULAW_8K, writeWav } from "../../src/audio/index.js";
import type { BrainTurn, TextToSpeech } from "../../src/spec/index.js";
import { heardText, scriptedSpeechToText, scriptedTextToSpeech } from "../../src/testing/index.js";
import { wholeCall } from "../session/whole-call.js";

const INTERIM = { speechToText: scriptedSpeechToText({ interim: true }) };
const LONG = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen";

describe("interruption", () => {
  it("is counted, and the brain is told what was heard", async () => {
    const turns: BrainTurn[] = [];
    const { of } = await wholeCall(
      [
        { pauseMs: 300 },
        { say: "tell me more" },
        { interruptAfterMs: 1500, say: "no wait listen" },
        { waitFor: "agent-silence" },
        { hangUp: true },
      ],
      {
        ...INTERIM,
        turns: { speculativeStart: false },
        brain: (turn) => {
          turns.push(turn);
          return turn.turnId === 1 ? LONG : "fine";
        },
      },
    );
    const [bargeIn] = of("barge-in");
    expect(of("barge-in")).toHaveLength(1);
    expect(turns.at(-1)?.history.at(-1)).toEqual({
      role: "agent",
      turnId: 1,
      text: bargeIn?.heardText,
      language: "en",
      interrupted: true,
    });
    expect(LONG.startsWith(bargeIn?.heardText ?? "?")).toBe(true);
  });

  it("works from the first sound of the greeting", async () => {
    const { of } = await wholeCall([{ interruptAfterMs: 100, say: "stop stop" }, { pauseMs: 4000 }, { hangUp: true }], {
      ...INTERIM,
      greeting: LONG,
    });
    expect(of("barge-in")).toMatchObject([{ generation: 1 }]);
    expect(of("barge-in")[0]?.playedMs).toBeLessThan(1200);
  });

  it("works in the second half of a reply, when all of it has been sent", async () => {
    const { of } = await wholeCall(
      [
        { pauseMs: 300 },
        { say: "tell me more" },
        { interruptAfterMs: 3000, say: "no wait listen" },
        { waitFor: "agent-silence" },
        { hangUp: true },
      ],
      { ...INTERIM, brain: ({ turnId }) => (turnId === 1 ? LONG : "fine") },
    );
    expect(of("barge-in")[0]?.playedMs).toBeGreaterThan(3000);
  });

  it("is not what a burst of noise of 20 ms is", async () => {
    const burst = writeWav({
      format: MULAW_8K,
      channels: 1,
      data: encodeMulaw(Int16Array.from({ length: 160 }, (_, at) => ((at * 7919) % 24_000) - 12_000)),
    });
    const { report, of } = await wholeCall(
      [
        { pauseMs: 300 },
        { say: "tell me more" },
        { waitFor: { heardMs: 1500 } },
        { sayWav: burst },
        { waitFor: "agent-silence" },
        { hangUp: true },
      ],
      { brain: () => LONG },
    );
    expect(of("barge-in")).toEqual([]);
    expect(heardText(report)).toMatch(/thirteen fourteen fifteen sixteen$/);
    expect(of("reply")).toMatchObject([{ outcome: "played", heardText: LONG }]);
  });

  it("clears the line under the stream's own id: the carrier drops what it had", async () => {
    const { report } = await wholeCall(
      [
        { pauseMs: 300 },
        { say: "tell me more" },
        { interruptAfterMs: 1500, say: "no wait listen" },
        { waitFor: "agent-silence" },
        { hangUp: true },
      ],
      { ...INTERIM, brain: ({ turnId }) => (turnId === 1 ? LONG : "fine") },
    );
    expect(report.violations).toEqual([]);
    const clears = report.messages.filter((message) => message.event === "clear");
    expect(clears.some((message) => message.event === "clear" && message.droppedMs > 1000)).toBe(true);
    expect(heardText(report)).not.toContain("sixteen");
  });

  it("µ-law has 256 codes, all of them right", () => {
    const samples = decodeMulaw(Uint8Array.from({ length: 256 }, (_, code) => code));
    // Two codes, 0x7f and 0xff, stand for zero.
    expect(new Set(samples).size).toBe(255);
    expect([...encodeMulaw(samples)].filter((code, at) => code !== at)).toEqual([0xff]);
  });

  it("what waits for a speech-to-text that never opens does not grow with the call", async () => {
    let givenBytes = 0;
    await wholeCall([{ pauseMs: 100_000 }, { hangUp: true }], { silence: { promptAfterMs: 200_000 } }, {}, (clock) => {
      const speechToText = scriptedSpeechToText({ clock });
      return {
        speechToText: {
          ...speechToText,
          async doListen(options) {
            await new Promise<void>((resolve) => clock.setTimer(resolve, 90_000));
            const stream = await speechToText.doListen(options);
            return {
              ...stream,
              write(audio) {
                if (clock.now() <= 90_000) givenBytes += audio.length;
                stream.write(audio);
              },
            };
          },
        },
      };
    });
    // What may belong to the beginning of a word.
    expect(givenBytes).toBe(500 * 8);
  });

  it("the caller's hanging up cancels brain and voice at work", async () => {
    const aborted: string[] = [];
    const voice = scriptedTextToSpeech({ betweenChunksMs: 10_000 });
    const slow: TextToSpeech = {
      ...voice,
      async *doSpeak({ signal }) {
        signal.addEventListener("abort", () => aborted.push("voice"));
        yield { audio: new Uint8Array(1600).fill(0x20) };
        await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      },
    };
    await wholeCall([{ pauseMs: 300 }, { say: "tell me more" }, { waitFor: "agent-speech" }, { hangUp: true }], {
      textToSpeech: slow,
      voiceTimeoutMs: 60_000,
      async *brain(_, { signal }) {
        signal.addEventListener("abort", () => aborted.push("brain"));
        yield "A first sentence. ";
        await new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      },
    });
    expect(aborted.sort()).toEqual(["brain", "voice"]);
  });
});

describe("silence", () => {
  it("is prompted for in the caller's language, and ends the call", async () => {
    const { report, of } = await wholeCall(
      [
        { pauseMs: 300 },
        { say: "mujhe kamra chahiye" },
        { waitFor: "agent-silence" },
        { waitForEnd: true, timeoutMs: 120_000 },
      ],
      { brain: () => "theek hai" },
    );
    expect(of("reply").filter(({ kind }) => kind === "silence-prompt")).toMatchObject([
      { language: "hi" },
      { language: "hi" },
    ]);
    expect(heardText(report)).toMatch(/क्या आप सुन रहे हैं/);
    expect(of("call-end")).toMatchObject([{ reason: "silence" }]);
  });
});
