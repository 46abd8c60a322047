import { randomUUID } from "node:crypto";
import { Alarm } from "../async.js";
import { BolchaalError } from "../errors.js";
import { fetchCall } from "../plugins/twilio/rest/index.js";
import { settleable } from "../plugins/twilio/settleable.js";
import type { VoiceSession } from "../session/index.js";
import type { OutboundEnd } from "./call-progress.js";
import { creationOf } from "./creation.js";
import { endAtTwilio } from "./end-at-twilio.js";
import { createEventLog } from "./event-log.js";
import type { ResolvedCallOptions, ResolvedDialerOptions } from "./options.js";
import type { OutboundCall } from "./outbound-call-types.js";
import type { Pacer } from "./pacer.js";
import { refusedByHour, refusedNow } from "./permission.js";
import { place } from "./place.js";
import { INITIAL_PROGRESS, nextDeadline, type ProgressAction, type ProgressState, step } from "./progress/index.js";
import { type Happening, type WatchedSession, watchSession } from "./session-watch.js";

/** A call in the dialer's hands. */
export interface DialedCall {
  readonly call: OutboundCall;
  /** What stands at the end of its webhooks' addresses. */
  readonly key: string;
  readonly options: ResolvedCallOptions;
  readonly progress: ProgressState;
  feed(happening: Happening): void;
  /** Its conversation was made, and has not started yet. */
  attach(session: VoiceSession): void;
}

/** What a call needs of its dialer. */
export interface DialerLink {
  readonly options: ResolvedDialerOptions;
  readonly pacer: Pacer;
  /** Twilio's id is known, for the first time or anew. */
  identified(call: DialedCall, callSid: string): void;
  /** Whether a call of Twilio's is known to be another one's. */
  isOther(call: DialedCall, callSid: string): boolean;
  /** Whether no other call between the same numbers is without its id. */
  isOnlyOne(call: DialedCall): boolean;
  over(call: DialedCall): void;
}

