import { twilioMediaStream } from "../../src/plugins/twilio/index.js";
import { type AgentOptions, VoiceSession } from "../../src/session/index.js";
import type { VoiceEvent } from "../../src/spec/index.js";
import {
  type CallerScript,
  connectSimulatedCall,
  createVirtualClock,
  memoryLogger,
  scriptedBrain,
  scriptedSpeechToText,
  scriptedTextToSpeech,
  scriptedVoiceActivityDetector,
  type VirtualClock,
} from "../../src/testing/index.js";

type CallOptions = Omit<Parameters<typeof connectSimulatedCall>[0], "accept" | "clock" | "script">;

/** One whole call of scripted plug-ins over Twilio's wire, on the virtual clock. */
export async function wholeCall(
  script: CallerScript,
  agent: Partial<AgentOptions> = {},
  options: CallOptions = {},
  /** Parts that need the call's clock. */
  timed: (clock: VirtualClock) => Partial<AgentOptions> = () => ({}),
) {
  const clock = createVirtualClock();
  const logger = memoryLogger();
  const events: VoiceEvent[] = [];
  const promise = connectSimulatedCall({
    ...options,
    clock,
    script,
    accept(socket) {
      const session = new VoiceSession({
        speechToText: scriptedSpeechToText({ clock, delayMs: 50 }),
        brain: scriptedBrain(({ text }) => [{ waitMs: 100 }, `you said ${text} and I answer that at some length now`], {
          clock,
        }),
        textToSpeech: scriptedTextToSpeech({ clock, firstByteMs: 80, wordTimings: true }),
        voiceActivityDetector: scriptedVoiceActivityDetector(),
        ...agent,
        ...timed(clock),
        transport: twilioMediaStream(socket, { clock, logger }),
        clock,
        logger,
      });
      session.on("*", (event) => events.push(event));
      session.start();
    },
  });
  const report = await clock.runUntilSettled(promise);
  await clock.advance(60_000);
  const of = <Type extends VoiceEvent["type"]>(type: Type) =>
    events.filter((event) => event.type === type) as Extract<VoiceEvent, { type: Type }>[];
  return { report, events, of, clock, logger };
}
