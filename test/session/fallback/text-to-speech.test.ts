import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  concatBytes,
  convertAudio,
  createSampleReader,
  durationMs,
  MULAW_8K,
  PCM_8K,
  PCM_16K,
} from "../../../src/audio/index.js";
import { BolchaalError } from "../../../src/errors.js";
import { fallback } from "../../../src/session/index.js";
import type { AudioFormat, SpeechChunk, TextToSpeech } from "../../../src/spec/index.js";
import {
  createVirtualClock,
  decodeWords,
  type ScriptedTextToSpeechOptions,
  scriptedTextToSpeech,
} from "../../../src/testing/index.js";

const TEXT = "one two three four five six seven eight";
const broken = new BolchaalError("No luck.", {
  code: "provider-failed",
  component: "text-to-speech",
  retryable: false,
});

/** Has a chain of two speak once. */
async function speak(
  first: ScriptedTextToSpeechOptions,
  {
    format = MULAW_8K,
    second = {},
    text = TEXT,
  }: { format?: AudioFormat; second?: ScriptedTextToSpeechOptions; text?: string } = {},
) {
  const clock = createVirtualClock();
  const asked: string[] = [];
  const watched = (voice: TextToSpeech): TextToSpeech => ({
    ...voice,
    doSpeak(request) {
      asked.push(`${voice.name}: ${request.text}`);
      return voice.doSpeak(request);
    },
  });
  const chain = fallback(
    [
      watched(scriptedTextToSpeech({ clock, name: "first", ...first })),
      watched(scriptedTextToSpeech({ clock, name: "second", ...second })),
    ],
    { clock },
  );
  const chunks: SpeechChunk[] = [];
  const warnings: string[] = [];
  const thrown = await clock.runUntilSettled(
    (async () => {
      const { signal } = new AbortController();
      const warn = ({ message }: Error) => void warnings.push(message);
      for await (const chunk of chain.doSpeak({ text, language: "en", format, signal, warn })) chunks.push(chunk);
    })().then(
      () => undefined,
      (error: unknown) => error,
    ),
  );
  const audio = concatBytes(...chunks.map((chunk) => chunk.audio));
  return { chunks, audio, asked, warnings, thrown, atMs: clock.now(), chain };
}

/** The words of which more than half can be heard. */
function heard(audio: Uint8Array, format = MULAW_8K): string {
  const samples = createSampleReader().read(convertAudio(audio, format, PCM_8K));
  return decodeWords(samples)
    .filter(({ heardMs, durationMs }) => heardMs * 2 > durationMs)
    .map(({ text }) => text)
    .join(" ");
}

