import { createPhoneServer } from "bolchaal/server";
import { describe, expect, it } from "vitest";
import {
  type CallerScript,
  createTwilioSimulator,
  createVirtualClock,
  heardText,
  type InProcessApp,
  type SimulatedCallReport,
  type SimulatedSocket,
  scriptedBrain,
  scriptedSpeechToText,
  scriptedTextToSpeech,
  scriptedVoiceActivityDetector,
  type VirtualClock,
} from "../../../src/testing/index.js";
import { AUTH_TOKEN, BASE, inProcessApp } from "./in-process-app.js";

/** One caller, whatever the line is: listens, asks, breaks in, presses a key, is silent for a while, says bye. */
const SCRIPT: CallerScript = [
  { waitFor: "agent-silence" },
  { say: "kamra kitne ka hai", language: "hi" },
  { interruptAfterMs: 1_000, say: "wait with breakfast" },
  { waitFor: "agent-silence" },
  { press: "1" },
  { waitFor: "agent-silence" },
  { pauseMs: 2_000 },
  { say: "bye" },
  { waitForEnd: true, timeoutMs: 10_000 },
];

const GREETING = "namaste";

function answerTo(text: string): string {
  if (text === "1") return "booked";
  if (text === "bye") return "goodbye";
  return text.startsWith("kamra")
    ? "a room costs five hundred rupees for one night and six hundred at the weekend"
    : "it is included";
}

/** The app in gather mode. */
function gatherApp(): InProcessApp {
  const ask = (text: string) =>
    `<Gather input="speech dtmf" numDigits="1" speechTimeout="auto" timeout="10" action="/turn"><Say>${text}</Say></Gather>`;
  return inProcessApp({
    "/twilio/voice": ask(GREETING),
    "/turn": ({ SpeechResult, Digits }) => {
      const answer = answerTo(SpeechResult ?? Digits ?? "");
      return answer === "goodbye" ? `<Say>${answer}</Say><Hangup/>` : ask(answer);
    },
  }).app;
}

/** The app behind ConversationRelay. */
function relayApp(clock: VirtualClock): InProcessApp {
  const relay = `<ConversationRelay url="wss://voice.example.com/relay" dtmfDetection="true" welcomeGreeting="${GREETING}"/>`;
  const serve = (socket: SimulatedSocket) =>
    socket.on("message", (data) => {
      const { type, voicePrompt, digit } = JSON.parse(data.toString());
      if (type !== "prompt" && type !== "dtmf") return;
      const answer = answerTo(voicePrompt ?? digit);
      socket.send(JSON.stringify({ type: "text", token: answer, last: true }));
      if (answer === "goodbye") clock.setTimer(() => socket.send('{"type":"end"}'), 400);
    });
  return inProcessApp({ "/twilio/voice": `<Connect>${relay}</Connect><Hangup/>` }, serve).app;
}

/** The library's own server, on a media stream. */
function streamApp(clock: VirtualClock): InProcessApp {
  return createPhoneServer({
    publicUrl: BASE,
    authToken: AUTH_TOKEN,
    clock,
    agent: () => ({
      greeting: GREETING,
      speechToText: scriptedSpeechToText({ clock }),
      brain: scriptedBrain(({ text }) => {
        const answer = answerTo(text);
        return answer === "goodbye" ? [answer, { type: "end-call" }] : [answer];
      }),
      textToSpeech: scriptedTextToSpeech({ clock }),
      voiceActivityDetector: scriptedVoiceActivityDetector(),
    }),
    onSession: (session) => session.on("dtmf", () => session.say(answerTo("1"))),
  });
}

describe.each<[string, (clock: VirtualClock) => InProcessApp]>([
  ["a media stream", streamApp],
  ["gather mode", gatherApp],
  ["ConversationRelay", relayApp],
])("one script on %s", (_name, createApp) => {
  const play = async (): Promise<SimulatedCallReport> => {
    const clock = createVirtualClock();
    const webhookUrl = `${BASE}/twilio/voice`;
    const twilio = createTwilioSimulator({ webhookUrl, authToken: AUTH_TOKEN, app: createApp(clock), clock });
    return clock.runUntilSettled(twilio.dial({ script: SCRIPT, callSid: "CAx" }));
  };

  it("is done from its first step to its last", async () => {
    const report = await play();
    expect(report.end.reason).toBe("agent-hangup");
    expect(report.steps).toHaveLength(SCRIPT.length);
    expect(report.steps.some(({ timedOut }) => timedOut)).toBe(false);
    expect(heardText(report)).toMatch(
      /^namaste a room costs five hundred( rupees)?( for)? it is included booked (goodbye|Thank you for your time\. Goodbye!)$/,
    );
    expect(report.violations).toEqual([]);
  });

  it("goes the same way each time", async () => {
    const [one, other] = [await play(), await play()];
    expect(one.steps).toEqual(other.steps);
    expect(Buffer.from(one.heard).equals(Buffer.from(other.heard))).toBe(true);
  });
});
