import { describe, expect, it, vi } from "vitest";
import { bytesForMs, MULAW_8K, PCM_16K, silence } from "../../../src/audio/index.js";
import { type OpenAiTranscriptionOptions, openAiTranscription } from "../../../src/plugins/openai/index.js";
import type { AudioFormat, TranscriptResult } from "../../../src/spec/index.js";
import { scriptedTextToSpeech, speechToTextConformance } from "../../../src/testing/index.js";
import {
  createOpenAiSimulator,
  type ListeningOpenAiSimulator,
  type OpenAiSimulatorOptions,
} from "../../../src/testing/openai-simulator/http/index.js";
import { FAULTS, read, simulatedOpenAi } from "./simulated.js";

const call = { callId: "c1", direction: "inbound", parameters: {} } as const;

async function spoken(text: string, format: AudioFormat): Promise<Buffer> {
  const { signal } = new AbortController();
  const { items } = await read(scriptedTextToSpeech().doSpeak({ text, language: "hi", format, signal }));
  return Buffer.concat(items.map(({ audio }) => audio));
}

async function listen(options: OpenAiSimulatorOptions = {}, more: OpenAiTranscriptionOptions = {}, format = MULAW_8K) {
  const simulated = simulatedOpenAi(options);
  const warn = vi.fn();
  const abort = new AbortController();
  const stream = await openAiTranscription({ ...simulated.reach, ...more }).doListen({
    ...{ call, format, language: "hi-en", signal: abort.signal, warn },
  });
  const results: TranscriptResult[] = [];
  const over = (async () => {
    for await (const result of stream.results) results.push(result);
  })().then(
    () => undefined,
    (error: unknown) => error,
  );

  /** As a session: the start is told when some of it was heard. */
  async function say(id: string, text: string, pieceBytes = 161): Promise<void> {
    const sound = Buffer.concat([silence(format, 100), await spoken(text, format), silence(format, 100)]);
    const startAt = bytesForMs(180, format);
    let started = false;
    for (let at = 0; at < sound.length; at += pieceBytes) {
      stream.write(sound.subarray(at, at + pieceBytes));
      if (started || at + pieceBytes < startAt) continue;
      stream.speechStart(id);
      started = true;
    }
    stream.speechEnd(id);
  }
  // The file of a form is read outside the virtual clock.
  const finals = (count: number) =>
    vi.waitFor(async () => {
      await simulated.clock.advance(0);
      expect(results.filter((result) => result.type !== "transcript" || result.final)).toHaveLength(count);
    }, 5_000);
  return { ...simulated, stream, results, over, say, finals, warn, abort };
}

