/**
 * An Express app that answers a Twilio number.
 *
 *   TWILIO_AUTH_TOKEN=… PUBLIC_URL=https://voice.example.com npx tsx examples/express-twilio/index.ts
 *
 * Enter the address it prints as the number's voice webhook. Without a number, `npm run demo` rings such an agent.
 */
import { createServer } from "node:http";
import { demoLeadFlow, flowBrain, flowPhrases, localSpeechToText, localTextToSpeech } from "bolchaal/local";
import { createPhoneServer, type PhoneServer } from "bolchaal/server";
import express from "express";

export function createApp(settings: { readonly authToken: string; readonly publicUrl: string }) {
  const speechToText = localSpeechToText({ phrases: flowPhrases(demoLeadFlow) });
  const textToSpeech = localTextToSpeech();
  const phone: PhoneServer = createPhoneServer({
    ...settings,
    agent: () => ({ speechToText, textToSpeech, brain: flowBrain(demoLeadFlow), greeting: "brain" }),
    onSession(session, call) {
      session.on("turn-end", ({ text }) => console.log(call.callId, "caller:", text));
      session.on("reply", ({ heardText }) => console.log(call.callId, "agent: ", heardText));
      session.on("call-end", ({ reason }) => console.log(call.callId, "over:  ", reason));
    },
  });

  const app = express();
  app.use(phone.middleware);
  app.get("/", (_, response) => {
    response.json({ calls: phone.sessions.size });
  });
  const server = createServer(app);
  phone.attach(server);
  return { server, phone, close: () => Promise.all([phone.close(), speechToText.close(), textToSpeech.close()]) };
}

if (process.env.TWILIO_AUTH_TOKEN !== undefined && process.env.PUBLIC_URL !== undefined) {
  const { server, phone } = createApp({
    authToken: process.env.TWILIO_AUTH_TOKEN,
    publicUrl: process.env.PUBLIC_URL,
  });
  server.listen(3000, () => console.log(`The number's voice webhook: ${phone.webhookUrl}`));
}
