import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { concatBytes, MULAW_8K, PCM_8K, silence } from "../../../src/audio/index.js";
import { defineTool } from "../../../src/brain/index.js";
import {
  type OpenAiRealtimeVoice,
  openAiRealtime,
  openAiRealtimeTranscription,
  openAiRealtimeVoice,
} from "../../../src/plugins/openai/index.js";
import type { AudioFormat, SpeechChunk, TranscriptResult } from "../../../src/spec/index.js";
import { speechToSpeechAgent } from "../../../src/speech-to-speech/index.js";
import {
  createOpenAiRealtimeSimulator,
  createVirtualClock,
  heardText,
  type ListeningProviderSimulator,
  memoryLogger,
  type OpenAiRealtimeSimulatorOptions,
  type ProviderFault,
  type ProviderSimulator,
  scriptedTextToSpeech,
  speechToTextConformance,
  textToSpeechConformance,
} from "../../../src/testing/index.js";
import { wholeCall } from "../../session/whole-call.js";

type Listening = ProviderSimulator & ListeningProviderSimulator;

let open: Listening[] = [];
beforeEach(() => {
  open = [];
});
afterEach(async () => {
  await Promise.all(open.map((server) => server.close()));
});

async function listening(options: OpenAiRealtimeSimulatorOptions = {}): Promise<Listening> {
  const simulator = createOpenAiRealtimeSimulator(options);
  const server = { ...simulator, ...(await simulator.listen()) };
  open.push(server);
  return server;
}

const gone = (server: ProviderSimulator) => vi.waitFor(() => expect(server.openConnections()).toBe(0), 1_000);
const CALL = { callId: "c", direction: "inbound", parameters: {} } as const;
const key = { apiKey: "test-key" };

async function sound(text: string, format: AudioFormat): Promise<Uint8Array> {
  const { signal } = new AbortController();
  const parts: Uint8Array[] = [];
  for await (const { audio } of scriptedTextToSpeech().doSpeak({ text, language: "hi", format, signal }))
    parts.push(audio);
  return concatBytes(...parts);
}

/** What a client has sent, without its sound. */
function sent(simulator: ProviderSimulator, connection = 0): Record<string, unknown>[] {
  return (simulator.visits[connection]?.received ?? [])
    .map((each) => JSON.parse(String(each)) as Record<string, unknown>)
    .filter(({ type }) => type !== "input_audio_buffer.append");
}

/** A call's recogniser in memory, on a virtual clock. */
async function hearing(options: OpenAiRealtimeSimulatorOptions = {}, more: object = {}) {
  const clock = createVirtualClock();
  const openAi = createOpenAiRealtimeSimulator(options);
  const abort = new AbortController();
  const plugin = openAiRealtimeTranscription({ ...key, network: openAi.network(clock), ...more });
  const warnings: string[] = [];
  const warn = ({ message }: Error) => void warnings.push(message);
  const opening = plugin.doListen({ call: CALL, format: MULAW_8K, language: "hi", signal: abort.signal, warn });
  const stream = await clock.runUntilSettled(opening);
  const results: TranscriptResult[] = [];
  let thrown: unknown;
  void (async () => {
    for await (const result of stream.results) results.push(result);
  })().catch((error: unknown) => {
    thrown = error;
  });
  const say = async (utteranceId: string, text: string) => {
    stream.speechStart(utteranceId);
    stream.write(await sound(text, MULAW_8K));
    stream.speechEnd(utteranceId);
  };
  return { clock, openAi, abort, stream, results, warnings, thrown: () => thrown, say };
}

