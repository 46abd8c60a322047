import { createSpeechHost, type GatherVoice, SYNTHESIS_TIMEOUT_MS } from "bolchaal/twilio";
import { describe, expect, it } from "vitest";
import { MULAW_8K, PCM_24K, readWav } from "../../../../src/audio/index.js";
import { createUtterance } from "../../../../src/plugins/twilio/gather/voice.js";
import type { TextToSpeech } from "../../../../src/spec/index.js";
import {
  createVirtualClock,
  type ScriptedTextToSpeechOptions,
  scriptedTextToSpeech,
} from "../../../../src/testing/index.js";

/** A piece of two words, 400 ms of the scripted voice, on its way. */
function making(options: ScriptedTextToSpeechOptions = {}, change: Partial<TextToSpeech> = {}, maxBytes = 10_000) {
  const clock = createVirtualClock();
  const host = createSpeechHost({ clock, maxBytes });
  const failures: string[] = [];
  let ready = 0;
  const textToSpeech = { ...scriptedTextToSpeech({ clock, firstByteMs: 100, ...options }), ...change };
  const voice: GatherVoice = { textToSpeech, host };
  const utterance = createUtterance(
    { generation: 1, text: "Two rooms.", language: "en", interruption: "duck", last: true },
    {
      voice,
      unitMs: { en: 10, hi: 10, "hi-en": 10 },
      sayVoice: {},
      clock,
      soundUrl: (id) => `/speech/${id}`,
      onReady: () => {
        ready += 1;
      },
      onFailed: (error) => failures.push(String(error)),
    },
  );
  return { clock, host, utterance, failures, readyTimes: () => ready };
}

const SAID = { text: "Two rooms.", durationMs: 100, verb: { verb: "say", text: "Two rooms.", language: "en" } };

describe("a piece said with a voice of our own", () => {
  it.each([
    ["carrier's format", [MULAW_8K]],
    ["another format", [PCM_24K]],
  ])("is made in the %s, hosted as a WAV file of µ-law, and as long as it sounds", async (_name, produces) => {
    const { clock, host, utterance, readyTimes } = making({ produces });
    expect([utterance.readyAtMs, utterance.spoken()]).toEqual([undefined, SAID]);
    await clock.advance(2_000);
    expect(readyTimes()).toBe(1);
    const { verb, durationMs } = utterance.spoken();
    expect(durationMs).toBeCloseTo(400, -1);
    const url = verb.verb === "play" ? (verb.url ?? "") : "";
    const speech = host.get(url.replace("/speech/", ""));
    expect(speech?.contentType).toBe("audio/wav");
    const wav = readWav(speech?.body ?? new Uint8Array());
    expect([wav.format, wav.channels, wav.data.length]).toEqual([MULAW_8K, 1, durationMs * 8]);
    expect(clock.pendingTimers).toBe(0);
  });

  it.each<[string, ReturnType<typeof making>, number, string]>([
    ["fails", making({ fault: () => ({ error: new Error("quota") }) }), 200, "Error: quota"],
    [
      "stalls",
      making({ fault: () => ({ stall: true }) }),
      SYNTHESIS_TIMEOUT_MS,
      "Error: The voice took more than 4000 ms.",
    ],
    ["makes no sound", making({}, { doSpeak: async function* () {} }), 0, "Error: The voice made no sound."],
    [
      "does not end",
      making(
        {},
        {
          doSpeak: async function* () {
            while (true) yield { audio: new Uint8Array(80_000) };
          },
        },
      ),
      0,
      "Error: The voice does not come to an end.",
    ],
    ["finds no room", making({}, {}, 100), 2_000, "Error: There is no room for more speech."],
  ])(
    "is said by Twilio if the voice %s",
    async (_name, { clock, utterance, failures, readyTimes }, afterMs, failure) => {
      await clock.advance(afterMs);
      expect(failures).toEqual([failure]);
      expect(utterance.readyAtMs).toBeDefined();
      expect(readyTimes()).toBe(1);
      expect(utterance.spoken()).toEqual(SAID);
      expect(clock.pendingTimers).toBe(0);
    },
  );

  it("is dropped without a trace, made or not", async () => {
    const early = making();
    early.utterance.drop();
    await early.clock.advance(5_000);
    expect([early.failures, early.readyTimes(), early.host.bytes]).toEqual([[], 0, 0]);
    const late = making();
    await late.clock.advance(5_000);
    expect(late.host.bytes).toBeGreaterThan(0);
    late.utterance.drop();
    expect(late.host.bytes).toBe(0);
  });
});
