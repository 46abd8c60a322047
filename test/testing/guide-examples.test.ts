import { readFile } from "node:fs/promises";
import { VoiceSession } from "bolchaal";
import { createPhoneServer } from "bolchaal/server";
import {
  connectSimulatedCall,
  createTwilioSimulator,
  createVirtualClock,
  heardText,
  scriptedBrain,
  scriptedSpeechToText,
  scriptedTextToSpeech,
  scriptedVoiceActivityDetector,
  textToSpeechConformance,
} from "bolchaal/testing";
import { twilioMediaStream } from "bolchaal/twilio";
import { expect, it } from "vitest";

it("lets the caller interrupt the price", async () => {
  const clock = createVirtualClock();
  const brain = scriptedBrain(["A room costs five hundred rupees a night with breakfast", "Of course. Which day?"]);
  const call = connectSimulatedCall({
    clock,
    accept(socket) {
      const session = new VoiceSession({
        transport: twilioMediaStream(socket, { clock }),
        speechToText: scriptedSpeechToText({ clock }),
        brain,
        textToSpeech: scriptedTextToSpeech({ clock }),
        voiceActivityDetector: scriptedVoiceActivityDetector(),
        greeting: "Namaste",
        clock,
      });
      session.start();
    },
    script: [
      { waitFor: "agent-silence" },
      { say: "what does a room cost" },
      { interruptAfterMs: 800, say: "wait, I want to book one" },
      { waitFor: "agent-silence" },
      { hangUp: true },
    ],
  });
  const report = await clock.runUntilSettled(call);

  expect(heardText(report)).toBe("Namaste A room costs five hundred Of course. Which day?");
  expect(report.debuggerEvents).toEqual([]);
  expect(clock.pendingTimers).toBe(0);
});

it("answers a real webhook and a real socket", async () => {
  const server = createPhoneServer({
    publicUrl: "https://agent.example",
    authToken: "secret",
    agent: () => ({
      speechToText: scriptedSpeechToText(),
      brain: scriptedBrain([["Bye!", { type: "end-call" }]]),
      textToSpeech: scriptedTextToSpeech(),
      voiceActivityDetector: scriptedVoiceActivityDetector(),
    }),
  });
  const port = await server.listen();

  const twilio = createTwilioSimulator({
    webhookUrl: server.webhookUrl,
    authToken: "secret",
    connectTo: `http://127.0.0.1:${port}`,
  });
  const report = await twilio.dial({ script: [{ say: "hello" }, { waitForEnd: true }] });

  expect(heardText(report)).toBe("Bye!");
  expect(report.end.reason).toBe("agent-hangup");
  await server.close();
});

it("rings a server in the same process, on a virtual clock", async () => {
  const clock = createVirtualClock();
  const server = createPhoneServer({
    publicUrl: "https://agent.example",
    authToken: "secret",
    clock,
    agent: () => ({
      speechToText: scriptedSpeechToText({ clock }),
      brain: scriptedBrain([["Bye!", { type: "end-call" }]]),
      textToSpeech: scriptedTextToSpeech({ clock }),
      voiceActivityDetector: scriptedVoiceActivityDetector(),
    }),
  });
  const twilio = createTwilioSimulator({
    webhookUrl: server.webhookUrl,
    authToken: "secret",
    app: server,
    clock,
    webhooks: { twice: 1, secondDelayMs: 5_000 },
  });
  const report = await clock.runUntilSettled(twilio.dial({ script: [{ say: "hello" }, { waitForEnd: true }] }));

  expect(heardText(report)).toBe("Bye!");
  expect(report.over.reason).toBe("hangup");
});

it("survives a carrier that loses every third mark", async () => {
  const clock = createVirtualClock();
  const call = connectSimulatedCall({
    clock,
    accept: (socket) =>
      new VoiceSession({
        transport: twilioMediaStream(socket, { clock }),
        speechToText: scriptedSpeechToText({ clock }),
        brain: scriptedBrain(["You are booked for tomorrow at noon"]),
        textToSpeech: scriptedTextToSpeech({ clock }),
        voiceActivityDetector: scriptedVoiceActivityDetector(),
        clock,
      }).start(),
    script: [{ say: "book it" }, { waitFor: "agent-silence" }],
    faults: { mark: ({ index }) => (index % 3 === 2 ? "withhold" : "echo") },
    pacing: { jitterMs: 40, burstMs: 60 },
  });
  expect(heardText(await clock.runUntilSettled(call))).toBe("You are booked for tomorrow at noon");
});

for (const { name, run } of textToSpeechConformance({ create: () => scriptedTextToSpeech() })) {
  it(`my voice: ${name}`, run);
}

it("stands in the guide, word for word", async () => {
  const plain = (text: string) => text.replace(/\s+/g, " ").trim();
  const guide = await readFile(new URL("../../docs/guides/testing-your-agent.md", import.meta.url), "utf8");
  const examples = plain(await readFile(new URL(import.meta.url), "utf8"));
  const snippets = [...guide.matchAll(/```ts\n(.*?)```/gs)].map(([, code = ""]) => plain(code));
  expect(snippets.length).toBeGreaterThanOrEqual(4);
  for (const snippet of snippets) expect(examples).toContain(snippet);
});
