import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { MULAW_8K } from "../../../src/audio/index.js";
import { elevenLabsTextToSpeech } from "../../../src/plugins/elevenlabs/index.js";
import type { Language, SpeechChunk } from "../../../src/spec/index.js";
import {
  createElevenLabsSimulator,
  type ElevenLabsSimulatorOptions,
} from "../../../src/testing/elevenlabs-simulator/index.js";
import { textToSpeechConformance } from "../../../src/testing/index.js";
import type {
  ListeningProviderSimulator,
  ProviderFault,
  ProviderSimulator,
} from "../../../src/testing/provider-server/index.js";

type ProviderServer = ProviderSimulator & ListeningProviderSimulator;

let open: ProviderServer[] = [];
beforeEach(() => {
  open = [];
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(open.map((server) => server.close()));
});

async function simulator(options: ElevenLabsSimulatorOptions = {}): Promise<ProviderServer> {
  const provider = createElevenLabsSimulator(options);
  const server = { ...provider, ...(await provider.listen()) };
  open.push(server);
  return server;
}

const voiceOn = ({ baseUrl }: ProviderServer, more: object = {}) =>
  elevenLabsTextToSpeech({ apiKey: "test-key", voice: { en: "ravi", hi: "asha" }, baseUrl, ...more });

type Voice = ReturnType<typeof voiceOn>;

async function speak(
  voice: Voice,
  text: string,
  { language = "hi" as Language, signal = new AbortController().signal } = {},
) {
  const chunks: SpeechChunk[] = [];
  for await (const chunk of voice.doSpeak({ text, language, format: MULAW_8K, signal })) chunks.push(chunk);
  return chunks;
}

const gone = (server: ProviderServer) => vi.waitFor(() => expect(server.openConnections()).toBe(0), 1_000);

describe("the voice of ElevenLabs", () => {
  describe("conforms", () => {
    let server: ProviderServer;
    const suite = textToSpeechConformance({
      create: async () => {
        server = await simulator();
        return voiceOn(server);
      },
      destroy: () => gone(server),
      timeoutMs: 5_000,
    });
    it.each(suite.map(({ name, run }) => [name, run] as const))("%s", (_, run) => run());
  });

  it("asks for what it needs, and says the text", async () => {
    const server = await simulator();
    const voice = voiceOn(server, { settings: { stability: 0.5, similarityBoost: 0.8 } });
    await speak(voice, "नमस्ते जी", { language: "hi-en" });
    await speak(voiceOn(server, { model: "eleven_multilingual_v2" }), "Hello there", { language: "en" });
    expect(server.visits.map(({ path, query }) => ({ path, query }))).toEqual([
      {
        path: "/v1/text-to-speech/asha/stream-input",
        query: { model_id: "eleven_flash_v2_5", output_format: "ulaw_8000", auto_mode: "true", language_code: "hi" },
      },
      {
        path: "/v1/text-to-speech/ravi/stream-input",
        query: { model_id: "eleven_multilingual_v2", output_format: "ulaw_8000", auto_mode: "true" },
      },
    ]);
    expect(server.visits[0]?.received).toEqual([
      '{"text":" ","voice_settings":{"stability":0.5,"similarity_boost":0.8}}',
      '{"text":"नमस्ते जी "}',
      '{"text":""}',
    ]);
  });

  it.each([undefined, 777, 3_000])("places words in chunks of %s bytes", async (chunkBytes) => {
    const server = await simulator(chunkBytes === undefined ? {} : { chunkBytes });
    const text = "नमस्ते, आपका order ₹500 का है 👍";
    const chunks = await speak(voiceOn(server), text);
    const words = chunks.flatMap((chunk) => chunk.words ?? []);
    expect(words.map(({ textStart, textEnd }) => text.slice(textStart, textEnd))).toEqual(text.split(" "));
    expect(words[0]).toMatchObject({ textStart: 0, textEnd: 7, startMs: 0 });
    words.slice(1).forEach((word, index) => {
      expect(word.startMs).toBe(words[index]?.endMs);
    });
    const bytes = chunks.reduce((sum, { audio }) => sum + audio.length, 0);
    expect(words.at(-1)?.endMs).toBe(bytes / 8);
  });

  it.each<[string, ProviderFault, object, RegExp, number]>([
    ["refuses", { type: "refuse" }, { code: "provider-failed", retryable: true }, /could not be reached/, 0],
    [
      "knows no key",
      { type: "status", status: 401 },
      { code: "not-authorised", retryable: false },
      /Invalid API key/,
      0,
    ],
    [
      "is asked too often",
      { type: "status", status: 429, retryAfterS: 120 },
      { code: "overloaded", retryable: true },
      /429: Too many concurrent/,
      0,
    ],
    ["breaks", { type: "status", status: 500 }, { code: "provider-failed", retryable: true }, /answered 500/, 0],
    ["does not answer", { type: "stall" }, { code: "provider-timeout", retryable: true }, /take the connection/, 0],
    [
      "stalls at once",
      { type: "stall", from: 0 },
      { code: "provider-timeout", retryable: true },
      /Nothing came for 150 ms/,
      0,
    ],
    ["stalls", { type: "stall", from: 1 }, { code: "provider-timeout", retryable: true }, /for 150 ms/, 1],
    ["is cut", { type: "cut", from: 1 }, { code: "provider-failed", retryable: true }, /\(1006\)/, 1],
    ["ends early", closing(1000, ""), { code: "provider-failed", retryable: true }, /\(1000\)/, 1],
    ["has no credit", closing(1008, "quota_exceeded"), { code: "overloaded", retryable: false }, /quota/, 1],
    ["has no room", closing(1013, "busy"), { code: "overloaded", retryable: true }, /1013: busy/, 1],
    ["talks nonsense", { type: "garbage", from: 1 }, { code: "provider-failed", retryable: true }, /none of/, 1],
  ])("that %s fails so, and lets go", async (_, fault, expected, message, chunksBefore) => {
    const server = await simulator({ fault: () => fault });
    const voice = voiceOn(server, { connectTimeoutMs: 150, idleTimeoutMs: 150 });
    const chunks: SpeechChunk[] = [];
    const speaking = (async () => {
      const { signal } = new AbortController();
      for await (const chunk of voice.doSpeak({ text: "one two three", language: "en", format: MULAW_8K, signal }))
        chunks.push(chunk);
    })();
    await expect(speaking).rejects.toMatchObject({ ...expected, provider: "elevenlabs", component: "text-to-speech" });
    await expect(speaking).rejects.toThrow(message);
    expect(chunks.length).toBe(chunksBefore);
    await gone(server);
  });

  it("waits for a slow voice", async () => {
    const server = await simulator({ fault: () => ({ type: "slow", everyMs: 30 }) });
    const chunks = await speak(voiceOn(server, { idleTimeoutMs: 500 }), "one two three");
    expect(chunks.length).toBe(3);
  });

  it.each([{ type: "stall" }, { type: "stall", from: 0 }, { type: "stall", from: 1 }] as const)(
    "lets go of %o when aborted",
    async (fault) => {
      const server = await simulator({ fault: () => fault });
      const controller = new AbortController();
      const reason = new Error("barge-in");
      const speaking = speak(voiceOn(server), "one two three", { signal: controller.signal });
      await vi.waitFor(() => expect(server.openConnections()).toBe(1));
      controller.abort(reason);
      await expect(speaking).rejects.toBe(reason);
      await gone(server);
    },
  );

  it("says what is missing", () => {
    vi.stubEnv("ELEVENLABS_API_KEY", "");
    expect(() => elevenLabsTextToSpeech({ voice: "asha" })).toThrow(
      /Set ELEVENLABS_API_KEY, or give the option apiKey/,
    );
    vi.stubEnv("ELEVENLABS_API_KEY", "from-environment");
    expect(elevenLabsTextToSpeech({ voice: "asha" }).name).toBe("elevenlabs");
    expect(() => elevenLabsTextToSpeech({ voice: { en: "ravi", hi: " " } })).toThrow(/no voice for hi/);
  });

  it.each([
    ["a wrong key", { apiKey: "wrong" }, "not-authorised", /401: Invalid API key/],
    ["an unknown voice", { voice: "nobody" }, "invalid-request", /404: A voice/],
    ["an unknown model", { model: "gpt" }, "invalid-request", /400: A model/],
  ])("is told of %s by the service's own words", async (_, more, code, message) => {
    const speaking = speak(voiceOn(await simulator(), more), "hello");
    await expect(speaking).rejects.toMatchObject({ code, retryable: false });
    await expect(speaking).rejects.toThrow(message);
  });
});

