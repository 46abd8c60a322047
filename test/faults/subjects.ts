import { PCM_24K } from "../../src/audio/index.js";
import { loadAiSdk } from "../../src/plugins/ai-sdk/sdk.js";
import { openAiSpeech } from "../../src/plugins/openai/index.js";
import { systemClock } from "../../src/system-clock.js";
import { createOpenAiSimulator } from "../../src/testing/openai-simulator/index.js";
import { AI_SDK } from "./ai-sdk.js";
import type { Subject } from "./call.js";
import { OPENAI_HTTP } from "./openai.js";
import { SOCKETS } from "./sockets.js";

/** Every provider that is reached over a network. */
export const SUBJECTS: readonly Subject[] = [...OPENAI_HTTP, AI_SDK, ...SOCKETS];

/** What the packages behind them load once, before time is counted. */
export async function loadPackages(): Promise<void> {
  await loadAiSdk();
  const speech = openAiSpeech({ apiKey: "none", network: createOpenAiSimulator().network(systemClock) });
  const { signal } = new AbortController();
  await speech
    .doSpeak({ text: "load", language: "en", format: PCM_24K, signal })
    [Symbol.asyncIterator]()
    .next()
    .catch(() => {});
}
