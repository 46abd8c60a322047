import { createPhoneServer, type PhoneServerOptions } from "bolchaal/server";
import twilio from "twilio";
import { createDialer, type Dialer, type DialerOptions, type OutboundCall } from "../../src/dialer/index.js";
import {
  createVirtualClock,
  type InProcessApp,
  scriptedBrain,
  scriptedSpeechToText,
  scriptedTextToSpeech,
  scriptedVoiceActivityDetector,
} from "../../src/testing/index.js";
import { createTwilioAccount, type TwilioAccountOptions } from "../../src/testing/twilio-simulator/rest/index.js";

const AUTH_TOKEN = "12345678901234567890123456789012";
const BASE = "https://voice.example.com";
const FROM = "+918041234567";
const STARTED_AT = Date.parse("2026-11-23T12:00:00+05:30");

/** A dialer, its phone server and a simulated account, in virtual time, with Twilio's own client between them. */
export function calling(
  accountOptions: Partial<TwilioAccountOptions> = {},
  dialerOptions: Partial<DialerOptions> = {},
  serverOptions: Partial<PhoneServerOptions> = {},
) {
  const clock = createVirtualClock();
  const now = () => STARTED_AT + clock.now();
  const app: InProcessApp = {
    fetch: (request) => server.fetch(request),
    openSocket: (request, socket) => server.openSocket(request, socket),
  };
  const startedAt = new Date(STARTED_AT);
  const account = createTwilioAccount({
    authToken: AUTH_TOKEN,
    clock,
    app,
    numbers: [FROM],
    startedAt,
    ...accountOptions,
  });
  const client = account.client(twilio);
  const dialer: Dialer = createDialer({ client, publicUrl: BASE, from: FROM, clock, now, ...dialerOptions });
  const server = createPhoneServer({
    publicUrl: BASE,
    authToken: AUTH_TOKEN,
    clock,
    dialer,
    agent: () => ({
      greeting: "namaste",
      speechToText: scriptedSpeechToText({ clock }),
      brain: scriptedBrain(({ text }) => [`you said ${text}`], { clock }),
      textToSpeech: scriptedTextToSpeech({ clock }),
      voiceActivityDetector: scriptedVoiceActivityDetector(),
    }),
    ...serverOptions,
  });
  /** Lets these calls come to their ends, and the account to its rest. */
  const settled = async (calls: readonly OutboundCall[]) => {
    const ends = await clock.runUntilSettled(Promise.all(calls.map(({ ended }) => ended)), { maxMs: 3_600_000 });
    await clock.runUntilSettled(account.settled(), { maxMs: 3_600_000 });
    return ends;
  };
  return { clock, account, dialer, server, settled };
}
