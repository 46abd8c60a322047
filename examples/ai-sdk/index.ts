/**
 * A model of the Vercel AI SDK as the brain of a call. Without a provider at hand a mocked model answers, and a simulated
 * caller rings; put `anthropic("…")` or any other model in its place.
 *
 *   npx tsx examples/ai-sdk/index.ts
 */
import { simulateReadableStream } from "ai";
import { MockLanguageModelV3 } from "ai/test";
import { VoiceSession } from "bolchaal";
import { aiSdkBrain } from "bolchaal/ai-sdk";
import {
  connectSimulatedCall,
  createVirtualClock,
  scriptedSpeechToText,
  scriptedTextToSpeech,
  scriptedVoiceActivityDetector,
} from "bolchaal/testing";
import { twilioMediaStream } from "bolchaal/twilio";

/** In place of a provider's model. */
const model = new MockLanguageModelV3({
  doStream: async ({ prompt }) => {
    const asked = JSON.stringify(prompt.at(-1)?.content);
    const answer = asked.includes("open") ? "We open at ten." : "Sharma Sweets, namaste!";
    return {
      stream: simulateReadableStream({
        chunkDelayInMs: null,
        initialDelayInMs: null,
        chunks: [
          { type: "text-start", id: "1" },
          { type: "text-delta", id: "1", delta: answer },
          { type: "text-end", id: "1" },
          {
            type: "finish",
            finishReason: { unified: "stop", raw: undefined },
            usage: {
              inputTokens: { total: 20, noCache: 20, cacheRead: 0, cacheWrite: 0 },
              outputTokens: { total: 6, text: 6, reasoning: 0 },
            },
          },
        ],
      }),
    };
  },
});

export async function run(print: (line: string) => void): Promise<void> {
  const clock = createVirtualClock();
  const brain = aiSdkBrain(model, { instructions: "You are Asha of Sharma Sweets in Pune. Be brief.", clock });
  const call = connectSimulatedCall({
    clock,
    script: [
      { waitFor: "agent-silence" },
      { say: "when do you open" },
      { waitFor: "agent-silence" },
      { say: "bye" },
      { waitForEnd: true },
    ],
    accept(socket) {
      const session = new VoiceSession({
        transport: twilioMediaStream(socket, { clock }),
        speechToText: scriptedSpeechToText({ clock }),
        brain,
        textToSpeech: scriptedTextToSpeech({ clock }),
        voiceActivityDetector: scriptedVoiceActivityDetector(),
        greeting: "brain",
        clock,
      });
      session.on("turn-end", ({ text }) => print(`caller: ${text}`));
      session.on("reply", ({ heardText }) => print(`agent:  ${heardText}`));
      session.on("usage", ({ component, inputTokens }) => {
        if (component === "brain") print(`tokens: ${inputTokens}`);
      });
      session.on("call-end", ({ reason }) => print(`over:   ${reason}`));
      session.start();
    },
  });
  await clock.runUntilSettled(call);
}

if (import.meta.filename === process.argv[1]) await run(console.log);