describe("OpenAI hears live", () => {
  describe("conforms", () => {
    let server: Listening;
    let audio: Uint8Array;
    beforeAll(async () => {
      audio = await sound("namaste ji", PCM_8K);
    });
    const suite = (create: () => Promise<ReturnType<typeof openAiRealtimeTranscription>>, speech: Uint8Array) =>
      speechToTextConformance({
        create,
        destroy: () => gone(server),
        speech: { format: PCM_8K, audio: speech, language: "hi", text: "namaste ji" },
        timeoutMs: 5_000,
      });
    const create = async () => {
      server = await listening();
      return openAiRealtimeTranscription({ ...key, baseUrl: server.baseUrl });
    };
    it.each(suite(create, new Uint8Array()).map(({ name }) => name))("%s", (name) =>
      suite(create, audio)
        .find((one) => one.name === name)
        ?.run(),
    );
  });

  it("asks for a transcription session without turns of its own, µ-law straight through", async () => {
    const { openAi, stream, say, clock } = await hearing({}, { keywords: ["Sagar"], prompt: "A hotel.", delay: "low" });
    await say("u1", "namaste ji");
    await clock.advance(0);
    expect(openAi.visits[0]?.query).toEqual({ intent: "transcription" });
    expect(sent(openAi)).toEqual([
      {
        type: "session.update",
        session: {
          type: "transcription",
          audio: {
            input: {
              format: { type: "audio/pcmu" },
              transcription: {
                model: "gpt-live-transcribe",
                languages: ["hi", "en"],
                keywords: ["Sagar"],
                prompt: "A hotel.",
                delay: "low",
              },
              turn_detection: null,
            },
          },
        },
      },
      { type: "input_audio_buffer.commit" },
    ]);
    await stream.close();
    expect([openAi.openConnections(), clock.pendingTimers]).toEqual([0, 0]);
  });

  it("brings words while they are spoken, then for good", async () => {
    const { results, stream, say, clock } = await hearing();
    await say("u1", "mujhe kal demo chahiye");
    await clock.advance(0);
    const interim = results.filter((result) => result.type === "transcript" && !result.final);
    expect(interim.length).toBeGreaterThan(1);
    expect(results.at(-1)).toEqual({
      type: "transcript",
      final: true,
      utteranceId: "u1",
      text: "mujhe kal demo chahiye",
    });
    await stream.close();
  });

  it("tells finals in the order in which they were spoken, however they come", async () => {
    const transcriptMs = (utterance: number) => (utterance === 1 ? 500 : 100);
    const { results, stream, say, clock } = await hearing({ transcriptMs });
    await say("u1", "one two");
    await clock.advance(50);
    await say("u2", "three four");
    await clock.advance(1_000);
    const finals = results.flatMap((result) => (result.type === "transcript" && result.final ? [result] : []));
    expect(finals.map(({ utteranceId, text }) => [utteranceId, text])).toEqual([
      ["u1", "one two"],
      ["u2", "three four"],
    ]);
    await stream.close();
  });

  it("says so of an utterance that was too short, and of one without words", async () => {
    const { results, stream, clock } = await hearing({ hear: () => "" });
    stream.speechStart("u1");
    stream.write(silence(MULAW_8K, 20));
    stream.speechEnd("u1");
    stream.speechStart("u2");
    stream.write(silence(MULAW_8K, 400));
    stream.speechEnd("u2");
    await clock.advance(0);
    expect(results).toEqual([
      { type: "no-speech", utteranceId: "u1" },
      { type: "not-understood", utteranceId: "u2" },
    ]);
    await stream.close();
  });

  it.each<[string, ProviderFault, object]>([
    ["stalls", { type: "stall", from: 2 }, { code: "provider-timeout", retryable: true }],
    ["breaks off", { type: "cut", from: 2 }, { code: "provider-failed", retryable: true }],
    ["sends garbage", { type: "garbage", from: 2 }, { code: "provider-failed", retryable: true }],
    ["sends what is binary", { type: "binary", from: 2 }, { code: "provider-failed", retryable: true }],
    ["ends the session", { type: "close", from: 2, code: 1001, reason: "session limit" }, { code: "provider-failed" }],
  ])("fails when OpenAI %s", async (_what, fault, error) => {
    const { clock, thrown, openAi, say } = await hearing({ fault: () => fault });
    await say("u1", "namaste ji theek hai");
    await clock.advance(3_000);
    expect(thrown()).toMatchObject({ ...error, provider: "openai", component: "speech-to-text" });
    expect([openAi.openConnections(), clock.pendingTimers]).toEqual([0, 0]);
  });

  it.each<[ProviderFault | undefined, object, object]>([
    [{ type: "refuse" }, {}, { code: "provider-failed", retryable: true }],
    [{ type: "status", status: 401 }, {}, { code: "not-authorised" }],
    [{ type: "status", status: 402 }, {}, { code: "overloaded", retryable: false }],
    [{ type: "status", status: 429, retryAfterS: 120 }, {}, { code: "overloaded", retryAfterMs: 120_000 }],
    [{ type: "status", status: 500 }, {}, { code: "provider-failed", retryable: true }],
    [{ type: "stall" }, {}, { code: "provider-timeout" }],
    [{ type: "stall", from: 0 }, {}, { code: "provider-timeout" }],
    [undefined, { apiKey: "wrong" }, { code: "not-authorised" }],
    [undefined, { keywords: ["<b>"] }, { code: "invalid-request" }],
  ])("says why it cannot begin: %j %j", async (fault, more, error) => {
    const failing = hearing(fault === undefined ? {} : { fault: () => fault }, more);
    await expect(failing).rejects.toMatchObject({ ...error, provider: "openai" });
  });
});