function closing(code: number, reason: string): ProviderFault {
  return { type: "close", from: 1, code, reason };
}

describe("the simulator of ElevenLabs", () => {
  /** What comes back to some messages. */
  async function exchange(query: string, messages: readonly string[]) {
    const { baseUrl } = await simulator();
    const url = `${baseUrl}/v1/text-to-speech/asha/stream-input?${query}`;
    const socket = new WebSocket(url, { headers: { "xi-api-key": "test-key" } });
    const received: string[] = [];
    socket.on("message", (data) => received.push(String(data)));
    socket.on("open", () => {
      for (const message of messages) socket.send(message);
    });
    const status = await new Promise<number>((resolve) => {
      socket.on("error", () => {});
      socket.on("close", resolve);
      socket.on("unexpected-response", (_request, response) => {
        resolve(response.statusCode ?? 0);
        socket.terminate();
      });
    });
    return { status, last: received.at(-1) };
  }

  const GOOD = "model_id=eleven_flash_v2_5&output_format=ulaw_8000";

  it.each([
    ["an unknown parameter", `${GOOD}&voice=asha`, [], 422],
    ["an unknown format", "model_id=eleven_flash_v2_5&output_format=mulaw", [], 422],
    ["a language with a model that takes none", "model_id=eleven_v3&output_format=ulaw_8000&language_code=hi", [], 400],
    ["a first text that is no space", GOOD, ['{"text":"hello "}'], 1008],
    ["a text without a space behind it", GOOD, ['{"text":" "}', '{"text":"hello"}'], 1008],
    ["a text after the end", GOOD, ['{"text":" "}', '{"text":"a "}', '{"text":""}', '{"text":"b "}'], 1008],
    ["what is no JSON", GOOD, ["hello"], 1008],
  ])("refuses %s", async (_, query, messages, status) => {
    expect((await exchange(query, messages)).status).toBe(status);
  });

  it("ends what it said", async () => {
    const { status, last } = await exchange(GOOD, ['{"text":" "}', '{"text":"a "}', '{"text":""}']);
    expect(status).toBe(1000);
    expect(JSON.parse(last ?? "")).toMatchObject({ audio: null, isFinal: true });
  });
});