describe("a chain of voices", () => {
  it("has the first one speak while it does", async () => {
    const { audio, asked, chunks } = await speak({});
    expect(heard(audio)).toBe(TEXT);
    expect(asked).toEqual([`first: ${TEXT}`]);
    expect(chunks[0]?.madeBy).toMatchObject({ name: "first" });
  });

  it("has the next one speak all of it where the first one gives nothing", async () => {
    const { audio, asked, chunks } = await speak({ fault: () => ({ error: broken }) });
    expect(heard(audio)).toBe(TEXT);
    expect(asked).toEqual([`first: ${TEXT}`, `second: ${TEXT}`]);
    expect(chunks[0]?.madeBy).toMatchObject({ name: "second" });
  });

  it.each([
    [true, 0],
    [true, 3],
    [true, 8],
    [false, 3],
  ])(
    "has the next one go on where the first one breaks off (word timings: %s, after %i words)",
    async (wordTimings, afterChunks) => {
      const { audio, thrown } = await speak({ wordTimings, fault: () => ({ afterChunks, error: broken }) });
      expect(thrown).toBeUndefined();
      const words = heard(audio).split(" ");
      if (wordTimings) expect(words.join(" ")).toBe(TEXT);
      // Without timings by how fast voices speak: a word more or less.
      else expect(Math.abs(words.length - 8)).toBeLessThanOrEqual(1);
    },
  );

  it("does not wait for one that stalls, before its first sound or behind it", async () => {
    expect((await speak({ fault: () => ({ stall: true }) })).atMs).toBe(1_200);
    expect((await speak({ fault: () => ({ stall: true, afterChunks: 2 }), wordTimings: true })).atMs).toBe(1_000);
  });

  it("tells where words stand in the whole text and the whole sound", async () => {
    const { chunks } = await speak(
      { wordTimings: true, fault: () => ({ afterChunks: 3, error: broken }) },
      { second: { wordTimings: true } },
    );
    const words = chunks.flatMap((chunk) => chunk.words ?? []);
    expect(words.map(({ textStart, textEnd }) => TEXT.slice(textStart, textEnd))).toEqual(TEXT.split(" "));
    expect(words.map(({ startMs }) => startMs)).toEqual([0, 200, 400, 600, 800, 1000, 1200, 1400]);
  });

  it("gives the format that was asked for, whatever the voices make", async () => {
    const { audio } = await speak({ fault: () => ({ error: broken }) }, { second: { produces: [PCM_16K] } });
    expect(Math.abs(durationMs(audio.length, MULAW_8K) - 1600)).toBeLessThan(30);
  });

  it("never leaves half a sample between two voices", async () => {
    const { audio, thrown } = await speak(
      { chunkBytes: 801, fault: () => ({ afterChunks: 3, error: broken }) },
      { format: PCM_8K },
    );
    expect(thrown).toBeUndefined();
    expect(audio.length % 2).toBe(0);
    expect(heard(audio, PCM_8K)).toContain("seven eight");
  });

  it("asks only voices that speak the language", async () => {
    const clock = createVirtualClock();
    const english = {
      ...scriptedTextToSpeech({ clock, name: "english" }),
      capabilities: { languages: ["en"] as const },
    };
    const chain = fallback([english, scriptedTextToSpeech({ clock, name: "all" })], { clock });
    const { signal } = new AbortController();
    for await (const { madeBy } of chain.doSpeak({ text: "नमस्ते", language: "hi", format: MULAW_8K, signal }))
      expect(madeBy?.name).toBe("all");
  });

  it("takes silence for a failure, unless there is nothing to say", async () => {
    const mute = { fault: () => ({ error: undefined }) };
    expect((await speak({ ...mute, chunkBytes: 1e6 }, { text: "…" })).thrown).toBeUndefined();
    const clock = createVirtualClock();
    const silent: TextToSpeech = { ...scriptedTextToSpeech({ clock }), name: "silent", async *doSpeak() {} };
    const chunks: SpeechChunk[] = [];
    const { signal } = new AbortController();
    const chain = fallback([silent, scriptedTextToSpeech({ clock })], { clock });
    const speaking = async () => {
      const request = { text: "hello", language: "en", format: MULAW_8K, signal } as const;
      for await (const chunk of chain.doSpeak(request)) chunks.push(chunk);
    };
    await clock.runUntilSettled(speaking());
    expect(heard(concatBytes(...chunks.map(({ audio }) => audio)))).toBe("hello");
  });

  it("says all of a text once, wherever the first voice breaks off", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(8), fc.constantFrom(undefined, 100, 160, 333, 1600), async (afterChunks, chunkBytes) => {
        const options = chunkBytes === undefined ? {} : { chunkBytes };
        const { audio, thrown } = await speak({
          ...options,
          wordTimings: true,
          fault: () => ({ afterChunks, error: broken }),
        });
        expect(thrown).toBeUndefined();
        // A word that was cut is said again: what was heard of it first is no word.
        expect(
          heard(audio)
            .split(" ")
            .filter((word, at, all) => word !== all[at - 1])
            .join(" "),
        ).toBe(TEXT);
      }),
      { numRuns: 40 },
    );
  });
});
