import { describe, expect, it } from "vitest";
import { MULAW_8K } from "../../../src/audio/index.js";
import { BolchaalError } from "../../../src/errors.js";
import { createUnanswered } from "../../../src/session/fallback/unanswered.js";
import { fallback } from "../../../src/session/index.js";
import type { SpeechToText } from "../../../src/spec/index.js";
import { heardText, type ScriptedSpeechToTextOptions, scriptedSpeechToText } from "../../../src/testing/index.js";
import { wholeCall } from "../whole-call.js";

const refused = new BolchaalError("Refused.", { code: "not-authorised", component: "speech-to-text" });
const broken = new BolchaalError("Broken.", { code: "provider-failed", component: "speech-to-text", retryable: true });

/** A call of two turns on a chain of recognisers. */
async function call(first: ScriptedSpeechToTextOptions, second: ScriptedSpeechToTextOptions | undefined = {}) {
  const opened: string[] = [];
  const watched = (speechToText: SpeechToText): SpeechToText => ({
    ...speechToText,
    doListen(options) {
      opened.push(speechToText.name);
      return speechToText.doListen(options);
    },
  });
  const result = await wholeCall(
    [
      { pauseMs: 300 },
      { say: "what does the room cost" },
      { waitFor: "agent-silence", timeoutMs: 8_000, onTimeout: "continue" },
      { say: "and the bigger one" },
      { waitFor: "agent-silence", timeoutMs: 8_000, onTimeout: "continue" },
      { hangUp: true },
    ],
    {},
    {},
    (clock) => ({
      speechToText: fallback(
        [first, ...(second === undefined ? [] : [second])].map((options, place) =>
          watched(scriptedSpeechToText({ clock, delayMs: 50, name: place === 0 ? "first" : "second", ...options })),
        ),
        { clock },
      ),
    }),
  );
  return { ...result, opened, turns: result.of("turn-end").map(({ text }) => text) };
}

const BOTH = ["what does the room cost", "and the bigger one"];

describe("a chain of recognisers", () => {
  it("has the first one hear while it does", async () => {
    const { turns, opened } = await call({});
    expect({ turns, opened }).toEqual({ turns: BOTH, opened: ["first"] });
  });

  it.each([
    ["cannot be opened", { openError: refused }, ["first", "second"]],
    ["fails in the middle of an utterance", { utterances: [{ error: refused }] }, ["first", "second"]],
    ["never answers", { utterances: [{ outcome: "none" }] }, ["first", "second"]],
    ["fails later in the call", { utterances: [{}, { error: refused }] }, ["first", "second"]],
    ["breaks, and again", { openError: broken }, ["first", "first", "second"]],
  ] as const)("loses nothing where the first one %s", async (_what, first, names) => {
    const { turns, opened, of } = await call(first as ScriptedSpeechToTextOptions);
    expect(turns).toEqual(BOTH);
    expect(opened).toEqual(names);
    expect(of("warning").filter(({ code }) => code === "plug-in")).toHaveLength(names.length - 1);
    expect(of("error")).toEqual([]);
    expect(of("usage").findLast(({ component }) => component === "speech-to-text")?.provider).toBe("second");
  });

  it("ends the call politely when all fail", async () => {
    const { of, report } = await call({ openError: refused }, { openError: refused });
    expect(of("call-end")).toMatchObject([{ reason: "error" }]);
    expect(heardText(report)).toBe("Sorry, we have a technical problem. Please call again later.");
  });

  it("of one alone opens it again when it breaks in the middle of a call", async () => {
    let streams = 0;
    const script = [
      { pauseMs: 300 },
      { say: "what does the room cost" },
      { waitFor: "agent-silence" },
      { pauseMs: 3_000 },
      { say: "and the bigger one" },
      { waitFor: "agent-silence" },
      { hangUp: true },
    ] as const;
    const { of } = await wholeCall([...script], {}, {}, (callClock) => ({
      speechToText: {
        ...scriptedSpeechToText(),
        doListen: async (options) => {
          streams += 1;
          const utterances = streams === 1 ? [{}, { error: broken }] : [];
          return scriptedSpeechToText({ clock: callClock, delayMs: 50, utterances }).doListen(options);
        },
      },
    }));
    expect(of("turn-end").map(({ text }) => text)).toEqual(BOTH);
    expect(streams).toBe(2);
  });
});

describe("what was not answered", () => {
  const sound = (ms: number, byte: number) => ({ type: "audio", audio: new Uint8Array(ms * 8).fill(byte) }) as const;
  const kept = (unanswered: ReturnType<typeof createUnanswered>) =>
    unanswered
      .messages()
      .map((message) => (message.type === "audio" ? message.audio[0] : `${message.type} ${message.utteranceId}`));
  const create = () => createUnanswered((bytes) => bytes / (MULAW_8K.rate / 1000));

  it("is the open utterances, with half a second before each", () => {
    const unanswered = create();
    for (let byte = 0; byte < 10; byte += 1) unanswered.keep(sound(100, byte));
    unanswered.keep({ type: "start", utteranceId: "a" });
    unanswered.keep(sound(100, 10));
    unanswered.keep({ type: "end", utteranceId: "a" });
    unanswered.keep(sound(100, 11));
    expect(kept(unanswered)).toEqual([5, 6, 7, 8, 9, "start a", 10, "end a", 11]);
  });

  it("is what came behind the answered ones", () => {
    const unanswered = create();
    for (const utteranceId of ["a", "b"]) {
      unanswered.keep({ type: "start", utteranceId });
      unanswered.keep(sound(100, utteranceId.charCodeAt(0)));
      unanswered.keep({ type: "end", utteranceId });
    }
    unanswered.answered({ type: "transcript", final: false, text: "x", utteranceId: "b" });
    expect(kept(unanswered)).toHaveLength(6);
    unanswered.answered({ type: "transcript", final: true, text: "x", utteranceId: "b" });
    expect(kept(unanswered)).toEqual(["start a", 97, "end a"]);
    unanswered.answered({ type: "no-speech" });
    expect(kept(unanswered)).toEqual([]);
  });

  it("of an utterance that goes on behind a final is what comes behind it", () => {
    const unanswered = create();
    unanswered.keep({ type: "start", utteranceId: "a" });
    unanswered.keep(sound(100, 1));
    unanswered.answered({ type: "transcript", final: true, text: "x" });
    unanswered.keep(sound(100, 2));
    expect(kept(unanswered)).toEqual(["start a", 2]);
  });

  it("does not grow without bound", () => {
    const unanswered = create();
    unanswered.keep({ type: "start", utteranceId: "a" });
    for (let count = 0; count < 1_000; count += 1) unanswered.keep(sound(100, 1));
    expect(unanswered.messages()).toHaveLength(301);
  });
});
