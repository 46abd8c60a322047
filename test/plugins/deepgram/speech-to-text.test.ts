import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { MULAW_8K, PCM_8K, silence } from "../../../src/audio/index.js";
import { deepgramSpeechToText } from "../../../src/plugins/deepgram/index.js";
import type { AudioFormat, TranscriptResult } from "../../../src/spec/index.js";
import {
  createDeepgramSimulator,
  type DeepgramSimulatorOptions,
} from "../../../src/testing/deepgram-simulator/index.js";
import { createVirtualClock, scriptedTextToSpeech, speechToTextConformance } from "../../../src/testing/index.js";
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

async function simulator(options: DeepgramSimulatorOptions = {}): Promise<ProviderServer> {
  const provider = createDeepgramSimulator(options);
  const server = { ...provider, ...(await provider.listen()) };
  open.push(server);
  return server;
}

const TEXT = "मुझे कल का demo चाहिए";
const ONE = { text: TEXT, languages: ["hi", "en"], confidence: 0.95 } as const;

async function sound(text: string, format: AudioFormat): Promise<Uint8Array> {
  const { signal } = new AbortController();
  const parts: Uint8Array[] = [];
  for await (const { audio } of scriptedTextToSpeech().doSpeak({ text, language: "hi", format, signal })) {
    parts.push(audio);
  }
  return Buffer.concat(parts);
}

const CALL = { callId: "c", direction: "inbound", from: "+91", to: "+91", parameters: {} } as const;

async function listen({ baseUrl }: ProviderServer, more: object = {}, signal = new AbortController().signal) {
  const plugin = deepgramSpeechToText({ apiKey: "test-key", baseUrl, ...more });
  const stream = await plugin.doListen({ call: CALL, format: MULAW_8K, language: "hi", signal });
  const results: TranscriptResult[] = [];
  const ended = (async () => {
    for await (const result of stream.results) results.push(result);
  })();
  ended.catch(() => {});
  return { stream, results, ended };
}

const gone = (server: ProviderServer) => vi.waitFor(() => expect(server.openConnections()).toBe(0), 1_000);

