import { callTransportConformance } from "bolchaal/testing";
import { twilioMediaStream } from "bolchaal/twilio";
import { it } from "vitest";
import { FakeSocket, wire } from "./fake-socket.js";

interface Sent {
  readonly event: "media" | "mark" | "clear";
  readonly media?: { readonly payload: string };
  readonly mark?: { readonly name: string };
}

/** A Twilio that plays nothing until it is told to, and echoes marks at once when cleared. */
function harness() {
  const socket = new FakeSocket();
  let sequenceNumber = 1;
  let answered = 0;
  const next = () => {
    sequenceNumber += 1;
    return sequenceNumber;
  };
  const sent = () => socket.messages as Sent[];
  const echo = (upTo: number) => {
    for (const { mark } of sent().slice(answered, upTo)) if (mark) socket.arrive(wire.mark(next(), mark.name));
    answered = upTo;
  };
  const clears = () => sent().filter(({ event }) => event === "clear").length;
  let clearsSeen = 0;
  const send = socket.send.bind(socket);
  socket.send = (text) => {
    send(text);
    if (clears() === clearsSeen) return;
    clearsSeen = clears();
    queueMicrotask(() => echo(socket.sent.length));
  };
  return {
    transport: twilioMediaStream(socket),
    begin: () => {
      socket.arrive(wire.connected);
      socket.arrive(wire.start());
    },
    say: (audio: Uint8Array) => socket.arrive(wire.media(next(), Buffer.from(audio).toString("base64"))),
    press: (digit: string) => socket.arrive(wire.dtmf(next(), digit)),
    hangUp: () => socket.arrive(wire.stop(next())),
    lose: () => socket.closed(1006),
    received: () => Buffer.concat(sent().map(({ media }) => Buffer.from(media?.payload ?? "", "base64"))),
    clears,
    playOut: () => echo(socket.sent.length),
  };
}

for (const { name, run } of callTransportConformance({ create: harness })) it(name, run);
