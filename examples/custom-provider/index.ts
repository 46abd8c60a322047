/**
 * A provider of one's own: checked against its contract, then spoken with in a call. Nothing is installed, nothing is
 * sent anywhere.
 *
 *   npx tsx examples/custom-provider/index.ts
 */
import { VoiceSession } from "bolchaal";
import {
  connectSimulatedCall,
  createVirtualClock,
  scriptedSpeechToText,
  scriptedVoiceActivityDetector,
  textToSpeechConformance,
} from "bolchaal/testing";
import { twilioMediaStream } from "bolchaal/twilio";
import { beepVoice } from "./beep-voice.js";

export async function run(print: (line: string) => void): Promise<void> {
  for (const { name, run: check } of textToSpeechConformance({ create: () => beepVoice() })) {
    await check();
    print(`✓ ${name}`);
  }

  const clock = createVirtualClock();
  const call = connectSimulatedCall({
    clock,
    script: [{ pauseMs: 200 }, { say: "namaste" }, { waitFor: "agent-silence" }, { say: "bye" }, { waitForEnd: true }],
    accept(socket) {
      const session = new VoiceSession({
        transport: twilioMediaStream(socket, { clock }),
        speechToText: scriptedSpeechToText({ clock }),
        brain: ({ text }) => `You said ${text}.`,
        textToSpeech: beepVoice(),
        voiceActivityDetector: scriptedVoiceActivityDetector(),
        clock,
      });
      session.on("turn-end", ({ text }) => print(`caller: ${text}`));
      session.on("reply", ({ heardText }) => print(`agent:  ${heardText}`));
      session.on("call-end", ({ reason }) => print(`over:   ${reason}`));
      session.start();
    },
  });
  await clock.runUntilSettled(call);
}

if (import.meta.filename === process.argv[1]) await run(console.log);
