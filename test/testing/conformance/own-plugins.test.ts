import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, it } from "vitest";
import { decodeMulaw, MULAW_8K, readWav, voiceActivityDetector } from "../../../src/audio/index.js";
import { memoryCallStore } from "../../../src/calls/index.js";
import {
  demoLeadFlow,
  flowBrain,
  flowPhrases,
  localSpeechToText,
  localTextToSpeech,
} from "../../../src/plugins/local/index.js";
import { silenceTurnDetector } from "../../../src/session/index.js";
import {
  brainConformance,
  type ConformanceCase,
  callStoreConformance,
  speechToTextConformance,
  textToSpeechConformance,
  turnDetectorConformance,
  voiceActivityDetectorConformance,
} from "../../../src/testing/index.js";

const fixture = (path: string) => readWav(readFileSync(join(import.meta.dirname, "../../fixtures", path))).data;
const speechToText = localSpeechToText({ phrases: flowPhrases(demoLeadFlow) });
const textToSpeech = localTextToSpeech();
afterAll(() => Promise.all([speechToText.close(), textToSpeech.close()]));

const yes = fixture("phrases/tuning/en-03-rms-1.0.wav");
const SUITES: Readonly<Record<string, readonly ConformanceCase[]>> = {
  localTextToSpeech: textToSpeechConformance({ create: () => textToSpeech }),
  localSpeechToText: speechToTextConformance({
    create: () => speechToText,
    speech: { format: MULAW_8K, audio: yes, language: "en", text: "yes please" },
  }),
  flowBrain: brainConformance({ create: () => flowBrain(demoLeadFlow), text: "what is the price" }),
  voiceActivityDetector: voiceActivityDetectorConformance({
    create: () => voiceActivityDetector(),
    speech: decodeMulaw(fixture("speech/tuning/11-en-us-f3.wav")),
  }),
  silenceTurnDetector: turnDetectorConformance({ create: () => silenceTurnDetector() }),
  memoryCallStore: callStoreConformance({ create: () => memoryCallStore() }),
};

/** Twilio's line has its own, beside its tests: it needs a carrier at the other end. */
describe.each(Object.entries(SUITES))("%s keeps its contract", (_, cases) => {
  for (const { name, run } of cases) it(name, run);
});
