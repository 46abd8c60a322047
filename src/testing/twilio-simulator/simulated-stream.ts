import type { Clock } from "../../spec/index.js";
import type { Phone } from "./carrier/phone.js";
import { createTimers } from "./carrier/timers.js";
import type { SocketUser, Wire } from "./carrier/wire.js";
import { arrivalMs, createFates, type MediaFate } from "./carrier-faults.js";
import type { DebuggerLog } from "./debugger-events.js";
import { readAppMessage } from "./message-rules.js";
import { seededRandom } from "./noise.js";
import type { ResolvedCall } from "./options.js";
import type { MarkEcho, ReceivedMessage, StreamEnd, StreamLog, StreamViolation } from "./report.js";
import { type CallIdentity, createMessageWriter } from "./wire-messages.js";

/** One bidirectional stream, as Twilio runs it; what carries the messages is the wire's affair. */
export interface SimulatedStream extends SocketUser {
  /** The carrier ends the stream, since the app asked for it over REST. */
  stop(): void;
  /** Settles when the stream has ended and its socket is gone. */
  readonly ended: Promise<StreamOutcome>;
}

/** What became of a stream. */
export interface StreamOutcome extends StreamLog {
  readonly end: StreamEnd;
}

/** Of a stream. */
export interface StreamContext {
  readonly identity: CallIdentity;
  readonly phone: Phone;
  readonly call: ResolvedCall;
  readonly customParameters: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly twilioDebugger: DebuggerLog;
}

/** An app that does not close its socket after `stop` loses it so much later, in ms. */
export const CLOSE_PATIENCE_MS = 5_000;

/** Of what the app sent wrongly, the first so many are kept in the report. */
export const MOST_VIOLATIONS = 100;

const ABNORMAL_CLOSE = 1006;

export function createSimulatedStream(context: StreamContext): SimulatedStream {
  const { identity, phone, call, clock, twilioDebugger } = context;
  const { faults, pacing } = call;
  const { playout, now } = phone;
  const write = createMessageWriter(identity);
  const random = seededRandom(call.seed);
  const messages: ReceivedMessage[] = [];
  const violations: StreamViolation[] = [];
  const echoes: MarkEcho[] = [];
  const timers = createTimers(clock);

  let wire: Wire | undefined;
  let disconnect = () => {};
  let frames = 0;
  let marks = 0;
  let lastArrivalMs = 0;
  let undoEcho = () => {};
  let end: StreamEnd | undefined;
  let settle: (outcome: StreamOutcome) => void = () => {};
  const ended = new Promise<StreamOutcome>((resolve) => {
    settle = resolve;
  });

  const send = (text: string) => wire?.send(text);
  const mediaOut = createFates<string>(send);
  const marksOut = createFates<{ readonly name: string; readonly cleared: boolean }>(({ name, cleared }) => {
    echoes.push({ name, cleared, atMs: now() });
    send(write.mark(name));
  });

  function sendFrame(frame: Uint8Array, atMs: number): void {
    const index = frames;
    frames += 1;
    const arrival = arrivalMs(pacing, atMs, random);
    if (arrival === undefined) return;
    lastArrivalMs = Math.max(lastArrivalMs, arrival);
    const fate: MediaFate = faults.media?.({ index }) ?? "send";
    const deliver = () => mediaOut.pass(write.media(frame, index), fate);
    if (lastArrivalMs <= atMs) deliver();
    else timers.after(lastArrivalMs - now(), deliver);
  }

  function echo(name: string, cleared: boolean): void {
    const fate = faults.mark?.({ name, index: marks }) ?? "echo";
    marks += 1;
    if (typeof fate === "string") marksOut.pass({ name, cleared }, fate);
    else timers.after(fate.delayMs, () => marksOut.pass({ name, cleared }, "echo"));
  }

  /** Echoes what is due, and sets the timer for the next. */
  function echoDue(): void {
    undoEcho();
    for (const name of playout.echoes(now())) echo(name, false);
    const nextMs = playout.nextEchoMs;
    undoEcho = nextMs === undefined ? () => {} : timers.after(nextMs - now(), echoDue);
  }

  function receive(text: string, isBinary: boolean): void {
    if (end !== undefined) return;
    const atMs = now();
    const message = readAppMessage(text, isBinary, identity.streamSid);
    if ("code" in message) {
      if (violations.length < MOST_VIOLATIONS) violations.push({ ...message, atMs });
      twilioDebugger.report(message.code, atMs, message.reason);
    } else if (message.event === "media") {
      messages.push({ event: "media", bytes: message.audio.length, atMs });
      if (!playout.queue(message.audio, atMs)) twilioDebugger.report(31931, atMs);
    } else if (message.event === "mark") {
      messages.push({ event: "mark", name: message.name, atMs });
      if (playout.mark(message.name, atMs)) echo(message.name, false);
      else echoDue();
    } else {
      messages.push({ event: "clear", droppedMs: playout.queuedMs(atMs), atMs });
      for (const name of playout.clear(atMs)) echo(name, true);
      echoDue();
    }
  }

  /** The carrier ends the stream. */
  function stop(how: Omit<StreamEnd, "atMs">): void {
    if (end !== undefined) return;
    finish(how);
    mediaOut.end();
    marksOut.end();
    const fate = faults.stop ?? "send";
    timers.after(CLOSE_PATIENCE_MS, () => wire?.kill());
    if (typeof fate === "object") timers.after(fate.delayMs, sendStop);
    else if (fate === "withhold") wire?.close();
    else sendStop();
  }

  function sendStop(): void {
    const text = write.stop();
    send(text);
    if (faults.stop === "duplicate") send(text);
    wire?.close();
  }

  /** From here on nothing is played, and nothing the app sends counts. */
  function finish(how: Omit<StreamEnd, "atMs">): void {
    timers.clear();
    disconnect();
    end = { ...how, atMs: now() };
    playout.clear(end.atMs);
  }

  function closed(code: number): void {
    if (end === undefined) {
      const broken = code === ABNORMAL_CLOSE;
      twilioDebugger.report(broken ? 31903 : 31921, now());
      finish({ reason: broken ? "connection-lost" : "agent-hangup", closeCode: code });
    }
    timers.clear();
    phone.signal.removeEventListener("abort", callIsOver);
    settle({ end: end as StreamEnd, messages, echoes, violations });
  }

  function open(opened: Wire): void {
    wire = opened;
    if (phone.over !== undefined) return callIsOver();
    disconnect = phone.connect({
      listening: true,
      frame: sendFrame,
      digit: (digit) => send(write.dtmf(digit)),
    });
    phone.signal.addEventListener("abort", callIsOver, { once: true });
    send(write.connected());
    send(write.start(context.customParameters));
    if (faults.killAtMs !== undefined) timers.after(faults.killAtMs, kill);
    phone.begin();
  }

  function callIsOver(): void {
    const { reason, failure } = phone.over ?? { reason: "rest" };
    const how = reason === "caller-hangup" || reason === "time-limit" ? reason : "agent-hangup";
    stop({ reason: how, ...(failure === undefined ? {} : { failure }) });
  }

  function kill(): void {
    if (end !== undefined) return;
    finish({ reason: "killed" });
    phone.end("killed");
    wire?.kill();
  }

  return { open, receive, closed, stop: () => stop({ reason: "agent-hangup" }), ended };
}