/** Has Realtime say texts one after another, in memory, on a virtual clock. */
async function speaking(texts: readonly string[], options: OpenAiRealtimeSimulatorOptions = {}, more: object = {}) {
  const clock = createVirtualClock();
  const openAi = createOpenAiRealtimeSimulator(options);
  const voice = openAiRealtimeVoice({ ...key, network: openAi.network(clock), ...more });
  const chunks: SpeechChunk[] = [];
  const warnings: string[] = [];
  const { signal } = new AbortController();
  const warn = ({ message }: Error) => void warnings.push(message);
  const said = async () => {
    for (const text of texts) {
      for await (const chunk of voice.doSpeak({ text, language: "hi", format: MULAW_8K, signal, warn }))
        chunks.push(chunk);
    }
  };
  const thrown = await clock.runUntilSettled(
    said().then(
      () => undefined,
      (error: unknown) => error,
    ),
  );
  return { audio: concatBytes(...chunks.map(({ audio }) => audio)), openAi, clock, thrown, warnings, voice };
}

describe("Realtime as a voice", () => {
  describe("conforms", () => {
    let server: Listening;
    let voice: OpenAiRealtimeVoice;
    const suite = textToSpeechConformance({
      create: async () => {
        server = await listening();
        voice = openAiRealtimeVoice({ ...key, baseUrl: server.baseUrl });
        return voice;
      },
      destroy: async () => {
        voice.close();
        await gone(server);
      },
      timeoutMs: 5_000,
    });
    it.each(suite.map(({ name, run }) => [name, run] as const))("%s", (_, run) => run());
  });

  it("reads aloud, outside of any conversation, over one connection after another's piece", async () => {
    const { audio, openAi, voice, clock } = await speaking(
      ["नमस्ते जी।", "कैसे हैं?"],
      {},
      { voice: { en: "cedar", hi: "coral" }, instructions: "Warm.", speed: 1.1 },
    );
    expect(audio.length / 8).toBeGreaterThanOrEqual(800);
    expect(openAi.visits).toHaveLength(1);
    const [update, first, second] = sent(openAi);
    expect(update).toMatchObject({
      session: {
        type: "realtime",
        output_modalities: ["audio"],
        instructions: expect.stringMatching(/^You are a voice that reads aloud\..* Warm\.$/),
        audio: {
          input: { turn_detection: null },
          output: { format: { type: "audio/pcmu" }, voice: "coral", speed: 1.1 },
        },
      },
    });
    expect([first, second]).toMatchObject([
      { response: { conversation: "none", input: [{ content: [{ text: "नमस्ते जी।" }] }] } },
      { response: { conversation: "none", input: [{ content: [{ text: "कैसे हैं?" }] }] } },
    ]);
    voice.close();
    await clock.advance(0);
    expect([openAi.openConnections(), clock.pendingTimers]).toEqual([0, 0]);
  });

  it("lets go of a connection that nobody wants", async () => {
    const { openAi, clock } = await speaking(["नमस्ते"]);
    expect(openAi.openConnections()).toBe(1);
    await clock.advance(30_000);
    expect([openAi.openConnections(), clock.pendingTimers]).toEqual([0, 0]);
  });

  it("reports a paraphrase, and none where only signs or figures differ", async () => {
    const heard: unknown[] = [];
    const onParaphrase = (event: unknown) => void heard.push(event);
    const good = await speaking(["It is 4,500 rupees!"], { reply: () => ({ text: "It is rupees" }) }, { onParaphrase });
    expect([heard, good.warnings]).toEqual([[], []]);
    const bad = await speaking(
      ["Shall I book it?"],
      { reply: () => ({ text: "Yes please book it" }) },
      { onParaphrase },
    );
    expect(heard).toEqual([{ text: "Shall I book it?", spoken: "Yes please book it" }]);
    expect(bad.warnings).toEqual([
      expect.stringContaining('It was to say "Shall I book it?", and said "Yes please book it"'),
    ]);
    expect(bad.thrown).toBeUndefined();
  });

  it.each<[string, OpenAiRealtimeSimulatorOptions, object]>([
    ["fails", { reply: () => ({ error: "server_error" }) }, { code: "provider-failed" }],
    ["is out of credit", { reply: () => ({ error: "insufficient_quota" }) }, { code: "overloaded", retryable: false }],
    ["stalls", { fault: () => ({ type: "stall", from: 4 }) }, { code: "provider-timeout" }],
    ["breaks off", { fault: () => ({ type: "cut", from: 5 }) }, { code: "provider-failed", retryable: true }],
    ["says nothing", { reply: () => ({ text: "" }) }, { code: "provider-failed" }],
  ])("throws when it %s", async (_what, options, error) => {
    const { thrown, openAi, clock } = await speaking(["namaste ji kaise hain"], options);
    expect(thrown).toMatchObject({ ...error, provider: "openai", component: "text-to-speech" });
    expect([openAi.openConnections(), clock.pendingTimers]).toEqual([0, 0]);
  });

  it("warns of a model near its end, with the day", () => {
    const logger = memoryLogger();
    openAiRealtimeVoice({ ...key, model: "gpt-realtime-mini", logger, today: new Date("2026-11-23") });
    expect(logger.lines.map(({ message }) => message)).toEqual([expect.stringContaining("2027-01-20")]);
  });
});

