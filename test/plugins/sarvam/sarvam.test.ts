import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { ALAW_8K, concatBytes, MULAW_8K, PCM_8K, PCM_16K, silence } from "../../../src/audio/index.js";
import { sarvamSpeechToText, sarvamTextToSpeech } from "../../../src/plugins/sarvam/index.js";
import type { AudioFormat, SpeechChunk, TranscriptResult } from "../../../src/spec/index.js";
import {
  createVirtualClock,
  scriptedTextToSpeech,
  speechToTextConformance,
  textToSpeechConformance,
} from "../../../src/testing/index.js";
import type {
  ListeningProviderSimulator,
  ProviderFault,
  ProviderSimulator,
} from "../../../src/testing/provider-server/index.js";
import { createSarvamSimulator, type SarvamSimulatorOptions } from "../../../src/testing/sarvam-simulator/index.js";

type Listening = ProviderSimulator & ListeningProviderSimulator;

let open: Listening[] = [];
beforeEach(() => {
  open = [];
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(open.map((server) => server.close()));
});

/** Sarvam on this machine, over real sockets. */
async function listening(options: SarvamSimulatorOptions = {}): Promise<Listening> {
  const simulator = createSarvamSimulator(options);
  const server = { ...simulator, ...(await simulator.listen()) };
  open.push(server);
  return server;
}

const gone = (server: ProviderSimulator) => vi.waitFor(() => expect(server.openConnections()).toBe(0), 1_000);
const CALL = { callId: "c", direction: "inbound", parameters: {} } as const;

async function sound(text: string, format: AudioFormat): Promise<Uint8Array> {
  const { signal } = new AbortController();
  const parts: Uint8Array[] = [];
  for await (const { audio } of scriptedTextToSpeech().doSpeak({ text, language: "hi", format, signal }))
    parts.push(audio);
  return concatBytes(...parts);
}

/** A call's recogniser in memory, on a virtual clock. */
async function hearing(simulator: SarvamSimulatorOptions = {}, more: object = {}, format: AudioFormat = PCM_8K) {
  const clock = createVirtualClock();
  const sarvam = createSarvamSimulator(simulator);
  const abort = new AbortController();
  const plugin = sarvamSpeechToText({ apiKey: "test-key", network: sarvam.network(clock), ...more });
  const opening = plugin.doListen({ call: CALL, format, language: "hi", signal: abort.signal });
  const stream = await clock.runUntilSettled(opening);
  const results: TranscriptResult[] = [];
  let thrown: unknown;
  void (async () => {
    for await (const result of stream.results) results.push(result);
  })().catch((error: unknown) => {
    thrown = error;
  });
  return { clock, sarvam, abort, stream, results, thrown: () => thrown };
}

