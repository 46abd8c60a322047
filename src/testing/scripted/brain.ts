import { wait } from "../../async.js";
import type { Brain, BrainPart, BrainTurn, CallInfo, Clock } from "../../spec/index.js";
import { systemClock } from "../../system-clock.js";
import { stall } from "./pacing.js";

/** What the scripted brain does in one turn: a text, or several steps one after another. */
export type ScriptedReply = string | readonly ScriptedBrainStep[];

/** A text or a part to give, a wait, a stall until aborted, or an error to throw. */
export type ScriptedBrainStep =
  | string
  | BrainPart
  | { readonly waitMs: number }
  | { readonly stall: true }
  | { readonly error: unknown };

/** Of {@link scriptedBrain}. */
export interface ScriptedBrainOptions {
  /** Where the waits are taken from. @default the system's clock */
  readonly clock?: Clock;
  /** @default "scripted" */
  readonly name?: string;
}

/**
 * A brain for tests.
 * @param replies What it says, turn by turn in each call, the last one over and over; or a function of the turn.
 *
 * @example
 * scriptedBrain(["Namaste!", [{ waitMs: 400 }, "It is ", "500 rupees."], ["Bye!", { type: "end-call" }]])
 */
export function scriptedBrain(
  replies: readonly ScriptedReply[] | ((turn: BrainTurn) => ScriptedReply),
  options: ScriptedBrainOptions = {},
): Brain {
  const { clock = systemClock, name = "scripted" } = options;
  const replyTo = typeof replies === "function" ? replies : inOrder(replies);

  async function* doReply(
    turn: BrainTurn,
    { signal }: { readonly signal: AbortSignal },
  ): AsyncGenerator<BrainPart, void, void> {
    signal.throwIfAborted();
    const reply = replyTo(turn);
    for (const step of typeof reply === "string" ? [reply] : reply) {
      if (typeof step === "string") yield { type: "text", text: step };
      else if ("type" in step) yield step;
      else if ("waitMs" in step) await wait(clock, step.waitMs, signal);
      else if ("stall" in step) await stall(signal);
      else throw step.error;
      signal.throwIfAborted();
    }
  }

  return { specVersion: "v1", name, doReply };
}

/** Each call has its own count, which goes when the call does. */
function inOrder(replies: readonly ScriptedReply[]): (turn: BrainTurn) => ScriptedReply {
  const asked = new WeakMap<CallInfo, number>();
  return ({ call }) => {
    const count = asked.get(call) ?? 0;
    asked.set(call, count + 1);
    return replies[Math.min(count, replies.length - 1)] ?? "";
  };
}
