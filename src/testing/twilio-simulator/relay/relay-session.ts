import type { Clock } from "../../../spec/index.js";
import type { Phone } from "../carrier/phone.js";
import { createTimers } from "../carrier/timers.js";
import type { SocketUser, Wire } from "../carrier/wire.js";
import type { DebuggerLog } from "../debugger-events.js";
import type { ReceivedMessage, StreamEnd, StreamViolation } from "../report.js";
import { CLOSE_PATIENCE_MS, MOST_VIOLATIONS } from "../simulated-stream.js";
import type { ConversationRelayVerb, Interruptible } from "../twiml/verbs.js";
import { createRelayEar } from "./relay-ear.js";
import { type RelayMessage, readRelayMessage } from "./relay-messages.js";
import { type Cutting, createTalker } from "./talker.js";

/** So many wrong messages in a row end the session. */
export const MOST_MALFORMED = 10;

/** One session of ConversationRelay; what carries its messages is the wire's affair. */
export interface RelaySession extends SocketUser {
  /** The carrier ends it, since the app asked for it over REST. */
  stop(): void;
  /** Settles when the session has ended and its socket is gone. */
  readonly ended: Promise<RelayOutcome>;
}

/** What became of a session. */
export interface RelayOutcome {
  readonly end: StreamEnd;
  /** As the action callback has it: `ended` by the app, `completed` by the caller, or `failed`. */
  readonly status: "ended" | "completed" | "failed";
  readonly durationMs: number;
  readonly handoffData?: string;
  readonly error?: { readonly code: string; readonly message: string };
  readonly messages: readonly ReceivedMessage[];
  readonly violations: readonly StreamViolation[];
}

/** Of {@link createRelaySession}. */
export interface RelayContext {
  readonly verb: ConversationRelayVerb;
  readonly phone: Phone;
  readonly clock: Clock;
  readonly twilioDebugger: DebuggerLog;
  /** The first message, but for its type. */
  readonly setup: Readonly<Record<string, unknown>>;
  /** A sound of the app's; undefined: there is none. */
  fetchSound(url: string): Promise<Uint8Array | undefined>;
}

/** `loop: 0` plays so often. */
const ENDLESS_LOOP = 1000;

const ABNORMAL_CLOSE = 1006;

