/**
 * One model hears, thinks and speaks: OpenAI's Realtime API; a Twilio number rings.
 *
 *   OPENAI_API_KEY=… TWILIO_AUTH_TOKEN=… PUBLIC_URL=https://voice.example.com npx tsx examples/speech-to-speech/index.ts
 */
import { defineTool, endCallTool, type ProviderNetwork, speechToSpeechAgent, systemNetwork } from "bolchaal";
import { openAiRealtime } from "bolchaal/openai";
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
  const model = openAiRealtime({ ...key, network, voice: "marin" });
  return createPhoneServer({
    authToken,
    publicUrl,
    // Anew for each call: it holds the call's connection.
    agent: () => ({
      ...speechToSpeechAgent(model, {
        instructions:
          "You are Asha at the front desk of Sagar Hotel in Goa. Tell callers what rooms cost, and be brief.",
        tools: [roomPrice, endCallTool()],
      }),
      greeting: "brain",
    }),
    onSession(session, { callId }) {
      session.on("turn-end", ({ text }) => console.log(callId, "caller:", text));
      session.on("reply", ({ heardText }) => console.log(callId, "agent: ", heardText));
      session.on("barge-in", ({ heardText }) => console.log(callId, "stopped behind:", heardText));
    },
  });
}

if (process.env.TWILIO_AUTH_TOKEN !== undefined && process.env.PUBLIC_URL !== undefined) {
  const phone = createPhone({ authToken: process.env.TWILIO_AUTH_TOKEN, publicUrl: process.env.PUBLIC_URL });
  await phone.listen({ port: 3000 });
  console.log(`The number's voice webhook: ${phone.webhookUrl}`);
}