describe("OpenAI hears utterances as files", () => {
  describe("conforms", async () => {
    let server: ListeningOpenAiSimulator;
    const suite = speechToTextConformance({
      create: async () => {
        server = await createOpenAiSimulator().listen();
        return openAiTranscription({ apiKey: "test-key", baseUrl: server.baseUrl });
      },
      destroy: () => server.close(),
      timeoutMs: 5_000,
      speech: {
        format: MULAW_8K,
        audio: await spoken("haan ji mujhe demo chahiye", MULAW_8K),
        language: "hi",
        text: "haan ji mujhe demo chahiye",
      },
    });
    it.each(suite.map(({ name, run }) => [name, run] as const))("%s", (_, run) => run());
  });

  it.each([
    [MULAW_8K, 161],
    [PCM_16K, 641],
  ] as const)("hears the whole utterance, its begin included: %j in pieces of %d", async (format, pieceBytes) => {
    const { results, say, finals, simulator } = await listen({}, { keywords: ["Sharma Sweets"] }, format);
    await say("u1", "मेरा order कहाँ है", pieceBytes);
    await finals(1);
    expect(results.at(-1)).toEqual({ type: "transcript", final: true, utteranceId: "u1", text: "मेरा order कहाँ है" });
    expect(results[0]).toEqual({ type: "transcript", final: false, utteranceId: "u1", text: "मेरा " });
    expect(simulator.requests[0]?.body).toMatchObject({
      model: "gpt-transcribe",
      "languages[]": ["hi", "en"],
      "keywords[]": ["Sharma Sweets"],
      stream: "true",
      file: { name: "utterance.wav" },
    });
  });

  it("gives one language to other models", async () => {
    const { say, finals, simulator } = await listen({}, { model: "gpt-4o-transcribe" });
    await say("u1", "haan");
    await finals(1);
    expect(simulator.requests[0]?.body).toMatchObject({ model: "gpt-4o-transcribe", language: "hi" });
  });

  it("hears side by side, tells in order, and no word twice", async () => {
    const slowFirst: OpenAiSimulatorOptions = {
      fault: (request) => (request === 1 ? { type: "slow", everyMs: 400 } : undefined),
    };
    const { results, say, finals, simulator, clock } = await listen(slowFirst);
    await say("u1", "pehli baat");
    await say("u2", "doosri baat");
    await vi.waitFor(() => expect(simulator.requests).toHaveLength(2));
    expect(results).toEqual([]);
    await vi.waitFor(async () => {
      await clock.advance(400);
      expect(results.filter((result) => result.type === "transcript" && result.final)).toHaveLength(2);
    });
    await finals(2);
    expect(results.filter((result) => result.type === "transcript" && result.final)).toEqual([
      { type: "transcript", final: true, utteranceId: "u1", text: "pehli baat" },
      { type: "transcript", final: true, utteranceId: "u2", text: "doosri baat" },
    ]);
  });

  it("tells that it understood nothing", async () => {
    const { results, say, finals } = await listen({ transcribe: () => "  " });
    await say("u1", "haan");
    await finals(1);
    expect(results).toEqual([{ type: "not-understood", utteranceId: "u1" }]);
  });

  it("keeps no more of an utterance than is allowed, and says so", async () => {
    const { results, say, finals, warn } = await listen({}, { maxUtteranceMs: 750 });
    await say("u1", "ek do teen chaar paanch chhah");
    await finals(1);
    expect(results.at(-1)).toMatchObject({ final: true, text: "ek do teen" });
    expect(warn.mock.calls).toMatchObject([[{ code: "overloaded" }]]);
  });

  it("leaves out what is too much at once", async () => {
    const { results, say, finals, warn, clock } = await listen({ fault: () => ({ type: "slow", everyMs: 500 }) });
    for (let count = 1; count <= 9; count += 1) await say(`u${count}`, "haan");
    await vi.waitFor(async () => {
      await clock.advance(500);
      expect(results.at(-1)).toEqual({ type: "not-understood", utteranceId: "u9" });
    }, 3_000);
    await finals(9);
    expect(warn).toHaveBeenCalledTimes(1);
  });

  it.each(FAULTS)("tells of a provider that fails: %j", async (fault, code, retryable) => {
    // A transcript of two words has three messages or more.
    const { over, say, clock, simulator } = await listen({ fault: () => fault });
    await say("u1", "haan ji bilkul");
    const error = await clock.runUntilSettled(over);
    expect(error).toMatchObject({ code, retryable, provider: "openai", component: "speech-to-text" });
    await vi.waitFor(() => expect(simulator.openAnswers).toBe(0));
    expect(clock.pendingTimers).toBe(0);
  });

  it("ends in silence when closed, and with the reason when aborted", async () => {
    const closed = await listen({ fault: () => ({ type: "header-stall" }) });
    await closed.say("u1", "haan");
    await closed.stream.close();
    await closed.stream.close();
    expect(await closed.over).toBeUndefined();
    const aborted = await listen({ fault: () => ({ type: "header-stall" }) });
    await aborted.say("u1", "haan");
    const reason = new Error("hung up");
    aborted.abort.abort(reason);
    expect(await aborted.over).toBe(reason);
    await vi.waitFor(() => expect(closed.simulator.openAnswers + aborted.simulator.openAnswers).toBe(0));
  });
});
