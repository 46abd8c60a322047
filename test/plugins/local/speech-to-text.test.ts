import { afterAll, describe, expect, it } from "vitest";
import { bytesOfSamples, decodeMulaw, MULAW_8K, PCM_8K, PCM_16K, silence } from "../../../src/audio/index.js";
import { BolchaalError } from "../../../src/errors.js";
import { localSpeechToText } from "../../../src/plugins/local/speech-to-text.js";
import type { AudioFormat, SpeechToTextStream, TranscriptResult } from "../../../src/spec/index.js";
import { callerAudio, callerPhrases, recordedCallers } from "../../fixtures/phrases/callers.js";

const { en, hi } = callerPhrases();
const provider = localSpeechToText({ phrases: { en, hi } });
afterAll(() => provider.close());

function open(format: AudioFormat = MULAW_8K, signal = new AbortController().signal): Promise<SpeechToTextStream> {
  const call = { callId: "CA1", direction: "inbound", parameters: {} } as const;
  return provider.doListen({ call, format, language: "en", signal });
}

function caller(phrase: string): Uint8Array {
  const found = recordedCallers().find((recorded) => recorded.phrase === phrase);
  if (found === undefined) throw new Error(`No caller says "${phrase}".`);
  return callerAudio(found);
}

/** Caller audio in the carrier's frames of 20 ms; speech is told to begin 100 ms late, as detectors do. */
function say(stream: SpeechToTextStream, utteranceId: string, audio: Uint8Array): void {
  const line = [...silence(MULAW_8K, 500), ...audio, ...silence(MULAW_8K, 500)];
  const onset = 600 * 8;
  for (let at = 0; at < line.length; at += 160) {
    if (at === onset) stream.speechStart(utteranceId);
    stream.write(Uint8Array.from(line.slice(at, at + 160)));
  }
  stream.speechEnd(utteranceId);
}

async function take(stream: SpeechToTextStream, count: number): Promise<TranscriptResult[]> {
  const results: TranscriptResult[] = [];
  for await (const result of stream.results) {
    results.push(result);
    if (results.length === count) break;
  }
  return results;
}

describe("the embedded recogniser", () => {
  it("tells English, Hindi and foreign speech, and silence, each with its utterance", async () => {
    const stream = await open();
    const foreign = recordedCallers().find(({ kind }) => kind === "foreign");
    say(stream, "u1", caller("I want a demo"));
    say(stream, "u2", caller("kitna paisa lagega"));
    say(stream, "u3", callerAudio(foreign as NonNullable<typeof foreign>));
    say(stream, "u4", silence(MULAW_8K, 800));
    const results = await take(stream, 4);
    expect(new Map(results.map((result) => [result.utteranceId, result]))).toEqual(
      new Map<string, unknown>([
        ["u4", { type: "no-speech", utteranceId: "u4" }],
        ["u1", transcript("u1", "I want a demo", "en")],
        ["u2", transcript("u2", "kitna paisa lagega", "hi")],
        ["u3", { type: "not-understood", utteranceId: "u3" }],
      ]),
    );
    await stream.close();
  });

  it("never mixes two calls that speak at once", async () => {
    const streams = await Promise.all([open(), open()]);
    const [first, second] = streams as [SpeechToTextStream, SpeechToTextStream];
    say(first, "same", caller("tomorrow morning"));
    say(second, "same", caller("shukriya"));
    expect(await take(second, 1)).toEqual([transcript("same", "shukriya", "hi")]);
    expect(await take(first, 1)).toEqual([transcript("same", "tomorrow morning", "en")]);
    await Promise.all(streams.map((stream) => stream.close()));
  });

  it.each([
    ["linear at 8 kHz", PCM_8K, 1],
    ["linear at 16 kHz", PCM_16K, 2],
  ] as const)("takes %s", async (_, format, repeat) => {
    const stream = await open(format);
    const samples = decodeMulaw(caller("thank you"));
    const wanted = Int16Array.from(
      { length: samples.length * repeat },
      (_, at) => samples[Math.floor(at / repeat)] ?? 0,
    );
    stream.speechStart("u1");
    stream.write(bytesOfSamples(wanted));
    stream.speechEnd("u1");
    expect(await take(stream, 1)).toEqual([transcript("u1", "thank you", "en")]);
    await stream.close();
  });
});

function transcript(utteranceId: string, text: string, language: "en" | "hi") {
  return { type: "transcript", final: true, utteranceId, text, language, confidence: expect.any(Number) };
}

describe("the end of a stream", () => {
  it("ends the results on close, drops what was under way, and takes no more", async () => {
    const stream = await open();
    say(stream, "u1", caller("yes"));
    await stream.close();
    await stream.close();
    say(stream, "u2", caller("yes"));
    expect(await take(stream, 9)).toEqual([]);
  });

  it("throws the signal's reason when aborted", async () => {
    const abort = new AbortController();
    const stream = await open(MULAW_8K, abort.signal);
    say(stream, "u1", caller("yes"));
    const reason = new Error("hung up");
    abort.abort(reason);
    await expect(take(stream, 1)).rejects.toBe(reason);
    await expect(open(MULAW_8K, abort.signal)).rejects.toBe(reason);
  });

  it("fails the results of a stream whose recogniser was closed", async () => {
    const closed = localSpeechToText({ phrases: { en: ["yes"] } });
    const call = { callId: "CA2", direction: "inbound", parameters: {} } as const;
    const { signal } = new AbortController();
    const stream = await closed.doListen({ call, format: MULAW_8K, language: "en", signal });
    say(stream, "u1", caller("yes"));
    await closed.close();
    const thrown = await take(stream, 1).catch((error: unknown) => error);
    expect(BolchaalError.isInstance(thrown) && thrown.code).toBe("session-ended");
  });
});

it.each([0, 1.5, Number.NaN])("refuses %d workers", (workers) => {
  expect(() => localSpeechToText({ phrases: { en: ["yes"] }, workers })).toThrow("Give a whole number from 1.");
});
