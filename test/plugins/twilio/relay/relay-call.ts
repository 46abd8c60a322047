import {
  conversationRelayVerb,
  type TwilioConversationRelay,
  type TwilioConversationRelayOptions,
  twilioConversationRelay,
} from "../../../../src/plugins/twilio/relay/index.js";
import type { ConversationRelayVerbOptions } from "../../../../src/plugins/twilio/relay/verb.js";
import { twiml } from "../../../../src/plugins/twilio/twiml.js";
import { type CarrierSpeechAgentOptions, VoiceSession } from "../../../../src/session/index.js";
import type { VoiceEvent } from "../../../../src/spec/index.js";
import {
  type CallerScript,
  createTwilioSimulator,
  createVirtualClock,
  memoryLogger,
  scriptedBrain,
  type VirtualClock,
} from "../../../../src/testing/index.js";
import { AUTH_TOKEN, BASE, inProcessApp } from "../../../testing/twilio-simulator/in-process-app.js";

interface RelayCallOptions {
  readonly agent?: Partial<CarrierSpeechAgentOptions> | ((clock: VirtualClock) => Partial<CarrierSpeechAgentOptions>);
  readonly verb?: Partial<ConversationRelayVerbOptions>;
  readonly relay?: TwilioConversationRelayOptions;
  readonly onLine?: (line: TwilioConversationRelay, session: VoiceSession, clock: VirtualClock) => void;
}

/** A whole call over ConversationRelay, on the virtual clock. */
export async function relayCall(script: CallerScript, options: RelayCallOptions = {}) {
  const { agent = {}, verb = {}, relay = {}, onLine = () => {} } = options;
  const clock = createVirtualClock();
  const logger = memoryLogger();
  const events: VoiceEvent[] = [];
  const connect = conversationRelayVerb({ url: "wss://voice.example.com/relay", action: "/after-relay", ...verb });
  const inner = /<Response>(.*)<\/Response>/u.exec(twiml([connect]))?.[1] ?? "";
  const { app, visits } = inProcessApp({ "/voice": inner, "/after-relay": "<Hangup/>" }, (socket) => {
    const line = twilioConversationRelay(socket, { clock, logger, ...relay });
    const session = new VoiceSession({
      brain: scriptedBrain(({ text }) => [{ waitMs: 100 }, `You said ${text}. `, "Shall I book it for you?"], {
        clock,
      }),
      logger,
      ...(typeof agent === "function" ? agent(clock) : agent),
      transport: line,
      clock,
    });
    session.on("*", (event) => events.push(event));
    onLine(line, session, clock);
    session.start();
  });
  const twilio = createTwilioSimulator({ webhookUrl: `${BASE}/voice`, authToken: AUTH_TOKEN, app, clock });
  const report = await clock.runUntilSettled(twilio.dial({ script, callSid: "CAx" }));
  await clock.advance(60_000);
  const of = <Type extends VoiceEvent["type"]>(type: Type) =>
    events.filter((event) => event.type === type) as Extract<VoiceEvent, { type: Type }>[];
  const after = visits.filter(({ path }) => path === "/after-relay").map(({ form }) => form);
  return { report, events, of, clock, logger, after };
}
