import { BolchaalError, type BolchaalErrorCode } from "../../../errors.js";
import { silentLogger } from "../../../session/silent-logger.js";
import type { SpeechTransportEvent } from "../../../spec/index.js";
import { systemClock } from "../../../system-clock.js";
import { createConnection } from "../connection.js";
import { DEFAULT_UNIT_MS } from "../gather/estimate-heard.js";
import { createInbox } from "../inbox.js";
import {
  DEFAULT_MAX_BUFFERED_BYTES,
  DEFAULT_STALLED_AFTER_MS,
  DEFAULT_START_TIMEOUT_MS,
} from "../media-stream-options.js";
import { settleable } from "../settleable.js";
import { createStallWatch } from "../stall-watch.js";
import { createTally } from "../tally.js";
import { frameOf, SOCKET_CLOSING, type WebSocketLike } from "../web-socket.js";
import { createInterruptions } from "./interruptions.js";
import { createLeaving } from "./leaving.js";
import {
  digitsMessage,
  languageMessage,
  plainDescription,
  type RelayMessage,
  type RelaySetup,
  readRelayMessage,
  textMessage,
} from "./messages.js";
import { DEFAULT_RELAY_LANGUAGES, type TwilioConversationRelayOptions } from "./options.js";
import { createOutlet } from "./outlet.js";
import { promptEvents } from "./prompt-events.js";
import type { TwilioConversationRelay } from "./relay-line.js";
import { type RelayStart, readRelayStart } from "./start.js";
import { createTalk } from "./talk.js";

type EndReason = Extract<SpeechTransportEvent, { readonly type: "end" }>["reason"];

/** Codes with which a socket is closed on purpose: no code is one, too. */
const CLOSED_ON_PURPOSE: readonly (number | undefined)[] = [1000, 1001, 1005];

const GOES_ON = "Twilio asks the action of <Connect>, or goes on to the next verb: say something there.";

/**
 * The line of one call: a WebSocket that Twilio has opened for `<Connect><ConversationRelay>`, as a transport for a session.
 * Everything it holds is bounded, and the call ends once, whatever comes first: the closing of the socket, an error,
 * `hangUp`, or no sign of life.
 *
 * @param socket of `ws`, or anything like it. From now on it belongs to the line.
 */
