import { beforeAll, describe, expect, it } from "vitest";
import { configuredAgent } from "../../../src/cli/configured-agent.js";
import { type CheckReport, runChecks } from "../../../src/cli/doctor/check.js";
import { FIRST_BYTE_LIMIT_MS, providerChecks } from "../../../src/cli/doctor/checks/providers.js";
import type { ProviderNetwork } from "../../../src/net/index.js";
import type { SpeechToText } from "../../../src/spec/index.js";
import { createDeepgramSimulator } from "../../../src/testing/deepgram-simulator/index.js";
import { createElevenLabsSimulator } from "../../../src/testing/elevenlabs-simulator/index.js";
import { createOpenAiRealtimeSimulator, createOpenAiSimulator } from "../../../src/testing/openai-simulator/index.js";
import type { ProviderFault } from "../../../src/testing/provider-server/index.js";
import { createSarvamSimulator } from "../../../src/testing/sarvam-simulator/index.js";
import { createVirtualClock } from "../../../src/testing/virtual-clock.js";
import { loadPackages } from "../../faults/subjects.js";

const KEYS = {
  OPENAI_API_KEY: "test-key",
  DEEPGRAM_API_KEY: "test-key",
  SARVAM_API_KEY: "test-key",
  ELEVENLABS_API_KEY: "test-key",
  ELEVENLABS_VOICE: "asha",
};

/** An internet of simulated providers, each with the same fault, and what doctor says of an agent there. */
async function findings(environment: Readonly<Record<string, string>>, fault?: ProviderFault) {
  const clock = createVirtualClock();
  const faults = fault === undefined ? {} : { fault: () => fault };
  const http = createOpenAiSimulator();
  const sockets: readonly (readonly [host: string, network: ProviderNetwork])[] = [
    ["api.openai.com", createOpenAiRealtimeSimulator(faults).network(clock)],
    ["api.deepgram.com", createDeepgramSimulator(faults).network(clock)],
    ["api.sarvam.ai", createSarvamSimulator(faults).network(clock)],
    ["api.elevenlabs.io", createElevenLabsSimulator(faults).network(clock)],
  ];
  const network: ProviderNetwork = {
    clock,
    fetch: http.network(clock).fetch,
    connect(address, listener) {
      const [, to] = sockets.find(([host]) => host === address.url.host) ?? [];
      if (to === undefined) throw new Error(`nobody is at ${address.url.host}`);
      return to.connect(address, listener);
    },
  };
  const { parts, madeOf, close } = configuredAgent({ environment, network });
  // The embedded voice lives in a thread, by the machine's own time.
  const reached = { ...parts, voices: parts.voices.filter(({ name }) => name !== "local") };
  const reports = await clock.runUntilSettled(runChecks(providerChecks(reached, clock), { clock }));
  await close();
  return { reports, madeOf, clock, statuses: statusesOf(reports) };
}

function statusesOf(reports: readonly CheckReport[]): Record<string, string> {
  return Object.fromEntries(reports.map(({ name, status }) => [name, status]));
}

describe("what doctor says of the providers", () => {
  beforeAll(loadPackages);

  it("each answers for itself, and every connection is let go of", async () => {
    const { statuses, madeOf, clock } = await findings(KEYS);
    expect(statuses).toEqual({
      "hears sarvam": "ok",
      "hears deepgram": "ok",
      "hears openai gpt-live-transcribe": "ok",
      "hears openai gpt-transcribe": "ok",
      "thinks openai": "ok",
      "speaks elevenlabs": "ok",
      "speaks sarvam": "ok",
      "speaks openai gpt-4o-mini-tts": "ok",
      "speaks openai gpt-realtime-2.1-mini": "ok",
    });
    expect(madeOf[0]).toBe("Hears:  Sarvam, then Deepgram, then OpenAI, gpt-live-transcribe, then gpt-transcribe");
    expect(clock.pendingTimers).toBe(0);
  });

  it("a key that is refused fails each that it is for, and says whose it is", async () => {
    const wrong = Object.fromEntries(Object.keys(KEYS).map((name) => [name, "another"]));
    const { reports } = await findings({ ...wrong, ELEVENLABS_VOICE: "asha" });
    expect(reports.map(({ status }) => status)).toEqual(reports.map(() => "fail"));
    for (const { what } of reports) expect(what).toMatch(/key|refused|401/iu);
    expect(JSON.stringify(reports)).not.toContain("another");
  });

  it("one that stalls does not keep the others, nor the person", async () => {
    const { reports } = await findings(KEYS, { type: "stall" });
    for (const { tookMs } of reports) expect(tookMs).toBeLessThanOrEqual(FIRST_BYTE_LIMIT_MS);
    expect(statusesOf(reports)).toMatchObject({ "hears deepgram": "fail", "thinks openai": "ok" });
  });

  it("one that is slow is told of, with its time", async () => {
    const { reports } = await findings(KEYS, { type: "slow", everyMs: 2_500 });
    expect(reports.find(({ name }) => name === "speaks elevenlabs")).toMatchObject({
      status: "warn",
      what: "first sound after 2500 ms: slow",
    });
  });

  it("an ear that makes nothing of a tone may be right to", async () => {
    const clock = createVirtualClock();
    let closed = 0;
    const ear: SpeechToText = {
      specVersion: "v1",
      name: "shy",
      capabilities: { interim: false, languages: ["en"] },
      accepts: [{ type: "audio/pcmu", rate: 8000 }],
      async doListen() {
        return {
          write() {},
          speechStart() {},
          speechEnd() {},
          results: { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => {}) }) },
          async close() {
            closed += 1;
          },
        };
      },
    };
    const checks = providerChecks({ ears: [ear], brains: [], voices: [] }, clock);
    const reports = await clock.runUntilSettled(runChecks(checks, { clock }));
    expect(reports).toMatchObject([
      { name: "hears shy", status: "warn", what: "opened after 0 ms, and said nothing of a tone" },
    ]);
    expect(closed).toBe(1);
  });
});
