import { afterAll, describe, expect, it } from "vitest";
import { decodeMulaw, MULAW_8K, PCM_16K, rmsDbfs } from "../../../src/audio/index.js";
import { localTextToSpeech } from "../../../src/plugins/local/index.js";
import type { Language, SpeechChunk, WordTiming } from "../../../src/spec/index.js";

const voice = localTextToSpeech();
afterAll(() => voice.close());

async function spoken(text: string, language: Language, signal = new AbortController().signal, format = MULAW_8K) {
  const chunks: SpeechChunk[] = [];
  for await (const chunk of voice.doSpeak({ text, language, format, signal })) chunks.push(chunk);
  const words = chunks.flatMap((chunk) => chunk.words ?? []) as WordTiming[];
  return { chunks, words, bytes: Buffer.concat(chunks.map(({ audio }) => audio)) };
}

describe("localTextToSpeech", () => {
  it.each([
    ["Hello, this is Asha.", "en", ["Hello", "this", "is", "Asha"]],
    ["नमस्ते, मैं आशा हूँ।", "hi", ["नमस्ते", "मैं", "आशा", "हूँ"]],
    ["नमस्ते जी", "hi-en", ["नमस्ते", "जी"]],
  ] as const)("speaks %j, and tells where its words are", async (text, language, expected) => {
    const { bytes, words, chunks } = await spoken(text, language);
    expect(chunks.length).toBeGreaterThan(3);
    expect(rmsDbfs(decodeMulaw(bytes))).toBeGreaterThan(-30);
    expect(words.map(({ textStart, textEnd }) => text.slice(textStart, textEnd))).toEqual(expected);
    const lengthMs = bytes.length / 8;
    words.forEach((word, index) => {
      expect(word.startMs).toBeGreaterThanOrEqual(words[index - 1]?.endMs ?? 0);
      expect(word.startMs).toBeLessThan(lengthMs);
    });
    expect(Math.abs((words.at(-1)?.endMs ?? 0) - lengthMs)).toBeLessThan(1);
  });

  it("speaks twice as many samples at twice the rate", async () => {
    const [narrow, wide] = [await spoken("Hello again.", "en"), await spoken("Hello again.", "en", undefined, PCM_16K)];
    expect(Math.abs(wide.bytes.length / 4 - narrow.bytes.length)).toBeLessThanOrEqual(1);
  });

  it("serves several calls at once, each its own words", async () => {
    const alone = await spoken("One two three four five.", "en");
    const [english, hindi] = await Promise.all([spoken("One two three four five.", "en"), spoken("नमस्ते।", "hi")]);
    // The voice breathes a little differently each time; its words do not change.
    expect(english.words.map(({ textStart }) => textStart)).toEqual(alone.words.map(({ textStart }) => textStart));
    expect(Math.abs(english.bytes.length - alone.bytes.length)).toBeLessThan(800);
    expect(hindi.words).toHaveLength(1);
  });

  it("stops when aborted, at any time, and goes on with the next", async () => {
    await expect(spoken("Hello.", "en", AbortSignal.abort(new Error("enough")))).rejects.toThrow("enough");
    const abort = new AbortController();
    const reading = (async () => {
      for await (const _ of voice.doSpeak({
        text: "A long text. ".repeat(30),
        language: "en",
        format: MULAW_8K,
        signal: abort.signal,
      })) {
        abort.abort(new Error("interrupted"));
      }
    })();
    await expect(reading).rejects.toThrow("interrupted");
    expect((await spoken("Hello.", "en")).bytes.length).toBeGreaterThan(1000);
  });

  it("says which voice it does not know", async () => {
    const other = localTextToSpeech({ voices: { en: "klingon-x" } });
    const reading = other
      .doSpeak({ text: "Hello", language: "en", format: MULAW_8K, signal: new AbortController().signal })
      [Symbol.asyncIterator]();
    await expect(reading.next()).rejects.toMatchObject({
      code: "provider-failed",
      message: expect.stringContaining("klingon-x"),
    });
    await other.close();
  });
});