export function twilioConversationRelay(
  socket: WebSocketLike,
  options: TwilioConversationRelayOptions = {},
): TwilioConversationRelay {
  const {
    speakerEvents = true,
    languages = DEFAULT_RELAY_LANGUAGES,
    unitMs = DEFAULT_UNIT_MS,
    startTimeoutMs = DEFAULT_START_TIMEOUT_MS,
    maxBufferedBytes = DEFAULT_MAX_BUFFERED_BYTES,
    stalledAfterMs = DEFAULT_STALLED_AFTER_MS,
    logger = silentLogger,
    clock = systemClock,
  } = options;

  const started = settleable<RelayStart>();
  const ended = settleable<void>();
  let start: RelayStart | undefined;
  /** What Twilio said was wrong, the last time. */
  let complaint: string | undefined;
  let hungUp = false;
  let over = false;

  const dropped = createTally((message, count) => push({ type: "warning", message, count }));
  const inbox = createInbox<SpeechTransportEvent>(0, () => dropped.count("Something of the caller's found no room."));
  const stallWatch = createStallWatch({
    socket,
    clock,
    stalledAfterMs,
    onStalled: () => {
      lose(`Nothing has left the socket for ${stalledAfterMs} ms. Look at the network between here and Twilio.`);
    },
  });
  const { open, send } = createOutlet({
    socket,
    maxBufferedBytes,
    onSent: stallWatch.sent,
    onDropped: () => dropped.count("Something of the agent's found no room."),
  });
  const talk = createTalk(
    { clock, speakerEvents, languages, unitMs },
    {
      send: (token, how) => send(textMessage(token, how)),
      started: (generation) => push({ type: "playback-start", generation }),
      ended: (generation, playedMs) => push({ type: "playback-end", generation, playedMs }),
      warn: (what) => dropped.count(what),
    },
  );
  const interruptions = createInterruptions(clock, (by, { generation, ...heard }) => {
    push({ type: "interrupted", generation, by, ...heard });
  });
  const connection = createConnection({
    socket,
    clock,
    onMessage: (data, isBinary) => {
      if (!over) receive(readRelayMessage(frameOf(data, isBinary)));
    },
    onGone: ({ code, error }) => {
      if (error === undefined && CLOSED_ON_PURPOSE.includes(code) && complaint === undefined) {
        return end("caller-hangup");
      }
      const what = error === undefined ? `was closed (${code ?? "dropped here"})` : "failed";
      const why = complaint === undefined ? "" : ` Twilio had said: ${complaint}`;
      end(
        "transport-lost",
        failure("transport-failed", `The socket ${what} in the middle of the call.${why} ${GOES_ON}`, error),
      );
    },
  });
  const undoStartTimeout = clock.setTimer(() => {
    refuse(`No setup came within ${startTimeoutMs} ms. Only Twilio should find this address.`);
  }, startTimeoutMs);

  /** What the caller does behind an interruption is told behind it. */
  function push(event: SpeechTransportEvent): void {
    if (event.type !== "interrupted") interruptions.flush(event.type === "dtmf" ? "dtmf" : "speech");
    inbox.push(event);
  }

  function receive(message: RelayMessage): void {
    if (message.type === "invalid") return ignore(message.reason);
    if (message.type === "unknown") return ignore("its type is not known");
    if (message.type === "setup") return onSetup(message);
    if (message.type === "error") return onError(message.description);
    if (start === undefined) return ignore("it came before the setup");
    complaint = undefined;
    switch (message.type) {
      case "prompt":
        return promptEvents(message).forEach(push);
      case "dtmf":
        return push({ type: "dtmf", digit: message.digit });
      case "interrupt": {
        const cut = talk.interrupted(message.utterance, message.durationMs);
        if (cut !== undefined) interruptions.begin(cut);
        return;
      }
      case "info":
        if (message.name === "agentSpeaking") talk.speaking(message.value === "on");
    }
  }

  function onSetup(message: RelaySetup): void {
    if (start !== undefined) return ignore("the session has already begun");
    start = readRelayStart(message);
    undoStartTimeout();
    open();
    push({ type: "start", call: start.call });
    started.resolve(start);
  }

  /** An error may be followed by the end, and then tells why. */
  function onError(description: string): void {
    complaint = plainDescription(description);
    dropped.count("Twilio reported an error. The log tells more.");
    logger.warn({ callId: start?.call.callId, description: complaint }, "ConversationRelay reported an error");
  }

  function ignore(why: string): void {
    dropped.count(`A message from Twilio was ignored: ${why}.`);
  }

  function end(reason: EndReason, cause?: BolchaalError): void {
    if (over) return;
    over = true;
    undoStartTimeout();
    stallWatch.stop();
    talk.close();
    if (hungUp) push({ type: "end", reason: "hung-up" });
    else push({ type: "end", reason, ...(cause === undefined ? {} : { cause }) });
    started.reject(cause ?? failure("session-ended", "The call was over before it started. There is nothing to do."));
    ended.resolve();
  }

  function refuse(why: string): void {
    end("transport-lost", failure("transport-failed", why));
    connection.close(1008, "refused");
  }

  function lose(why: string, cause?: unknown): void {
    end("transport-lost", failure("transport-failed", why, cause));
    connection.terminate();
  }

  /** A listener that throws costs its own call, and not the process with all the others. */
  function tell(listener: (event: SpeechTransportEvent) => void, event: SpeechTransportEvent): void {
    try {
      listener(event);
    } catch (error) {
      logger.error({ callId: start?.call.callId, event: event.type, error }, "the call's listener failed");
      lose(`The listener failed on "${event.type}". ${GOES_ON}`, error);
    }
  }

  const leaving = createLeaving({
    clock,
    logger,
    quiet: talk.quiet,
    ended: ended.promise,
    send,
    close: () => connection.close(1000, "done"),
    ...(options.hangUp === undefined ? {} : { hangUp: options.hangUp }),
  });

  function leave(way: () => Promise<void>): Promise<void> {
    if (over) return Promise.resolve();
    hungUp = true;
    return way();
  }

  if (socket.readyState >= SOCKET_CLOSING) lose(`The socket was closed before the call. ${GOES_ON}`);

  return {
    specVersion: "v1",
    kind: "speech",
    name: "twilio",
    started: started.promise,
    connect: (listener) => inbox.connect((event) => tell(listener, event)),
    say: (piece) => {
      if (!over && !hungUp) talk.say(piece);
    },
    stop: (generation) => {
      interruptions.forget(generation);
      return talk.stop(generation);
    },
    setLanguage: (language) => {
      if (!over) send(languageMessage(languages[language]));
    },
    sendDigits: (digits) => {
      if (!/^[\dw*#]+$/u.test(digits)) {
        throw failure("invalid-request", "There are no such keys. Give 0-9, *, # and w to wait half a second.");
      }
      if (!over) send(digitsMessage(digits));
    },
    handOff: (data) => leave(() => leaving.handOff(start, data)),
    hangUp: () => leave(() => leaving.hangUp(start)),
    release: () => {
      hungUp = true;
      connection.close(1000, "done");
    },
    get droppedCount() {
      return dropped.total;
    },
  };
}

function failure(code: BolchaalErrorCode, message: string, cause?: unknown): BolchaalError {
  return new BolchaalError(message, { code, component: "transport", provider: "twilio", cause });
}
