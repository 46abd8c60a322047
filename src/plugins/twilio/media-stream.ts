import { MULAW_8K } from "../../audio/index.js";
import { BolchaalError, type BolchaalErrorCode } from "../../errors.js";
import { silentLogger } from "../../session/silent-logger.js";
import type { AudioTransport, TransportEvent } from "../../spec/index.js";
import { systemClock } from "../../system-clock.js";
import { atMost } from "./at-most.js";
import { createConnection } from "./connection.js";
import { createInbox } from "./inbox.js";
import {
  DEFAULT_KEPT_CALLER_AUDIO_BYTES,
  DEFAULT_KEPT_REPLY_AUDIO_BYTES,
  DEFAULT_MAX_BUFFERED_BYTES,
  DEFAULT_STALLED_AFTER_MS,
  DEFAULT_START_TIMEOUT_MS,
  HANG_UP_TIMEOUT_MS,
  STOP_TIMEOUT_MS,
  type TwilioMediaStreamOptions,
} from "./media-stream-options.js";
import { readTwilioMessage, type TwilioMessage, type TwilioStartMessage } from "./messages.js";
import { createOutbox } from "./outbox.js";
import { createRepeatCheck } from "./repeats.js";
import { settleable } from "./settleable.js";
import { createStallWatch } from "./stall-watch.js";
import { isMulaw8k, readCallStart, type TwilioCallStart } from "./start.js";
import { createTally } from "./tally.js";
import { frameOf, SOCKET_CLOSING, type WebSocketLike } from "./web-socket.js";

/** A call's line through Twilio Media Streams. */
export interface TwilioMediaStream extends AudioTransport {
  /** Twilio's `start`. Rejects with a `BolchaalError` if the line ended without one. */
  readonly started: Promise<TwilioCallStart>;
  /**
   * Lets go of the call without ending it: the socket is closed, and Twilio goes on to the verb behind `<Connect>`.
   */
  release(): void;
  /** How much was not used: messages from Twilio, and what found no room. */
  readonly droppedCount: number;
}

type EndReason = Extract<TransportEvent, { readonly type: "end" }>["reason"];

const GOES_ON = "Twilio goes on to the verb behind <Connect>: say something there.";

/**
 * The line of one call: a WebSocket that Twilio has opened for `<Connect><Stream>`, as a transport for a session.
 * Everything it holds is bounded, and the call ends once, whatever comes first: Twilio's `stop`, the closing of the
 * socket, an error, `hangUp`, or no sign of life.
 *
 * @param socket of `ws`, or anything like it. From now on it belongs to the stream.
 */