describe("Deepgram's speech-to-text", () => {
  describe("conforms", () => {
    let server: ProviderServer;
    let audio: Uint8Array;
    const suite = () =>
      speechToTextConformance({
        create: async () => {
          server = await simulator({ utterances: [ONE, ONE] });
          return deepgramSpeechToText({ apiKey: "test-key", baseUrl: server.baseUrl });
        },
        speech: { format: PCM_8K, audio, language: "hi-en", text: TEXT },
        timeoutMs: 5_000,
      });
    beforeEach(async () => {
      audio = await sound(TEXT, PCM_8K);
    });
    const names = speechToTextConformance({
      create: () => deepgramSpeechToText({ apiKey: "x" }),
      speech: { format: PCM_8K, audio: new Uint8Array(0), language: "hi" },
    }).map(({ name }) => name);
    it.each(names)("%s", (name) =>
      suite()
        .find((one) => one.name === name)
        ?.run(),
    );
  });

  it("asks for what it needs, passes µ-law untouched, and maps what comes", async () => {
    const server = await simulator({ utterances: [ONE] });
    const { stream, results } = await listen(server, { keyterms: ["Bolchaal", "Sarvam"], smartFormat: true });
    const audio = await sound("one two three", MULAW_8K);
    stream.write(audio.slice(0, 800));
    stream.speechStart("u1");
    await vi.waitFor(() => expect(results.length).toBe(1));
    stream.write(audio.slice(800));
    stream.write(silence(MULAW_8K, 100));
    stream.speechEnd("u1");
    const common = { type: "transcript", utteranceId: "u1", language: "hi-en", confidence: 0.95 };
    await vi.waitFor(() => expect(results.at(-1)).toEqual({ ...common, final: true, text: TEXT }));
    expect(results.slice(0, 3)).toEqual([
      { ...common, final: false, text: "मुझे" },
      { ...common, final: false, text: "मुझे कल" },
      { ...common, final: false, text: "मुझे कल का" },
    ]);
    await stream.close();
    expect(server.visits[0]).toEqual({
      path: "/v1/listen",
      query: {
        model: "nova-3",
        language: "multi",
        encoding: "mulaw",
        sample_rate: "8000",
        channels: "1",
        interim_results: "true",
        endpointing: "300",
        utterance_end_ms: "1000",
        vad_events: "true",
        smart_format: "true",
        keyterm: "Sarvam",
      },
      received: [audio.length + 800, '{"type":"Finalize"}', '{"type":"CloseStream"}'],
      closed: { code: 1000, reason: "" },
    });
  });

  it("is known by its language", () => {
    const languagesOf = (more: object) => deepgramSpeechToText({ apiKey: "x", ...more }).capabilities.languages;
    expect(languagesOf({})).toEqual(["hi", "en", "hi-en"]);
    expect(languagesOf({ language: "hi" })).toEqual(["hi"]);
    expect(languagesOf({ language: "en-IN" })).toEqual(["en"]);
  });

  it("takes what it has where Finalize is not answered", async () => {
    const server = await simulator({ utterances: [], answersEmptyFinalize: false });
    const { stream, results } = await listen(server, { answerTimeoutMs: 200 });
    stream.speechStart("u1");
    stream.speechEnd("u1");
    stream.write(await sound("hm", MULAW_8K));
    await vi.waitFor(() => expect(results.at(-1)).toEqual({ type: "not-understood", utteranceId: "u1" }));
    await stream.close();
  });

  it("keeps a muted line open", async () => {
    const clock = createVirtualClock();
    const server = createDeepgramSimulator();
    const plugin = deepgramSpeechToText({ apiKey: "test-key", network: server.network(clock) });
    const { signal } = new AbortController();
    const stream = await plugin.doListen({ call: CALL, format: MULAW_8K, language: "hi", signal });
    await clock.advance(60_000);
    expect(server.visits[0]?.received).toEqual(Array.from({ length: 15 }, () => '{"type":"KeepAlive"}'));
    expect(server.openConnections()).toBe(1);
    await stream.close();
    expect([server.openConnections(), clock.pendingTimers]).toEqual([0, 0]);
  });

  it("fails when Deepgram closes for silence", async () => {
    const server = await simulator({ silenceTimeoutMs: 50 });
    const { ended } = await listen(server);
    await expect(ended).rejects.toThrow(/\(1011: NET-0001/);
    await gone(server);
  });

  it.each<[string, ProviderFault, object, RegExp]>([
    ["refuses", { type: "refuse" }, { code: "provider-failed", retryable: true }, /could not be reached/],
    ["knows no key", { type: "status", status: 401 }, { code: "not-authorised" }, /401: Invalid credentials/],
    ["is busy", { type: "status", status: 429, retryAfterS: 120 }, { code: "overloaded", retryable: true }, /429/],
    ["breaks", { type: "status", status: 500 }, { code: "provider-failed", retryable: true }, /500/],
    ["does not answer", { type: "stall" }, { code: "provider-timeout", retryable: true }, /take the connection/],
  ])("that %s does not open, and says so", async (_, fault, expected, message) => {
    const server = await simulator({ fault: () => fault });
    const opening = listen(server, { connectTimeoutMs: 150 });
    await expect(opening).rejects.toMatchObject({ ...expected, provider: "deepgram", component: "speech-to-text" });
    await expect(opening).rejects.toThrow(message);
    await gone(server);
  });

  it.each<[string, ProviderFault, object, RegExp]>([
    ["stalls", { type: "stall", from: 0 }, { code: "provider-timeout", retryable: true }, /nothing for 200 ms/],
    ["is cut", { type: "cut", from: 1 }, { code: "provider-failed", retryable: true }, /\(1006\)/],
    ["ends", closing(1000, ""), { code: "provider-failed", retryable: true }, /\(1000\)/],
    ["finds no sound", closing(1008, "DATA-0000"), { code: "invalid-request", retryable: false }, /1008: DATA-0000/],
    ["talks nonsense", { type: "garbage", from: 1 }, { code: "provider-failed", retryable: true }, /none of/],
  ])("that %s fails so, and lets go", async (_, fault, expected, message) => {
    const server = await simulator({ fault: () => fault, utterances: [ONE] });
    const { stream, ended } = await listen(server, { answerTimeoutMs: 200 });
    stream.write(await sound("one two three", MULAW_8K));
    stream.speechStart("u1");
    stream.speechEnd("u1");
    await expect(ended).rejects.toMatchObject({ ...expected, provider: "deepgram" });
    await expect(ended).rejects.toThrow(message);
    await gone(server);
  });

  it("hears a slow Deepgram out", async () => {
    const server = await simulator({ fault: () => ({ type: "slow", everyMs: 20 }), utterances: [ONE] });
    const { stream, results } = await listen(server);
    stream.write(await sound("one two", MULAW_8K));
    stream.speechStart("u1");
    stream.speechEnd("u1");
    await vi.waitFor(() => expect(results.at(-1)).toMatchObject({ final: true, text: TEXT, utteranceId: "u1" }));
    await stream.close();
  });

  it.each([{ type: "stall" }, { type: "stall", from: 0 }] as const)("lets go of %o when aborted", async (fault) => {
    const server = await simulator({ fault: () => fault });
    const controller = new AbortController();
    const reason = new Error("the call is over");
    const listening = listen(server, {}, controller.signal).then(({ ended }) => ended);
    listening.catch(() => {});
    await vi.waitFor(() => expect(server.openConnections()).toBe(1));
    controller.abort(reason);
    await expect(listening).rejects.toBe(reason);
    await gone(server);
  });

  it("says what is missing", () => {
    vi.stubEnv("DEEPGRAM_API_KEY", "");
    expect(() => deepgramSpeechToText()).toThrow(/Set DEEPGRAM_API_KEY, or give the option apiKey/);
  });
});

function closing(code: number, reason: string): ProviderFault {
  return { type: "close", from: 1, code, reason };
}

describe("the simulator of Deepgram", () => {
  const GOOD = "model=nova-3&language=multi&encoding=mulaw&sample_rate=8000";

  it.each([
    ["another model", "model=whisper&encoding=mulaw&sample_rate=8000", "test-key", [], 400],
    ["another language", "model=nova-3&language=xx&encoding=mulaw&sample_rate=8000", "test-key", [], 400],
    ["a wrong encoding", "model=nova-3&encoding=ulaw&sample_rate=8000", "test-key", [], 400],
    ["sound without a rate", "model=nova-3&encoding=mulaw", "test-key", [], 400],
    ["an unknown parameter", `${GOOD}&lang=hi`, "test-key", [], 400],
    ["an utterance end without interim results", `${GOOD}&utterance_end_ms=1000`, "test-key", [], 400],
    ["a wrong key", GOOD, "wrong", [], 401],
    ["a text that is no order", GOOD, "test-key", ["hello"], 1008],
    ["an unknown order", GOOD, "test-key", ['{"type":"Flush"}'], 1008],
    ["nothing of a good end", GOOD, "test-key", ['{"type":"CloseStream"}'], 1000],
  ])("refuses %s", async (_, query, key, messages, expected) => {
    const { baseUrl } = await simulator();
    const socket = new WebSocket(`${baseUrl}/v1/listen?${query}`, { headers: { Authorization: `Token ${key}` } });
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
    expect(status).toBe(expected);
  });
});
