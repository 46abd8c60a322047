import type { Clock } from "../../spec/index.js";
import { type Caller, createCaller } from "./caller.js";
import { arrivalMs, createFates, type MediaFate } from "./carrier-faults.js";
import { createDebugger } from "./debugger-events.js";
import { createEchoMixer } from "./echo-path.js";
import { createHearing } from "./hearing.js";
import { readAppMessage } from "./message-rules.js";
import { createMouth } from "./mouth.js";
import { seededRandom } from "./noise.js";
import type { ResolvedCall } from "./options.js";
import { createPlayout } from "./playout.js";
import type { PreparedStep } from "./prepare-script.js";
import type { MarkEcho, ReceivedMessage, StreamEnd, StreamReport } from "./report.js";
import { createTape } from "./tape.js";
import { type CallIdentity, createMessageWriter, FRAME_MS } from "./wire-messages.js";

/** The carrier's end of a WebSocket. */
export interface Wire {
  send(text: string): void;
  /** Closes it as the protocol asks. */
  close(): void;
  /** Cuts it, without a close. */
  kill(): void;
}

/** One bidirectional stream, as Twilio runs it; what carries the messages is the wire's affair. */
export interface SimulatedStream {
  /** The socket is open: the call's time begins. */
  open(wire: Wire): void;
  /** The app sent a message. */
  receive(text: string, isBinary: boolean): void;
  /** The socket is gone. @param code As of the WebSocket protocol; 1006 if it broke without a close. */
  closed(code: number): void;
  /** Settles when the stream has ended and its socket is gone. */
  readonly ended: Promise<StreamReport>;
}

/** An app that does not close its socket after `stop` loses it so much later, in ms. */
export const CLOSE_PATIENCE_MS = 5_000;

/** Of what the app sent wrongly, the first so many are kept in the report. */
const MOST_VIOLATIONS = 100;

const ABNORMAL_CLOSE = 1006;

export function createSimulatedStream(
  identity: CallIdentity,
  steps: readonly PreparedStep[],
  call: ResolvedCall,
  clock: Clock,
): SimulatedStream {
  const { faults, pacing } = call;
  const write = createMessageWriter(identity);
  const playout = createPlayout();
  const hearing = createHearing(call.agentSilenceMs);
  const mouth = createMouth(call.comfortNoiseDbfs, call.seed);
  const echoPath = createEchoMixer(call.echo);
  const random = seededRandom(call.seed);
  const twilioDebugger = createDebugger();
  const [said, heard] = [createTape(call.record), createTape(call.record)];
  const messages: ReceivedMessage[] = [];
  const violations: StreamReport["violations"][number][] = [];
  const echoes: MarkEcho[] = [];
  const timers = new Set<() => void>();

  let wire: Wire | undefined;
  let startMs = 0;
  let frames = 0;
  let marks = 0;
  let lastArrivalMs = 0;
  let undoEcho = () => {};
  let end: StreamEnd | undefined;
  let settle: (report: StreamReport) => void = () => {};
  const ended = new Promise<StreamReport>((resolve) => {
    settle = resolve;
  });

  const now = () => clock.now() - startMs;
  const send = (text: string) => wire?.send(text);
  const mediaOut = createFates<string>(send);
  const marksOut = createFates<{ readonly name: string; readonly cleared: boolean }>(({ name, cleared }) => {
    echoes.push({ name, cleared, atMs: now() });
    send(write.mark(name));
  });

  const caller: Caller = createCaller(steps, {
    mouth,
    hearing,
    press: (digit) => send(write.dtmf(digit)),
    hangUp: (failure) => stop({ reason: "caller-hangup", ...(failure === undefined ? {} : { failure }) }),
  });

  function after(delayMs: number, act: () => void): () => void {
    const undo = clock.setTimer(() => {
      timers.delete(undo);
      act();
    }, delayMs);
    timers.add(undo);
    return () => {
      timers.delete(undo);
      undo();
    };
  }

  /** A frame's time is over: it is heard, spoken and sent, and the caller thinks about what to do next. */
  function tick(): void {
    frames += 1;
    const atMs = frames * FRAME_MS;
    // A system's timer may fire a little early: what is not yet over has not been heard.
    hear(Math.min(atMs, now()));
    sayFrame(frames - 1, atMs);
    caller.tick(atMs);
    if (end === undefined) after(atMs + FRAME_MS - now(), tick);
  }

  function hear(atMs: number): void {
    const sound = playout.play(atMs);
    hearing.listen(sound);
    heard.add(sound);
    echoPath.hear(sound);
  }

  function sayFrame(index: number, atMs: number): void {
    const frame = echoPath.mix(mouth.nextFrame());
    said.add(frame);
    const arrival = arrivalMs(pacing, atMs, random);
    if (arrival === undefined) return;
    lastArrivalMs = Math.max(lastArrivalMs, arrival);
    const fate: MediaFate = faults.media?.({ index }) ?? "send";
    const deliver = () => mediaOut.pass(write.media(frame, index), fate);
    if (lastArrivalMs <= atMs) deliver();
    else after(lastArrivalMs - now(), deliver);
  }

  function echo(name: string, cleared: boolean): void {
    const fate = faults.mark?.({ name, index: marks }) ?? "echo";
    marks += 1;
    if (typeof fate === "string") marksOut.pass({ name, cleared }, fate);
    else after(fate.delayMs, () => marksOut.pass({ name, cleared }, "echo"));
  }

  /** Echoes what is due, and sets the timer for the next. */
  function echoDue(): void {
    undoEcho();
    for (const name of playout.echoes(now())) echo(name, false);
    const nextMs = playout.nextEchoMs;
    undoEcho = nextMs === undefined ? () => {} : after(nextMs - now(), echoDue);
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
    after(CLOSE_PATIENCE_MS, () => wire?.kill());
    if (typeof fate === "object") after(fate.delayMs, sendStop);
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
    for (const undo of timers) undo();
    timers.clear();
    end = { ...how, atMs: now() };
    hear(end.atMs);
  }

  function closed(code: number): void {
    const broken = code === ABNORMAL_CLOSE;
    if (end === undefined) {
      twilioDebugger.report(broken ? 31903 : 31921, now());
      finish({ reason: broken ? "connection-lost" : "agent-hangup", closeCode: code });
    }
    for (const undo of timers) undo();
    timers.clear();
    settle(reportOf(end as StreamEnd));
  }

  function reportOf(how: StreamEnd): StreamReport {
    return {
      end: how,
      durationMs: how.atMs,
      steps: caller.finish(how.atMs),
      agentSpeech: hearing.stretches,
      said: said.sound(),
      heard: heard.sound(),
      messages,
      echoes,
      violations,
      debuggerEvents: twilioDebugger.events,
    };
  }

  function open(opened: Wire): void {
    wire = opened;
    startMs = clock.now();
    send(write.connected());
    send(write.start(call.customParameters));
    if (faults.killAtMs !== undefined) after(faults.killAtMs, kill);
    after(call.timeLimitMs, () => stop({ reason: "time-limit" }));
    after(FRAME_MS, tick);
    caller.tick(0);
  }

  function kill(): void {
    if (end !== undefined) return;
    finish({ reason: "killed" });
    wire?.kill();
  }

  return { open, receive, closed, ended };
}