export function twilioMediaStream(socket: WebSocketLike, options: TwilioMediaStreamOptions = {}): TwilioMediaStream {
  const {
    startTimeoutMs = DEFAULT_START_TIMEOUT_MS,
    maxBufferedBytes = DEFAULT_MAX_BUFFERED_BYTES,
    stalledAfterMs = DEFAULT_STALLED_AFTER_MS,
    keptCallerAudioBytes = DEFAULT_KEPT_CALLER_AUDIO_BYTES,
    keptReplyAudioBytes = DEFAULT_KEPT_REPLY_AUDIO_BYTES,
    logger = silentLogger,
    clock = systemClock,
  } = options;

  const started = settleable<TwilioCallStart>();
  const ended = settleable<void>();
  let start: TwilioCallStart | undefined;
  let hangingUp: Promise<void> | undefined;
  let hungUp = false;
  let over = false;

  const isRepeated = createRepeatCheck();
  const dropped = createTally((what, count) => inbox.push({ type: "warning", message: what, count }));
  const inbox = createInbox(keptCallerAudioBytes, () => dropped.count("Something of the caller's found no room."));
  const stallWatch = createStallWatch({
    socket,
    clock,
    stalledAfterMs,
    onStalled: () => {
      lose(`Nothing has left the socket for ${stalledAfterMs} ms. Look at the network between here and Twilio.`);
    },
  });
  const outbox = createOutbox({
    socket,
    maxBufferedBytes,
    keptAudioBytes: keptReplyAudioBytes,
    onSent: stallWatch.sent,
    onDropped: () => dropped.count("Something of the agent's found no room."),
  });
  const connection = createConnection({
    socket,
    clock,
    onMessage: (data, isBinary) => {
      if (!over) receive(readTwilioMessage(frameOf(data, isBinary)));
    },
    onGone: ({ code, error }) => {
      const what = error === undefined ? `was closed (${code ?? "dropped here"})` : "failed";
      end(
        "transport-lost",
        failure("transport-failed", `The socket ${what} in the middle of the call. ${GOES_ON}`, error),
      );
    },
  });
  const undoStartTimeout = clock.setTimer(() => {
    refuse(
      1008,
      "transport-failed",
      `No start came within ${startTimeoutMs} ms. Only Twilio should find this address.`,
    );
  }, startTimeoutMs);

  function receive(message: TwilioMessage): void {
    if (message.event === "connected") return;
    if (message.event === "invalid") return ignore(message.reason);
    if (message.event === "unknown") return ignore("its event is not known");
    if (message.event === "start") return onStart(message);
    if (start === undefined) return ignore("it came before the start");
    if (message.streamSid !== undefined && message.streamSid !== start.streamSid)
      return ignore("it is of another stream");
    if (isRepeated(message.sequenceNumber)) return ignore("it came twice");
    switch (message.event) {
      case "media":
        if (message.track === "outbound") return ignore("it is not the caller's sound");
        return inbox.push({ type: "audio", audio: message.audio });
      case "mark":
        return inbox.push({ type: "mark", name: message.name });
      case "dtmf":
        return inbox.push({ type: "dtmf", digit: message.digit });
      case "stop":
        end("caller-hangup");
        return connection.close(1000, "stopped");
    }
  }

  function onStart(message: TwilioStartMessage): void {
    if (start !== undefined) return ignore("the stream has already started");
    if (!isMulaw8k(message.mediaFormat)) {
      const { encoding, sampleRate, channels } = message.mediaFormat;
      const what = `${encoding}, ${sampleRate} Hz, ${channels} channels`;
      return refuse(1003, "invalid-audio", `The stream is ${what}. Leave Twilio's default, audio/x-mulaw at 8000 Hz.`);
    }
    start = readCallStart(message);
    undoStartTimeout();
    outbox.open(start.streamSid);
    inbox.push({ type: "start", call: start.call });
    started.resolve(start);
  }

  function ignore(why: string): void {
    dropped.count(`A message from Twilio was ignored: ${why}.`);
  }

  function end(reason: EndReason, cause?: BolchaalError): void {
    if (over) return;
    over = true;
    undoStartTimeout();
    stallWatch.stop();
    if (hungUp) inbox.push({ type: "end", reason: "hung-up" });
    else inbox.push({ type: "end", reason, ...(cause === undefined ? {} : { cause }) });
    started.reject(cause ?? failure("session-ended", "The call was over before it started. There is nothing to do."));
    ended.resolve();
  }

  function refuse(closeCode: number, code: BolchaalErrorCode, why: string): void {
    end("transport-lost", failure(code, why));
    connection.close(closeCode, "refused");
  }

  function lose(why: string, cause?: unknown): void {
    end("transport-lost", failure("transport-failed", why, cause));
    connection.terminate();
  }

  /** A listener that throws costs its own call, and not the process with all the others. */
  function tell(listener: (event: TransportEvent) => void, event: TransportEvent): void {
    try {
      listener(event);
    } catch (error) {
      logger.error({ callId: start?.call.callId, event: event.type, error }, "the call's listener failed");
      lose(`The listener failed on "${event.type}". ${GOES_ON}`, error);
    }
  }

  async function hangUpOnce(): Promise<void> {
    if (over) return;
    hungUp = true;
    if (start !== undefined && options.hangUp !== undefined && (await askedCarrier(start, options.hangUp))) {
      await atMost(clock, STOP_TIMEOUT_MS, ended.promise);
    }
    release();
    await ended.promise;
  }

  function release(): void {
    hungUp = true;
    connection.close(1000, "done");
  }

  /** @returns whether the carrier said that it ends the call. */
  async function askedCarrier(
    begun: TwilioCallStart,
    ask: NonNullable<TwilioMediaStreamOptions["hangUp"]>,
  ): Promise<boolean> {
    const { callId } = begun.call;
    try {
      if ((await atMost(clock, HANG_UP_TIMEOUT_MS, ask(begun))) !== undefined) return true;
      logger.warn({ callId }, "hangUp took too long; closing the stream instead");
    } catch (error) {
      logger.warn({ callId, error }, "hangUp failed; closing the stream instead");
    }
    return false;
  }

  if (socket.readyState >= SOCKET_CLOSING) lose(`The socket was closed before the call. ${GOES_ON}`);

  return {
    specVersion: "v1",
    kind: "audio",
    name: "twilio",
    format: MULAW_8K,
    started: started.promise,
    connect: (listener) => inbox.connect((event) => tell(listener, event)),
    sendAudio: (audio) => !over && outbox.audio(audio),
    sendMark: (name) => {
      if (!over) outbox.mark(name);
    },
    clear: () => {
      if (over) return;
      for (const name of outbox.clear()) inbox.push({ type: "mark", name });
    },
    release,
    hangUp: () => {
      hangingUp ??= hangUpOnce();
      return hangingUp;
    },
    get droppedCount() {
      return dropped.total;
    },
  };
}

function failure(code: BolchaalErrorCode, message: string, cause?: unknown): BolchaalError {
  return new BolchaalError(message, { code, component: "transport", provider: "twilio", cause });
}
