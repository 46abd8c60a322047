import { BolchaalError } from "../errors.js";
import { atMost } from "../plugins/twilio/at-most.js";
import { type AgentOptions, VoiceSession } from "../session/index.js";
import type { CallEndReason, CallInfo, CallTransport } from "../spec/index.js";
import type { ResolvedPhoneServerOptions } from "./options.js";

/** The agent for a call must be there within this, in ms; the caller hears nothing meanwhile. */
export const AGENT_TIMEOUT_MS = 5_000;

/** A server that closes lets each call, its grace over, finish its sentence for so long, in ms. */
export const LAST_WORDS_MS = 5_000;

/** Twilio asks what comes next the moment a line has closed: the end of its call is waited for this long, in ms. */
export const ENDING_TIMEOUT_MS = 3_000;

/** So many calls that are over are remembered. */
export const REMEMBERED_CALLS = 1_000;

/** A line that was opened, and what it may be a call of. */
export type OpenLine = CallTransport & {
  /** Settles once it is known whose call it is. */
  readonly started: Promise<{ readonly call: CallInfo; readonly token?: string }>;
  /** Lets go of the line, whatever became of it. */
  release(): void;
};

/** The calls that are going on, and how those before them ended. */
export interface CallDesk {
  readonly sessions: ReadonlySet<VoiceSession>;
  /** One more call may come. */
  readonly hasRoom: boolean;
  /** The server is closing: no more calls. */
  readonly closing: boolean;
  /**
   * A line was opened: makes it a call, if it is one of ours, and holds it to its end. Never rejects.
   * @param isOurs Whether the line proved that its call is one we answered.
   */
  take(line: OpenLine, isOurs: (callSid: string, token: string | undefined) => boolean): Promise<void>;
  /** The session of a call that is going on. */
  sessionOf(callSid: string): VoiceSession | undefined;
  /** A call is about to get a line. */
  offer(callSid: string): void;
  /** Whether the call was offered a line here, and it was never opened. */
  isUntaken(callSid: string): boolean;
  /** Whether the call had an agent to its end; one that is just ending is waited for. */
  wentWell(callSid: string): Promise<boolean>;
  /** Lets calls go on for `graceMs`, then ends them. */
  close(graceMs: number): Promise<void>;
}

/** One server's calls. */
export function createCallDesk(options: ResolvedPhoneServerOptions): CallDesk {
  const { agent, dialer, onSession, logger, clock, maxCalls } = options;
  const sessions = new Set<VoiceSession>();
  /** All lines that are open, those that are no call yet included. */
  const lines = new Set<OpenLine>();
  /** The calls that have a line; with their session, once there is one. */
  const calls = new Map<string, VoiceSession | undefined>();
  const ended = new Map<string, CallEndReason>();
  /** The calls that were offered a line here, and whether it was opened. */
  const offers = new Map<string, boolean>();
  let closing = false;

  async function take(line: OpenLine, isOurs: (callSid: string, token: string | undefined) => boolean): Promise<void> {
    lines.add(line);
    try {
      const { call: told, token } = await line.started;
      const call = dialer?.callInfo(told) ?? told;
      remember(offers, call.callId, true);
      if (!isOurs(call.callId, token)) throw refused("Its token is not one of ours, too old, or used before.");
      if (calls.has(call.callId)) throw refused("Its call has a line already.");
      calls.set(call.callId, undefined);
      try {
        await hold(call, line);
      } finally {
        calls.delete(call.callId);
      }
    } catch (error) {
      logger.error({ error }, "a line did not become a call");
      line.release();
    } finally {
      lines.delete(line);
    }
  }

  /** The call, from its agent's coming to the session's end. */
  async function hold(call: CallInfo, line: OpenLine): Promise<void> {
    const agentOptions = await agentFor(call);
    if (closing) throw refused("The server is closing.");
    // Whether the agent has what the line needs, ears and a voice, the session checks.
    const session = new VoiceSession({ logger, clock, ...(agentOptions as AgentOptions), transport: line });
    sessions.add(session);
    calls.set(call.callId, session);
    try {
      tell(session, call);
      session.start();
      const { reason } = await session.closed;
      remember(ended, call.callId, reason);
    } finally {
      sessions.delete(session);
    }
  }

  function tell(session: VoiceSession, call: CallInfo): void {
    try {
      dialer?.onSession(session, call);
      onSession?.(session, call);
    } catch (error) {
      logger.error({ callId: call.callId, error }, "onSession failed; the call goes on");
    }
  }

  async function agentFor(call: CallInfo) {
    const make = (info: CallInfo) => dialer?.agentFor(info, agent) ?? agent(info);
    const made = await atMost(clock, AGENT_TIMEOUT_MS, Promise.resolve(call).then(make));
    if (made === undefined) throw refused(`Its agent was not there within ${AGENT_TIMEOUT_MS} ms.`);
    return made.value;
  }

  return {
    sessions,
    get hasRoom() {
      return !closing && lines.size < maxCalls;
    },
    get closing() {
      return closing;
    },
    take,
    sessionOf: (callSid) => calls.get(callSid),
    offer: (callSid) => {
      if (!offers.has(callSid)) remember(offers, callSid, false);
    },
    isUntaken: (callSid) => offers.get(callSid) === false,
    async wentWell(callSid) {
      const session = calls.get(callSid);
      if (session !== undefined) await atMost(clock, ENDING_TIMEOUT_MS, session.closed);
      const reason = ended.get(callSid);
      return reason !== undefined && reason !== "transport-lost";
    },
    async close(graceMs) {
      closing = true;
      const over = Promise.all([...sessions].map((session) => session.closed));
      if ((await atMost(clock, graceMs, over)) === undefined) {
        for (const session of sessions) session.end();
        await atMost(clock, LAST_WORDS_MS, over);
      }
      await Promise.allSettled([...lines].map((line) => line.hangUp()));
      await over;
    },
  };
}

/** The newest are remembered. */
function remember<Value>(calls: Map<string, Value>, callSid: string, value: Value): void {
  calls.set(callSid, value);
  const [oldest] = calls.keys();
  if (calls.size > REMEMBERED_CALLS && oldest !== undefined) calls.delete(oldest);
}

function refused(why: string): BolchaalError {
  return new BolchaalError(`A line was refused. ${why}`, { code: "not-authorised", component: "server" });
}
