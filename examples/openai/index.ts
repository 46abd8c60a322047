/**
 * OpenAI hears, thinks and speaks; a Twilio number rings.
 *
 *   OPENAI_API_KEY=… TWILIO_AUTH_TOKEN=… PUBLIC_URL=https://voice.example.com npx tsx examples/openai/index.ts
 *
 * `npx bolchaal serve` does the same by environment alone.
 */
import { defineTool, endCallTool, fallback, type ProviderNetwork, switchLanguageTool, systemNetwork } from "bolchaal";
import { localTextToSpeech } from "bolchaal/local";
import { openAiBrain, openAiSpeech, openAiTranscription } from "bolchaal/openai";
import { createPhoneServer } from "bolchaal/server";
import { z } from "zod";

/** A room's price a night, in rupees. */
const PRICES = { single: 3_000, double: 4_500, suite: 9_000 } as const;

const roomPrice = defineTool({
  name: "room_price",
  description: "What a room costs a night, in rupees.",
  input: z.object({ kind: z.enum(["single", "double", "suite"]) }),
  sideEffect: false,
  run: ({ kind }) => ({ rupees: PRICES[kind] }),
});

export function createPhone(settings: {
  readonly authToken: string;
  readonly publicUrl: string;
  readonly apiKey?: string;
  readonly network?: ProviderNetwork;
}) {
  const { authToken, publicUrl, network = systemNetwork, ...key } = settings;
  const openAi = { ...key, network };
  const brain = openAiBrain({
    ...openAi,
    instructions: "You are Asha at the front desk of Sagar Hotel in Goa. Tell callers what rooms cost, and be brief.",
    tools: [roomPrice, endCallTool(), switchLanguageTool()],
  });
  const speechToText = openAiTranscription({ ...openAi, keywords: ["Sagar Hotel", "Goa"] });
  // If OpenAI's voice fails, the embedded one goes on from the word that was cut.
  const embeddedVoice = localTextToSpeech();
  const textToSpeech = fallback([
    openAiSpeech({ ...openAi, voice: "marin", instructions: "Warm and quick, in an Indian accent." }),
    embeddedVoice,
  ]);
  const phone = createPhoneServer({
    authToken,
    publicUrl,
    agent: () => ({ speechToText, brain, textToSpeech, greeting: "brain" }),
    onSession(session, { callId }) {
      session.on("turn-end", ({ text }) => console.log(callId, "caller:", text));
      session.on("reply", ({ heardText }) => console.log(callId, "agent: ", heardText));
      session.on("metrics", ({ totalMs }) => console.log(callId, "waited:", Math.round(totalMs ?? 0), "ms"));
      session.on("warning", ({ message }) => console.log(callId, "warning:", message));
    },
  });
  return { phone, close: () => Promise.all([phone.close(), embeddedVoice.close()]) };
}

if (process.env.TWILIO_AUTH_TOKEN !== undefined && process.env.PUBLIC_URL !== undefined) {
  const { phone } = createPhone({ authToken: process.env.TWILIO_AUTH_TOKEN, publicUrl: process.env.PUBLIC_URL });
  await phone.listen({ port: 3000 });
  console.log(`The number's voice webhook: ${phone.webhookUrl}`);
}