export function createRelaySession(context: RelayContext): RelaySession {
  const { verb, phone, twilioDebugger } = context;
  const { now } = phone;
  const messages: ReceivedMessage[] = [];
  const violations: StreamViolation[] = [];
  const timers = createTimers(context.clock);
  let wire: Wire | undefined;
  let disconnect = () => {};
  let startMs = 0;
  let malformedInARow = 0;
  let ttsLanguage = verb.ttsLanguage ?? verb.language;
  let transcriptionLanguage = verb.transcriptionLanguage ?? verb.language;
  let ending: Pick<RelayOutcome, "end" | "status" | "handoffData" | "error"> | undefined;
  let settle: (outcome: RelayOutcome) => void = () => {};
  const ended = new Promise<RelayOutcome>((resolve) => {
    settle = resolve;
  });

  const send = (message: object) => wire?.send(JSON.stringify(message));
  const info = (event: string, name: string, value: string) => {
    if (verb.tells.includes(event)) send({ type: "info", name, value });
  };

  const talker = createTalker(phone, {
    speaking: (isOn) => info("speaker-events", "agentSpeaking", isOn ? "on" : "off"),
    played: (text) => info("tokens-played", "tokensPlayed", text),
  });

  const ear = createRelayEar(verb, { talker, send, info, language: () => transcriptionLanguage });

  function receive(text: string, isBinary: boolean): void {
    if (ending !== undefined) return;
    const message = readRelayMessage(text, isBinary);
    if ("code" in message) return refuse(message.reason);
    malformedInARow = 0;
    messages.push({ event: "relay", message, atMs: now() });
    carryOut(message);
  }

  function refuse(reason: string): void {
    malformedInARow += 1;
    if (violations.length < MOST_VIOLATIONS) violations.push({ code: 64107, reason, atMs: now() });
    twilioDebugger.report(64107, now(), reason);
    send({ type: "error", description: `Invalid message received: ${reason}` });
    if (malformedInARow < MOST_MALFORMED) return;
    const message = `${MOST_MALFORMED} invalid messages in a row`;
    twilioDebugger.report(64105, now(), message);
    finish({ reason: "connection-lost" }, "failed", { error: { code: "64105", message } });
    close(1007);
  }

  function carryOut(message: RelayMessage): void {
    switch (message.type) {
      case "text":
        return talker.token(message.token, message.last ?? false, mannerOf(message.lang), cuttingOf(message));
      case "play":
        return void play(message);
      case "language":
        ttsLanguage = message.ttsLanguage ?? ttsLanguage;
        transcriptionLanguage = message.transcriptionLanguage ?? transcriptionLanguage;
        return;
      case "sendDigits":
        return;
      case "end": {
        const { handoffData } = message;
        finish({ reason: "agent-hangup" }, "ended", handoffData === undefined ? {} : { handoffData });
        close();
      }
    }
  }

  async function play({ source, loop = 1, ...message }: Extract<RelayMessage, { type: "play" }>): Promise<void> {
    const sound = await context.fetchSound(source);
    if (sound === undefined || ending !== undefined) return;
    const times = loop === 0 ? ENDLESS_LOOP : loop;
    for (let time = 0; time < times; time += 1) talker.sound(() => phone.voice.play(sound, source), cuttingOf(message));
  }

  function mannerOf(lang: string | undefined) {
    const language = lang ?? ttsLanguage;
    const voice = verb.languages[language]?.voice ?? (language === verb.language ? verb.voice : undefined);
    return { language, ...(voice === undefined ? {} : { voice }) };
  }

  function cuttingOf(message: {
    interruptible?: boolean | Interruptible | undefined;
    preemptible?: boolean | undefined;
  }) {
    const { interruptible = verb.interruptible, preemptible = verb.preemptible } = message;
    return { interruptible: asInterruptible(interruptible), preemptible } satisfies Cutting;
  }

  /** From here on nothing is said, and nothing the app sends counts. */
  function finish(
    how: Omit<StreamEnd, "atMs">,
    status: RelayOutcome["status"],
    more: Pick<RelayOutcome, "handoffData" | "error"> = {},
  ): void {
    disconnect();
    phone.voice.stop();
    ending = { end: { ...how, atMs: now() }, status, ...more };
  }

  function close(code?: number): void {
    timers.after(CLOSE_PATIENCE_MS, () => wire?.kill());
    wire?.close(code);
  }

  function stop(how: Omit<StreamEnd, "atMs">): void {
    if (ending !== undefined) return;
    finish(how, "completed");
    close();
  }

  function closed(code: number): void {
    if (ending === undefined) {
      const message = `the app closed the WebSocket with ${code}`;
      twilioDebugger.report(64105, now(), message);
      const reason = code === ABNORMAL_CLOSE ? "connection-lost" : "agent-hangup";
      finish({ reason, closeCode: code }, "failed", { error: { code: "64105", message } });
    }
    timers.clear();
    phone.signal.removeEventListener("abort", callIsOver);
    settle({ ...(ending as NonNullable<typeof ending>), durationMs: now() - startMs, messages, violations });
  }

  function open(opened: Wire): void {
    wire = opened;
    if (phone.over !== undefined) return callIsOver();
    disconnect = phone.connect(ear);
    phone.signal.addEventListener("abort", callIsOver, { once: true });
    phone.begin();
    startMs = now();
    send({ type: "setup", ...context.setup });
    if (verb.mismatch !== undefined) return fail(verb.mismatch);
    if (verb.welcomeGreeting === undefined) return;
    const cutting = { interruptible: verb.welcomeGreetingInterruptible, preemptible: verb.preemptible };
    talker.token(verb.welcomeGreeting, true, mannerOf(undefined), cutting);
  }

  /** What was asked for cannot be had. */
  function fail(message: string): void {
    twilioDebugger.report(64101, now(), message);
    send({ type: "error", description: message });
    finish({ reason: "connection-lost" }, "failed", { error: { code: "64101", message } });
    close();
  }

  function callIsOver(): void {
    const { reason, failure } = phone.over ?? { reason: "rest" };
    const how = reason === "caller-hangup" || reason === "time-limit" ? reason : "agent-hangup";
    stop({ reason: how, ...(failure === undefined ? {} : { failure }) });
  }

  return { open, receive, closed, stop: () => stop({ reason: "agent-hangup" }), ended };
}

function asInterruptible(value: boolean | Interruptible): Interruptible {
  if (typeof value === "string") return value;
  return value ? "any" : "none";
}
