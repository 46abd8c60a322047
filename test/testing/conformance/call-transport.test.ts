import { describe, expect, it } from "vitest";
import { twilioMediaStream } from "../../../src/plugins/twilio/index.js";
import type { AudioTransport, TransportEvent } from "../../../src/spec/index.js";
import { type CallTransportHarness, callTransportConformance } from "../../../src/testing/index.js";
import { createMemorySocket } from "../../../src/testing/twilio-simulator/memory-socket.js";
import { type AppMessage, readAppMessage } from "../../../src/testing/twilio-simulator/message-rules.js";
import { createMessageWriter } from "../../../src/testing/twilio-simulator/wire-messages.js";
import { failuresOf } from "./failures.js";

const IDENTITY = { accountSid: "AC1", callSid: "CA1", streamSid: "MZ1" };

/** The Twilio transport, with Twilio's end of the socket in the test's hands. */
function twilio(change: (transport: AudioTransport) => Partial<AudioTransport> = () => ({})): CallTransportHarness {
  const write = createMessageWriter(IDENTITY);
  const received: AppMessage[] = [];
  let pending: string[] = [];
  const echo = () => {
    for (const name of pending) wire.send(write.mark(name));
    pending = [];
  };
  const peer = {
    closed: () => {},
    receive(text: string, isBinary: boolean) {
      const message = readAppMessage(text, isBinary, IDENTITY.streamSid);
      expect(message).not.toHaveProperty("reason");
      if ("code" in message) return;
      received.push(message);
      if (message.event === "mark") pending.push(message.name);
      if (message.event === "clear") echo();
    },
  };
  const { socket, wire } = createMemorySocket(peer, queueMicrotask);
  const transport = twilioMediaStream(socket);
  const { specVersion, kind, name, format } = transport;
  return {
    transport: {
      ...{ specVersion, kind, name, format },
      connect: (listener) => transport.connect(listener),
      sendAudio: (audio) => transport.sendAudio(audio),
      sendMark: (mark) => transport.sendMark(mark),
      clear: () => transport.clear(),
      hangUp: () => transport.hangUp(),
      ...change(transport),
    },
    begin() {
      wire.send(write.connected());
      wire.send(write.start({}));
    },
    say: (audio) => wire.send(write.media(audio, 0)),
    press: (digit) => wire.send(write.dtmf(digit)),
    hangUp() {
      wire.send(write.stop());
      wire.close();
    },
    lose: () => wire.kill(),
    received: () => Buffer.concat(received.flatMap((message) => (message.event === "media" ? [message.audio] : []))),
    clears: () => received.filter(({ event }) => event === "clear").length,
    playOut: echo,
  };
}

const run = (create: () => CallTransportHarness) => failuresOf(callTransportConformance({ create, settleMs: 10 }));

describe("the call transport suite", () => {
  it("passes Twilio Media Streams", async () => {
    expect(await run(() => twilio())).toEqual([]);
  });

  const listening = (change: (event: TransportEvent, tell: (event: TransportEvent) => void) => void) => () =>
    twilio((transport) => ({ connect: (listener) => transport.connect((event) => change(event, listener)) }));

  it.each<[string, () => CallTransportHarness, string[]]>([
    [
      "of a strange kind",
      () => twilio(() => ({ kind: "video" as "audio", format: { type: "audio/pcmu", rate: 16000 } })),
      ["says what it is and how its sound is coded"],
    ],
    [
      "that ends twice",
      listening((event, tell) => {
        tell(event);
        if (event.type === "end") tell(event);
      }),
      [
        "ends once when the caller hangs up",
        "ends once when it hangs up, and hangs up twice",
        "ends once when the line is lost",
        "ends once when the line is lost before the call starts",
        "takes calls after the end, and says that it takes no audio",
      ],
    ],
    [
      "that takes a loss for a goodbye",
      listening((event, tell) => tell(event.type === "end" ? { type: "end", reason: "caller-hangup" } : event)),
      [
        "ends once when it hangs up, and hangs up twice",
        "ends once when the line is lost",
        "ends once when the line is lost before the call starts",
      ],
    ],
    [
      "that acknowledges at once",
      () => {
        let tell: (event: TransportEvent) => void = () => {};
        return twilio((transport) => ({
          connect: (listener) => {
            tell = listener;
            transport.connect((event) => void (event.type !== "mark" && listener(event)));
          },
          sendMark: (name) => tell({ type: "mark", name }),
        }));
      },
      [
        "brings a mark back when what was before it has been played",
        "takes calls after the end, and says that it takes no audio",
      ],
    ],
    [
      "that does not clear",
      () => twilio(() => ({ clear: () => {} })),
      ["clears what was not played, and brings pending marks back"],
    ],
    [
      "that takes audio for ever",
      () => twilio((transport) => ({ sendAudio: (audio) => transport.sendAudio(audio) || true })),
      ["takes calls after the end, and says that it takes no audio"],
    ],
    [
      "that sends double",
      () => twilio((transport) => ({ sendAudio: (audio) => transport.sendAudio(audio) && transport.sendAudio(audio) })),
      ["keeps reply audio until the call starts", "plays what is sent, in order and whole"],
    ],
    [
      "that is deaf to keys and early sound",
      listening((event, tell) => {
        if (event.type !== "dtmf" && event.type !== "audio") tell(event);
      }),
      ["brings the caller's sound, in order and whole", "keeps what came before connect()", "tells of keys"],
    ],
  ])("catches a transport %s", async (_, create, expected) => {
    expect(await run(create)).toEqual(expected);
  });
});