/** Makes a call, which begins to wait for its turn at once. */
export function createOutboundCall(options: ResolvedCallOptions, link: DialerLink): DialedCall {
  const { client, clock, now, random, webhooks, logger: dialersLogger } = link.options;
  const key = randomUUID();
  const logger = dialersLogger.child({ outboundCall: key });
  const log = createEventLog(logger);
  const sid = settleable<string>();
  const ended = settleable<OutboundEnd>();
  const unwanted = new AbortController();
  const identified = new Alarm();
  const { machine, machineDetection: detection, ringTimeoutMs, timeLimitMs } = options;
  const rules = { onMachine: machine.do, detection, ringTimeoutMs, timeLimitMs };
  let progress = INITIAL_PROGRESS;
  let watched: WatchedSession | undefined;
  let undoAlarm = () => {};
  const queue: Happening[] = [];
  let draining = false;
  let aheadNow = () => 0;

  /** One happening at a time: what an action brings about is dealt with when the step is done. */
  function feed(happening: Happening): void {
    queue.push(happening);
    if (draining) return;
    draining = true;
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const before = progress;
      const { state, actions } = step(before, { atMs: clock.now(), ...next } as Parameters<typeof step>[1], rules);
      progress = state;
      if (state.callSid !== undefined && state.callSid !== before.callSid) identify(state.callSid);
      for (const action of actions) carryOut(action);
      if (state.end !== undefined && before.end === undefined) finish(state.end);
    }
    draining = false;
    setAlarm();
  }

  function identify(callSid: string): void {
    sid.resolve(callSid);
    link.identified(dialed, callSid);
    identified.sound();
  }

  function setAlarm(): void {
    undoAlarm();
    const atMs = nextDeadline(progress);
    undoAlarm = atMs === undefined ? () => {} : clock.setTimer(() => feed({ type: "tick" }), atMs - clock.now());
  }

  function carryOut(action: ProgressAction): void {
    switch (action.type) {
      case "emit":
        return log.emit(action.event);
      case "hang-up":
        return hangUp(action);
      case "end-session":
        return watched?.session.end();
      case "hush":
        return watched?.hush();
      case "leave-message":
        return leaveMessage(action.atOnce);
      case "look":
        return look(action.callSid);
    }
  }

  function leaveMessage(atOnce: boolean): void {
    if (watched === undefined || machine.do !== "leave-message") return;
    if (!atOnce && watched.isBusy) feed({ type: "line-busy" });
    else watched.leave(machine.message);
  }

  function hangUp(which: { readonly callSid: string; readonly pickedUp: boolean }): void {
    const { callSid } = which;
    if (callSid !== progress.callSid) logger.error({ callSid }, "a call was made twice: one is hung up");
    endAtTwilio(client, which, clock).catch((error: unknown) => {
      logger.error({ callSid, error }, "Twilio did not hang up a call");
    });
  }

  /** Asks Twilio how the call is doing. */
  function look(callSid: string): void {
    fetchCall(client, callSid, { clock }).then(
      (found) => {
        if (found === undefined) return;
        const { status, duration, answeredBy } = found;
        if (answeredBy) feed({ type: "detected", callSid, answeredBy });
        const durationMs = duration ? Number(duration) * 1000 : undefined;
        feed({ type: "status", callSid, status, durationMs });
      },
      (error: unknown) => logger.warn({ callSid, error }, "a call could not be looked up"),
    );
  }

  function finish(end: OutboundEnd): void {
    const { reason, callSid } = end;
    logger.info({ callSid, reason }, "an outbound call is over");
    unwanted.abort(new Error("The call is over."));
    sid.reject(end.error ?? withoutSid(end));
    ended.resolve(end);
    link.over(dialed);
  }

  /** From its waiting to Twilio's having it. */
  async function dial(): Promise<void> {
    const byHour = refusedByHour(options, link.options);
    if (byHour !== undefined) return feed({ type: "refused", ...byHour });
    await turn();
    const refused = await refusedNow(options, link.options, unwanted.signal);
    if (refused !== undefined) return feed({ type: "refused", ...refused });
    feed({ type: "creating" });
    const placed = await place({
      client,
      clock,
      now,
      random,
      creation: creationOf(options, webhooks, key),
      signal: unwanted.signal,
      turn,
      isKnown: () => progress.callSid !== undefined,
      news: identified,
      isOther: (callSid) => link.isOther(dialed, callSid),
      isOnlyOne: () => link.isOnlyOne(dialed),
      created: (callSid) => feed({ type: "created", callSid }),
    });
    if (placed.type !== "known") feed(placed);
  }

  async function turn(): Promise<void> {
    const { signal } = unwanted;
    const place = link.pacer.join(signal);
    aheadNow = () => place.ahead;
    if (progress.status === "waiting" && place.ahead > 0) feed({ type: "waiting", ahead: place.ahead });
    await place.come;
    signal.throwIfAborted();
  }

  function cancel(): Promise<OutboundEnd> {
    feed({ type: "cancel" });
    // What waits to be asked again is asked no more; what was asked is cleared up.
    unwanted.abort(new Error("The call was cancelled."));
    return ended.promise;
  }

  const call: OutboundCall = {
    idempotencyKey: options.idempotencyKey,
    to: options.to,
    from: options.from,
    get status() {
      return progress.status;
    },
    get ahead() {
      return progress.status === "waiting" ? aheadNow() : 0;
    },
    callSid: sid.promise,
    ended: ended.promise,
    get session() {
      return watched?.session;
    },
    cancel,
    on: log.on,
    [Symbol.asyncIterator]: log.iterate,
  };

  const dialed: DialedCall = {
    call,
    key,
    options,
    get progress() {
      return progress;
    },
    feed,
    attach(session) {
      watched = watchSession(session, feed, detection !== "none");
    },
  };

  // Behind this moment, so that whoever ordered the call can listen first.
  queueMicrotask(() => {
    dial().catch((error: unknown) => {
      if (progress.end === undefined) feed({ type: "not-created", error: asError(error) });
    });
  });
  return dialed;
}

function withoutSid({ reason }: OutboundEnd): BolchaalError {
  return new BolchaalError(`The call has no id at Twilio: it ended as "${reason}" before it was made.`, {
    code: "session-ended",
    component: "dialer",
  });
}

function asError(cause: unknown): BolchaalError {
  if (BolchaalError.isInstance(cause)) return cause;
  return new BolchaalError("The call could not be dialled. Look at the cause.", {
    code: "provider-failed",
    component: "dialer",
    cause,
  });
}
