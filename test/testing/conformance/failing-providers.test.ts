import { describe, expect, it } from "vitest";
import { PCM_8K } from "../../../src/audio/index.js";
import { deepgramSpeechToText } from "../../../src/plugins/deepgram/index.js";
import { elevenLabsTextToSpeech } from "../../../src/plugins/elevenlabs/index.js";
import { openAiRealtimeTranscription, openAiRealtimeVoice, openAiSpeech } from "../../../src/plugins/openai/index.js";
import { sarvamSpeechToText, sarvamTextToSpeech } from "../../../src/plugins/sarvam/index.js";
import type { SpeechToText, TextToSpeech } from "../../../src/spec/index.js";
import { systemClock } from "../../../src/system-clock.js";
import { createDeepgramSimulator } from "../../../src/testing/deepgram-simulator/index.js";
import { createElevenLabsSimulator } from "../../../src/testing/elevenlabs-simulator/index.js";
import {
  createOpenAiSimulator,
  failingSpeechToTextConformance,
  failingTextToSpeechConformance,
  type OpenAiHttpFault,
  type ProviderFault,
} from "../../../src/testing/index.js";
import { createOpenAiRealtimeSimulator } from "../../../src/testing/openai-simulator/index.js";
import { createSarvamSimulator } from "../../../src/testing/sarvam-simulator/index.js";
import { codedSpeech } from "../../../src/testing/scripted/coded-speech.js";
import { failuresOf, QUICK } from "./failures.js";

/** Failures that show at once; those of patience are in the matrix of faults, on the virtual clock. */
const FAULTS: readonly (readonly [string, ProviderFault])[] = [
  ["refuses", { type: "refuse" }],
  ["knows no key", { type: "status", status: 401 }],
  ["has had enough", { type: "status", status: 429, retryAfterS: 120 }],
  ["breaks", { type: "status", status: 500 }],
  ["breaks off", { type: "cut", from: 1 }],
  ["sends garbage", { type: "garbage", from: 1 }],
  ["sends bytes for text", { type: "binary", from: 1 }],
  ["closes without a result", { type: "close", from: 1, code: 1000, reason: "" }],
];
const HTTP_FAULTS: readonly (readonly [string, OpenAiHttpFault])[] = [
  ["refuses", { type: "refuse" }],
  ["knows no key", { type: "status", status: 401 }],
  ["has no credit", { type: "insufficient-quota" }],
  ["breaks", { type: "status", status: 500 }],
  ["breaks off", { type: "cut", afterMessages: 1 }],
  ["is a web page", { type: "wrong-content-type" }],
  ["is empty", { type: "empty" }],
];

const key = { apiKey: "test-key" } as const;
const always = (fault: ProviderFault) => ({ fault: () => fault });
const samples = codedSpeech("namaste ji kamra chahiye", 0, 200).flatMap((word) => [...word.samples]);
const speech = { format: PCM_8K, audio: new Uint8Array(Int16Array.from(samples).buffer), language: "hi" } as const;

const RECOGNISERS: Readonly<Record<string, (fault: ProviderFault) => SpeechToText>> = {
  Deepgram: (fault) =>
    deepgramSpeechToText({ ...key, network: createDeepgramSimulator(always(fault)).network(systemClock) }),
  Sarvam: (fault) => sarvamSpeechToText({ ...key, network: createSarvamSimulator(always(fault)).network(systemClock) }),
  "OpenAI Realtime": (fault) =>
    openAiRealtimeTranscription({ ...key, network: createOpenAiRealtimeSimulator(always(fault)).network(systemClock) }),
};

const VOICES: Readonly<Record<string, (fault: ProviderFault) => TextToSpeech>> = {
  ElevenLabs: (fault) =>
    elevenLabsTextToSpeech({
      ...key,
      voice: "asha",
      network: createElevenLabsSimulator(always(fault)).network(systemClock),
    }),
  Sarvam: (fault) => sarvamTextToSpeech({ ...key, network: createSarvamSimulator(always(fault)).network(systemClock) }),
  "OpenAI Realtime": (fault) =>
    openAiRealtimeVoice({ ...key, network: createOpenAiRealtimeSimulator(always(fault)).network(systemClock) }),
};

describe.each(Object.entries(RECOGNISERS))("the recogniser of %s fails as the contract asks", (_, make) => {
  it.each(FAULTS)("when it %s", async (_fault, fault) => {
    const suite = failingSpeechToTextConformance({ create: () => make(fault), speech, ...QUICK });
    expect(await failuresOf(suite)).toEqual([]);
  });
});

describe.each(Object.entries(VOICES))("the voice of %s fails as the contract asks", (_, make) => {
  it.each(FAULTS)("when it %s", async (_fault, fault) => {
    expect(await failuresOf(failingTextToSpeechConformance({ create: () => make(fault), ...QUICK }))).toEqual([]);
  });
});

describe("the voice of OpenAI over HTTP fails as the contract asks", () => {
  it.each(HTTP_FAULTS)("when it %s", async (_fault, fault) => {
    const network = createOpenAiSimulator({ fault: () => fault }).network(systemClock);
    const suite = failingTextToSpeechConformance({ create: () => openAiSpeech({ ...key, network }), ...QUICK });
    expect(await failuresOf(suite)).toEqual([]);
  });
});