describe("Sarvam's speech-to-text", () => {
  describe("conforms", () => {
    let server: Listening;
    let audio: Uint8Array;
    beforeAll(async () => {
      audio = await sound("namaste ji", PCM_8K);
    });
    const suite = () =>
      speechToTextConformance({
        create: async () => {
          server = await listening({ utterances: Array.from({ length: 9 }, () => ({ text: "नमस्ते जी" })) });
          return sarvamSpeechToText({ apiKey: "test-key", baseUrl: server.baseUrl });
        },
        destroy: () => gone(server),
        speech: { format: PCM_8K, audio, language: "hi", text: "नमस्ते जी" },
        timeoutMs: 5_000,
      });
    it.each(namesOf())("%s", (name) =>
      suite()
        .find((each) => each.name === name)
        ?.run(),
    );

    function namesOf(): string[] {
      const nothing = { format: PCM_8K, audio: new Uint8Array(), language: "hi" } as const;
      return speechToTextConformance({ create: () => sarvamSpeechToText({ apiKey: "x" }), speech: nothing }).map(
        ({ name }) => name,
      );
    }
  });

  it("asks for the mix of languages, and for utterances of the session's", async () => {
    const { sarvam, stream } = await hearing({}, { language: "hi-IN", mode: "translit" }, PCM_16K);
    expect(sarvam.visits[0]).toMatchObject({
      path: "/speech-to-text-realtime/ws",
      query: {
        language_code: "hi-IN",
        model: "saaras:v3-realtime",
        mode: "translit",
        endpointing: "manual",
        encoding: "linear16",
        sample_rate: "16000",
      },
    });
    await stream.close();
  });

  it("sends utterances with what came shortly before, and nothing else", async () => {
    const { sarvam, stream, clock } = await hearing({}, { preRollMs: 100 });
    stream.write(silence(PCM_8K, 5_000));
    stream.speechStart("u1");
    stream.write(await sound("haan ji", PCM_8K));
    stream.speechEnd("u1");
    stream.write(silence(PCM_8K, 5_000));
    await clock.advance(0);
    const [start, , ...rest] = sarvam.visits[0]?.received ?? [];
    expect(start).toBe('{"event":"speech_start"}');
    expect(rest.at(-1)).toBe('{"event":"speech_end"}');
    const sent = sarvam.visits[0]?.received.flatMap((each) => {
      const { audio } = JSON.parse(String(each)) as { audio?: string };
      return audio === undefined ? [] : [Buffer.from(audio, "base64").length];
    });
    expect(sent?.reduce((sum, bytes) => sum + bytes, 0)).toBe(100 * 16 + 400 * 16);
    await stream.close();
  });

  it("brings words as they come, then for good, with the session's id and Sarvam's language", async () => {
    const { stream, results, clock } = await hearing({
      utterances: [{ text: "mujhe कल demo chahiye", languageCode: "hi-IN" }],
    });
    stream.speechStart("u1");
    stream.write(await sound("one two three four", PCM_8K));
    stream.speechEnd("u1");
    await clock.advance(0);
    expect(results.slice(0, -1).every((result) => result.type === "transcript" && !result.final)).toBe(true);
    expect(results.length).toBeGreaterThan(2);
    expect(results.at(-1)).toEqual({
      type: "transcript",
      final: true,
      utteranceId: "u1",
      text: "mujhe कल demo chahiye",
      language: "hi",
    });
    await stream.close();
  });

  it("says so when nothing was understood", async () => {
    const { stream, results, clock } = await hearing({ utterances: [] });
    stream.speechStart("u1");
    stream.write(await sound("hm", PCM_8K));
    stream.speechEnd("u1");
    await clock.advance(0);
    expect(results.at(-1)).toEqual({ type: "not-understood", utteranceId: "u1" });
    await stream.close();
  });

  it.each<[string, ProviderFault, object]>([
    ["stalls after an utterance", { type: "stall", from: 1 }, { code: "provider-timeout", retryable: true }],
    ["breaks off", { type: "cut", from: 2 }, { code: "provider-failed", retryable: true }],
    ["sends garbage", { type: "garbage", from: 1 }, { code: "provider-failed", retryable: true }],
    ["sends what is binary", { type: "binary", from: 1 }, { code: "provider-failed", retryable: true }],
    ["closes", { type: "close", from: 1, code: 1011, reason: "restarting" }, { code: "provider-failed" }],
  ])("fails when Sarvam %s", async (_what, fault, error) => {
    const { stream, clock, thrown, sarvam } = await hearing({ fault: () => fault });
    stream.speechStart("u1");
    stream.write(await sound("haan ji theek hai", PCM_8K));
    stream.speechEnd("u1");
    await clock.advance(3_000);
    expect(thrown()).toMatchObject({ ...error, provider: "sarvam", component: "speech-to-text" });
    expect([sarvam.openConnections(), clock.pendingTimers]).toEqual([0, 0]);
  });

  it("is silent once aborted, and lets go", async () => {
    const { clock, abort, thrown, sarvam } = await hearing();
    abort.abort(new Error("over"));
    await clock.advance(0);
    expect(thrown()).toMatchObject({ message: "over" });
    expect([sarvam.openConnections(), clock.pendingTimers]).toEqual([0, 0]);
  });

  it("pings a line on which nobody speaks", async () => {
    const { clock, sarvam, stream } = await hearing();
    await clock.advance(20_000);
    expect(sarvam.visits[0]?.received).toEqual(Array.from({ length: 4 }, () => '{"event":"ping"}'));
    await stream.close();
  });
});

const REFUSALS = [
  [{ type: "refuse" }, { code: "provider-failed", retryable: true }],
  [
    { type: "status", status: 401 },
    { code: "not-authorised", retryable: false },
  ],
  [
    { type: "status", status: 402 },
    { code: "overloaded", retryable: false },
  ],
  [
    { type: "status", status: 429, retryAfterS: 120 },
    { code: "overloaded", retryable: true },
  ],
  [
    { type: "status", status: 500 },
    { code: "provider-failed", retryable: true },
  ],
  [{ type: "stall" }, { code: "provider-timeout", retryable: true }],
] as const;

describe("Sarvam refuses, and says why", () => {
  it.each(REFUSALS)("%j", async (fault, error) => {
    await expect(hearing({ fault: () => fault })).rejects.toMatchObject({ ...error, provider: "sarvam" });
    const { thrown } = await speaking("नमस्ते", { fault: () => fault });
    expect(thrown).toMatchObject({ ...error, provider: "sarvam" });
  });

  it.each([
    ["a wrong key", { apiKey: "wrong" }, /403: Invalid or missing authentication/],
    ["a model that is none", { model: "saaras:v9" }, /422: model must not be saaras:v9/],
  ])("%s", async (_what, options, message) => {
    await expect(hearing({}, options)).rejects.toThrow(message);
  });

  it("asks for a key that is missing", () => {
    vi.stubEnv("SARVAM_API_KEY", "");
    expect(() => sarvamSpeechToText()).toThrow(/Set SARVAM_API_KEY/);
    expect(() => sarvamTextToSpeech()).toThrow(/Set SARVAM_API_KEY/);
  });
});

