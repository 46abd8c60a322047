import { DEFAULT_END_ON } from "../session/index.js";
import type { Localized } from "../spec/index.js";
import type { AnyAgent, MachinePolicy } from "./dialer-types.js";

/** The agent takes its leave so long before the carrier cuts the line, in ms: or half-way, if the call may be shorter than twice that. */
export const LEAVE_BEFORE_LIMIT_MS = 10_000;

/** A message is being said for no longer than this for each letter, in ms, and the time that last words have anyway. */
export const MESSAGE_LETTER_MS = 100;
const DRAIN_MS = 15_000;

/** What an outbound call asks of its agent. */
export interface CallTerms {
  readonly machine: MachinePolicy;
  readonly timeLimitMs: number;
}

/**
 * The agent as the call needs it: a voicemail does not end a call in which a message is to be left, and the call's limit
 * comes with a goodbye.
 */
export function fittedAgent<Agent extends AnyAgent>(agent: Agent, { machine, timeLimitMs }: CallTerms): Agent {
  const { endOn = DEFAULT_END_ON, limits } = agent;
  const leaveAtMs = Math.max(timeLimitMs - LEAVE_BEFORE_LIMIT_MS, timeLimitMs / 2);
  return {
    ...agent,
    endOn: endOn.filter((ending) => {
      if (ending === "voicemail") return machine.do === "hang-up";
      return ending !== "announcement" || machine.do !== "carry-on";
    }),
    limits: {
      ...limits,
      callMs: Math.min(limits?.callMs ?? leaveAtMs, leaveAtMs),
      ...(machine.do === "leave-message" ? { drainMs: drainMsFor(machine.message, limits?.drainMs ?? DRAIN_MS) } : {}),
    },
  };
}

/** The message is said as last words: a long one must not be cut. */
function drainMsFor(message: Localized, drainMs: number): number {
  const texts = typeof message === "string" ? [message] : [message.en, message.hi];
  return drainMs + MESSAGE_LETTER_MS * Math.max(...texts.map(({ length }) => length));
}
