import { describe, expect, it } from "vitest";
import { twilioMediaStream } from "../../src/plugins/twilio/index.js";
import { VoiceSession } from "../../src/session/index.js";
import {
  type CallerScript,
  connectSimulatedCall,
  createVirtualClock,
  heardText,
  heardWords,
  memoryLogger,
  scriptedBrain,
  scriptedSpeechToText,
  scriptedTextToSpeech,
  scriptedVoiceActivityDetector,
} from "../../src/testing/index.js";

/** A call of the scripted plug-ins with a whole session over Twilio's wire, on the virtual clock. */
async function call(script: CallerScript) {
  const clock = createVirtualClock();
  const events: string[] = [];
  const logger = memoryLogger();
  const brain = scriptedBrain(({ text }) => [{ waitMs: 100 }, `you said ${text} and I answer at some length`], {
    clock,
  });
  const promise = connectSimulatedCall({
    clock,
    script,
    accept(socket) {
      const session = new VoiceSession({
        transport: twilioMediaStream(socket, { clock, logger }),
        speechToText: scriptedSpeechToText({ clock, delayMs: 50 }),
        brain,
        textToSpeech: scriptedTextToSpeech({ clock, firstByteMs: 80 }),
        voiceActivityDetector: scriptedVoiceActivityDetector(),
        greeting: "welcome to the hotel",
        clock,
        logger,
      });
      session.on("*", (event) => {
        if (event.type === "transcript") events.push(`caller: ${event.text}`);
        if (event.type === "reply") events.push(`agent: ${event.heardText} (${event.outcome})`);
        if (event.type === "call-end") events.push(`end: ${event.reason}`);
      });
      session.start();
    },
  });
  const report = await clock.runUntilSettled(promise);
  await clock.advance(60_000);
  return { report, events, clock, logger };
}

describe("a session called by the simulated Twilio", () => {
  it("greets, hears, answers, is interrupted and hung up on", async () => {
    const { report, events, clock, logger } = await call([
      { waitFor: "agent-silence" },
      { say: "ek kamra chahiye" },
      { interruptAfterMs: 1_000, say: "ruko" },
      { waitFor: "agent-silence" },
      { hangUp: true },
    ]);
    expect(events).toEqual([
      "agent: welcome to the hotel (played)",
      "caller: ek kamra chahiye",
      "caller: ruko",
      "agent: you said ek kamra chahiye and I (interrupted)",
      "agent: you said ruko and I answer at some length (played)",
      "end: caller-hangup",
    ]);
    expect(heardText(report)).toBe(
      "welcome to the hotel you said ek kamra chahiye and I you said ruko and I answer at some length",
    );
    expect(heardWords(report).every(({ heardMs }) => heardMs > 0)).toBe(true);
    expect([report.violations, report.debuggerEvents, clock.pendingTimers]).toEqual([[], [], 0]);
    expect(logger.lines.filter(({ level }) => level === "warn" || level === "error")).toEqual([]);
  });
});