describe("Realtime as speech to speech", () => {
  const price = defineTool({ name: "price", description: "", run: () => ({ rupees: 500 }) });

  async function call(
    script: Parameters<typeof wholeCall>[0],
    reply: NonNullable<OpenAiRealtimeSimulatorOptions["reply"]>,
    agent: Parameters<typeof wholeCall>[1] = {},
  ) {
    let openAi: ProviderSimulator | undefined;
    const result = await wholeCall(script, agent, {}, (clock) => {
      openAi = createOpenAiRealtimeSimulator({ reply, transcriptMs: 100, firstSoundMs: 150 });
      const model = openAiRealtime({ ...key, network: openAi.network(clock) });
      return speechToSpeechAgent(model, { instructions: "You sell rooms.", tools: [price], clock });
    });
    return { ...result, openAi: openAi as ProviderSimulator, heard: heardText(result.report) };
  }

  it("holds a call: greets, answers, uses a tool, says goodbye", async () => {
    const { heard, of, openAi } = await call(
      [
        { waitFor: "agent-silence" },
        { say: "what does a room cost" },
        { waitFor: "agent-silence" },
        { say: "thank you bye" },
        { waitFor: "agent-silence" },
        { pauseMs: 3_000 },
      ],
      ({ last, aside }) => {
        if (aside) return { text: last };
        if (last.includes("begun")) return { text: "Namaste, Sagar Hotel." };
        if (last.includes("rupees")) return { text: "It is five hundred rupees." };
        return { text: "Let me look.", toolCalls: [{ id: "call-1", name: "price", arguments: "{}" }] };
      },
      { greeting: "brain" },
    );
    expect(heard).toBe(
      "Namaste, Sagar Hotel. Let me look. It is five hundred rupees. Thank you for your time. Goodbye!",
    );
    expect(of("tool-result")).toMatchObject([{ name: "price", output: { rupees: 500 } }]);
    expect(of("call-end")).toMatchObject([{ reason: "farewell" }]);
    expect(of("error")).toEqual([]);
    expect(of("warning")).toEqual([]);
    expect(openAi.visits).toHaveLength(1);
    expect(openAi.visits[0]?.query).toEqual({ model: "gpt-realtime-2.1-mini" });
  });

  it("cuts the answer at what was heard, and takes no second answer before the first is over", async () => {
    const { openAi, of } = await call(
      [
        { pauseMs: 300 },
        { say: "what does a room cost" },
        { interruptAfterMs: 900, say: "stop tell me another thing" },
        { waitFor: "agent-silence" },
        { hangUp: true },
      ],
      ({ last }) => ({
        text: last.includes("room")
          ? "one two three four five six seven eight nine ten eleven twelve"
          : "very well then",
      }),
      { interruption: { policy: "immediate" } },
    );
    const [bargeIn] = of("barge-in");
    const truncated = sent(openAi).find(({ type }) => type === "conversation.item.truncate");
    expect(truncated).toMatchObject({ content_index: 0, audio_end_ms: Math.floor(bargeIn?.playedMs ?? 0) });
    expect(of("error")).toEqual([]);
    expect(of("warning")).toEqual([]);
    expect(of("reply").at(-1)).toMatchObject({ heardText: "very well then", outcome: "played" });
  });
});
