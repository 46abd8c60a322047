import { createPhoneServer, type PhoneServerOptions } from "bolchaal/server";
import type { VoiceEvent } from "../../src/spec/index.js";
import {
  createTwilioSimulator,
  createVirtualClock,
  type DialOptions,
  type Scenario,
  scenarioBrain,
  scriptedSpeechToText,
  scriptedTextToSpeech,
  scriptedVoiceActivityDetector,
  type VirtualClock,
} from "../../src/testing/index.js";

export const BASE = "https://voice.example.com";
export const AUTH_TOKEN = "12345678901234567890123456789012";

/** The ways to run a call. */
export const MODES = ["media-stream", "gather", "conversation-relay"] as const;
export type Mode = (typeof MODES)[number];

/** The agent of a scenario: with ears and a voice, which only a media stream asks for. */
export function scenarioAgent(scenario: Scenario, clock: VirtualClock) {
  const { language, greeting } = scenario.agent;
  return {
    ...(language === undefined ? {} : { language }),
    ...(greeting === undefined ? {} : { greeting }),
    speechToText: scriptedSpeechToText({ clock, delayMs: 50 }),
    brain: scenarioBrain(scenario, clock),
    textToSpeech: scriptedTextToSpeech({ clock, firstByteMs: 80, wordTimings: true }),
    voiceActivityDetector: scriptedVoiceActivityDetector(),
  };
}

/** A phone server in this process, and a carrier that rings it, on one virtual clock. */
export function phoneLine(
  options: (clock: VirtualClock) => Pick<PhoneServerOptions, "agent"> & Partial<PhoneServerOptions>,
) {
  const clock = createVirtualClock();
  const events = new Map<string, VoiceEvent[]>();
  const { onSession, ...rest } = options(clock);
  const server = createPhoneServer({
    publicUrl: BASE,
    authToken: AUTH_TOKEN,
    clock,
    // As fast as the simulated carrier speaks.
    gather: { unitMs: { en: 30, hi: 30, "hi-en": 30 } },
    ...rest,
    onSession(session, call) {
      // A second session of one call would be a second record of it.
      const own = events.get(call.callId) ?? [];
      events.set(call.callId, own);
      session.on("*", (event) => own.push(event));
      onSession?.(session, call);
    },
  });
  const twilio = createTwilioSimulator({
    webhookUrl: server.webhookUrl,
    statusCallbackUrl: server.statusUrl,
    authToken: AUTH_TOKEN,
    app: server,
    clock,
  });
  return {
    clock,
    server,
    /** The events of each call's session, by the call. */
    events,
    dial: (call: DialOptions) => twilio.dial({ record: false, ...call }),
  };
}

/** Plays a scenario in a mode. */
export async function playScenario(scenario: Scenario, mode: Mode, more: Partial<DialOptions> = {}) {
  const { clock, events, dial } = phoneLine((own) => ({ mode, agent: () => scenarioAgent(scenario, own) }));
  const report = await clock.runUntilSettled(dial({ script: scenario.caller, callSid: "CA1", record: true, ...more }));
  await clock.advance(120_000);
  return { report, events: events.get("CA1") ?? [], pendingTimers: clock.pendingTimers };
}
