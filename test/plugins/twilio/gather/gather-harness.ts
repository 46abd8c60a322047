import type { SpeechTransport } from "../../../../src/spec/index.js";
import type { SpeechTransportHarness } from "../../../../src/testing/index.js";
import { gatheringTwilio, linesOf } from "./gathering-twilio.js";

/** A call in gather mode for the conformance suite. Its caller waits for the end of what is said, unless told to speak. */
export function gatherHarness(
  change: (transport: SpeechTransport) => Partial<SpeechTransport> = () => ({}),
): SpeechTransportHarness {
  const twilio = gatheringTwilio();
  const { call, clock } = twilio;

  async function back(afterMs: number, form: Readonly<Record<string, string>> = {}): Promise<void> {
    await twilio.answer();
    await clock.advance(afterMs);
    twilio.back(form);
    await clock.advance(0);
  }

  return {
    transport: {
      ...{ specVersion: call.specVersion, kind: call.kind, name: call.name },
      connect: (listener) => call.connect(listener),
      say: (piece) => call.say(piece),
      stop: (generation) => call.stop(generation),
      setLanguage: (language) => call.setLanguage(language),
      hangUp: () => call.hangUp(),
      ...change(call),
    },
    begin: () => twilio.begin(),
    callerSays: (text) => back(4_000, { SpeechResult: text, Confidence: "0.9" }),
    press: (digit) => back(4_000, { Digits: digit }),
    playOut: () => back(20_000),
    said: () =>
      twilio.documents
        .flatMap(linesOf)
        .filter((line) => !line.startsWith("("))
        .map((line) => line.replace(/^\+ /u, "")),
    hangUp: () => call.ended({ CallStatus: "completed" }),
    async lose() {
      await twilio.answer();
      await clock.advance(200_000);
    },
    carryOut: () => clock.advance(10_000),
  };
}
