import { describe, expect, it } from "vitest";
import { convertAudio, createSampleReader, PCM_8K, PCM_24K } from "../../../src/audio/index.js";
import { type OpenAiSpeechOptions, openAiSpeech } from "../../../src/plugins/openai/index.js";
import type { Language, SpeechChunk } from "../../../src/spec/index.js";
import { decodeWords, memoryLogger, textToSpeechConformance } from "../../../src/testing/index.js";
import {
  createOpenAiSimulator,
  type ListeningOpenAiSimulator,
  type OpenAiSimulatorOptions,
} from "../../../src/testing/openai-simulator/http/index.js";
import { FAULTS, read, simulatedOpenAi } from "./simulated.js";

async function speak(
  text: string,
  options: OpenAiSimulatorOptions = {},
  { language = "en" as Language, ...more }: OpenAiSpeechOptions & { language?: Language } = {},
) {
  const simulated = simulatedOpenAi(options);
  const voice = openAiSpeech({ ...simulated.reach, ...more });
  const { signal } = new AbortController();
  const answer = read(voice.doSpeak({ text, language, format: PCM_24K, signal }));
  const { items, error } = await simulated.clock.runUntilSettled(answer);
  return { ...simulated, chunks: items, error };
}

const heard = (chunks: readonly SpeechChunk[]) => {
  const sound = Buffer.concat(chunks.map(({ audio }) => audio));
  const samples = createSampleReader().read(convertAudio(sound, PCM_24K, PCM_8K));
  return decodeWords(samples)
    .map(({ text }) => text)
    .join(" ");
};

describe("a voice of OpenAI", () => {
  describe("conforms", () => {
    let server: ListeningOpenAiSimulator;
    const suite = textToSpeechConformance({
      create: async () => {
        server = await createOpenAiSimulator().listen();
        return openAiSpeech({ apiKey: "test-key", baseUrl: server.baseUrl });
      },
      destroy: () => server.close(),
      timeoutMs: 5_000,
    });
    it.each(suite.map(({ name, run }) => [name, run] as const))("%s", (_, run) => run());
  });

  it("says the text, in chunks that care for no sample", async () => {
    const { chunks, error, simulator } = await speak("आपका order Pune में है", {}, { language: "hi-en" });
    expect(error).toBeUndefined();
    expect(heard(chunks)).toBe("आपका order Pune में है");
    expect(chunks.some(({ audio }) => audio.length % 2 === 1)).toBe(true);
    expect(simulator.requests[0]?.body).toEqual({
      model: "gpt-4o-mini-tts",
      voice: "marin",
      input: "आपका order Pune में है",
      response_format: "pcm",
    });
  });

  it.each([
    ["en", "cedar", "Calm."],
    ["hi", "coral", "Warm."],
    ["hi-en", "coral", "Warm."],
  ] as const)("has a voice and a style for %s", async (language, voice, instructions) => {
    const settings = { voice: { en: "cedar", hi: "coral" }, instructions: { en: "Calm.", hi: "Warm." }, speed: 1.1 };
    const { simulator } = await speak("Hello", {}, { language, ...settings });
    expect(simulator.requests[0]?.body).toMatchObject({ voice, instructions, speed: 1.1 });
  });

  it.each(FAULTS)("tells of a provider that fails: %j", async (fault, code, retryable) => {
    const { error, clock, simulator } = await speak("One two three four five", { fault: () => fault });
    expect(error).toMatchObject({ code, retryable, provider: "openai", component: "text-to-speech" });
    expect(clock.now()).toBeLessThanOrEqual(4_000);
    expect(clock.pendingTimers).toBe(0);
    expect(simulator.openAnswers).toBe(0);
  });

  it("asks nothing for what has no words, and does not ask for too long a text", async () => {
    const silent = await speak("… !");
    expect([silent.chunks, silent.error, silent.simulator.requests]).toEqual([[], undefined, []]);
    const long = await speak("a".repeat(4097));
    expect(long.error).toMatchObject({ code: "invalid-request", retryable: false });
  });

  it("warns of its end", () => {
    const logger = memoryLogger();
    openAiSpeech({ apiKey: "k", logger, today: new Date("2026-11-23") });
    expect(JSON.stringify(logger.lines)).toContain("2027-01-06");
  });
});