/** Has Sarvam say a text, in memory, on a virtual clock. */
async function speaking(
  text: string,
  simulator: SarvamSimulatorOptions = {},
  more: object = {},
  format: AudioFormat = MULAW_8K,
) {
  const clock = createVirtualClock();
  const sarvam = createSarvamSimulator(simulator);
  const voice = sarvamTextToSpeech({ apiKey: "test-key", network: sarvam.network(clock), ...more });
  const chunks: SpeechChunk[] = [];
  const { signal } = new AbortController();
  const said = async () => {
    for await (const chunk of voice.doSpeak({ text, language: "hi", format, signal })) chunks.push(chunk);
  };
  const thrown = await clock.runUntilSettled(
    said().then(
      () => undefined,
      (error: unknown) => error,
    ),
  );
  return { audio: concatBytes(...chunks.map(({ audio }) => audio)), sarvam, clock, thrown };
}

describe("the voice of Sarvam", () => {
  describe("conforms", () => {
    let server: Listening;
    const suite = textToSpeechConformance({
      create: async () => {
        server = await listening({ chunkBytes: 777 });
        return sarvamTextToSpeech({ apiKey: "test-key", baseUrl: server.baseUrl });
      },
      destroy: () => gone(server),
      timeoutMs: 5_000,
    });
    it.each(suite.map(({ name, run }) => [name, run] as const))("%s", (_, run) => run());
  });

  it.each([
    [MULAW_8K, "mulaw"],
    [ALAW_8K, "alaw"],
    [PCM_16K, "linear16"],
  ])("speaks %j", async (format, codec) => {
    const { audio, sarvam } = await speaking("नमस्ते जी", {}, { voice: "ritu", pace: 1.1 }, format);
    const bytesPerMs = (format.rate / 1000) * (format.type === "audio/pcm" ? 2 : 1);
    expect(audio.length / bytesPerMs).toBeGreaterThanOrEqual(400);
    expect(sarvam.visits[0]?.query).toEqual({ model: "bulbul:v3", send_completion_event: "true" });
    expect(sarvam.visits[0]?.received.map((each) => JSON.parse(String(each)))).toEqual([
      {
        type: "config",
        data: {
          target_language_code: "hi-IN",
          speaker: "ritu",
          speech_sample_rate: format.rate,
          output_audio_codec: codec,
          min_buffer_size: 50,
          max_chunk_length: 150,
          pace: 1.1,
        },
      },
      { type: "text", data: { text: "नमस्ते जी" } },
      { type: "flush" },
    ]);
    expect(sarvam.openConnections()).toBe(0);
  });

  it("cuts a text that is too long for one message, at a space", async () => {
    const text = "नमस्ते ".repeat(500).trim();
    const { sarvam, thrown } = await speaking(text);
    expect(thrown).toBeUndefined();
    const texts = sarvam.visits[0]?.received.flatMap((each) => {
      const { type, data } = JSON.parse(String(each)) as { type: string; data?: { text?: string } };
      return type === "text" ? [data?.text ?? ""] : [];
    });
    expect(texts?.length).toBe(2);
    expect(texts?.join("")).toBe(text);
    expect(texts?.every((each) => each.length <= 2_500)).toBe(true);
  });

  it.each<[string, ProviderFault, object]>([
    ["stalls", { type: "stall", from: 1 }, { code: "provider-timeout", retryable: true }],
    ["breaks off", { type: "cut", from: 1 }, { code: "provider-failed", retryable: true }],
    ["sends garbage", { type: "garbage", from: 0 }, { code: "provider-failed", retryable: true }],
    ["closes", { type: "close", from: 1, code: 1008, reason: "invalid speaker" }, { code: "invalid-request" }],
  ])("fails when it %s", async (_what, fault, error) => {
    const { thrown, clock, sarvam } = await speaking("नमस्ते जी", { fault: () => fault });
    expect(thrown).toMatchObject({ ...error, provider: "sarvam", component: "text-to-speech" });
    expect([sarvam.openConnections(), clock.pendingTimers]).toEqual([0, 0]);
  });

  it("says nothing of what cannot be said", async () => {
    expect((await speaking("… !")).sarvam.visits).toEqual([]);
  });
});
