import { DEFAULT_END_ON } from "../session/index.js";
import type { AnyAgent, MachinePolicy } from "./dialer-types.js";

/** The agent takes its leave so long before the carrier cuts the line, in ms: or half-way, if the call may be shorter than twice that. */
export const LEAVE_BEFORE_LIMIT_MS = 10_000;

/** What an outbound call asks of its agent. */
export interface CallTerms {
  readonly onMachine: MachinePolicy["do"];
  readonly timeLimitMs: number;
}

/**
 * The agent as the call needs it: a voicemail does not end a call in which a message is to be left, and the call's limit
 * comes with a goodbye.
 */
export function fittedAgent<Agent extends AnyAgent>(agent: Agent, { onMachine, timeLimitMs }: CallTerms): Agent {
  const { endOn = DEFAULT_END_ON, limits } = agent;
  const leaveAtMs = Math.max(timeLimitMs - LEAVE_BEFORE_LIMIT_MS, timeLimitMs / 2);
  return {
    ...agent,
    endOn: endOn.filter((ending) => {
      if (ending === "voicemail") return onMachine === "hang-up";
      return ending !== "announcement" || onMachine !== "carry-on";
    }),
    limits: { ...limits, callMs: Math.min(limits?.callMs ?? leaveAtMs, leaveAtMs) },
  };
}
