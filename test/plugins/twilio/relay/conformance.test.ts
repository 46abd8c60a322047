import { it } from "vitest";
import { twilioConversationRelay } from "../../../../src/plugins/twilio/relay/index.js";
import type { Clock } from "../../../../src/spec/index.js";
import { speechTransportConformance } from "../../../../src/testing/conformance/speech-transport.js";
import { FakeSocket } from "../fake-socket.js";

/** Ten times as fast as the real one: the suite waits in real time. */
const fast: Clock = {
  now: () => performance.now() * 10,
  setTimer(callback, delayMs) {
    const timer = setTimeout(callback, delayMs / 10);
    return () => clearTimeout(timer);
  },
};

interface Sent {
  readonly type: string;
  readonly token?: string;
}

/** A Twilio that begins to speak with a text, and ends when it is told to. */
function harness() {
  const socket = new FakeSocket();
  let speaking = false;
  const speaks = (isOn: boolean) => {
    if (speaking === isOn) return;
    speaking = isOn;
    socket.arrive({ type: "info", name: "agentSpeaking", value: isOn ? "on" : "off" });
  };
  const said = () => (socket.messages as Sent[]).flatMap(({ token }) => (token?.trim() ? [token.trim()] : []));
  const send = socket.send.bind(socket);
  socket.send = (text) => {
    const before = said().length;
    send(text);
    if (said().length > before) queueMicrotask(() => speaks(true));
  };
  const prompt = (voicePrompt: string) => socket.arrive({ type: "prompt", voicePrompt, lang: "en-IN", last: true });
  return {
    transport: twilioConversationRelay(socket, { clock: fast }),
    begin: () => socket.arrive({ type: "setup", sessionId: "VX1", callSid: "CA1", direction: "inbound" }),
    callerSays(text: string) {
      if (speaking) {
        socket.arrive({
          type: "interrupt",
          utteranceUntilInterrupt: said()[0]?.slice(0, 12),
          durationUntilInterruptMs: "9",
        });
        speaks(false);
      }
      prompt(text);
    },
    press: (digit: string) => socket.arrive({ type: "dtmf", digit }),
    playOut: () => speaks(false),
    said,
    hangUp: () => socket.closed(1000),
    lose: () => socket.closed(1006),
    carryOut: () => {
      if ((socket.messages as Sent[]).some(({ type }) => type === "end")) socket.closed(1000);
    },
  };
}

for (const { name, run } of speechTransportConformance({ create: harness })) it(name, run);
