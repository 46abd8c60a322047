/** The measured side of the response-gap benchmark: a phone server on stand-in providers, in a process of its own. */
import { createPhoneServer } from "../../../src/server/index.js";
import { turnDetector } from "../../../src/session/index.js";
import type { TurnDetector } from "../../../src/spec/index.js";
import {
  scriptedBrain,
  scriptedSpeechToText,
  scriptedTextToSpeech,
  scriptedVoiceActivityDetector,
} from "../../../src/testing/index.js";

/** What the stand-ins take, in ms: the middle of what such providers take over the network. */
export const STAND_INS = { speechToTextMs: 350, firstTokenMs: 375, firstSoundMs: 100 };

/** How each turn was ended, by call: from the caller's last sound to the decision that they have ended, in ms. */
export type Endpointing = Readonly<Record<string, number>>;

const [, , authToken = "", speculates = "false"] = process.argv;
/** The turn is over with the voice: what is left is what providers and platform take. */
const atOnce: TurnDetector = { specVersion: "v1", name: "at-once", silenceMs: () => 0 };
const waits: Record<string, number> = {};

const server = createPhoneServer({
  publicUrl: "https://voice.example.com",
  authToken,
  maxCalls: 1000,
  agent: () => ({
    speechToText: scriptedSpeechToText({ delayMs: STAND_INS.speechToTextMs }),
    brain: scriptedBrain(() => [{ waitMs: STAND_INS.firstTokenMs }, "your room is booked for tomorrow."]),
    textToSpeech: scriptedTextToSpeech({ firstByteMs: STAND_INS.firstSoundMs }),
    voiceActivityDetector: scriptedVoiceActivityDetector(),
    turnDetector: speculates === "true" ? turnDetector() : atOnce,
    turns: { speculativeStart: speculates === "true" },
  }),
  onSession(session, { callId }) {
    let endedAtMs = 0;
    let voiceOverMs = 0;
    session.onInput((input) => {
      if (input.type !== "speech-end") return;
      ({ endedAtMs } = input);
      voiceOverMs = input.atMs - endedAtMs;
    });
    session.on("turn-end", ({ waitedMs: waited }) => {
      waits[callId] = speculates === "true" ? waited : voiceOverMs;
    });
  },
});
const port = await server.listen({ host: "127.0.0.1" });
process.send?.(port);
process.once("message", () => process.send?.(waits satisfies Endpointing, () => process.exit(0)));
