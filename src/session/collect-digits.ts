import { z } from "zod";
import { BolchaalError } from "../errors.js";
import type { Clock } from "../spec/index.js";
import { systemClock } from "../system-clock.js";
import type { ConversationState } from "./conversation/index.js";
import type { SessionEvents } from "./event-bus.js";

/** So long may the first key take, in ms, unless told otherwise. */
export const DEFAULT_FIRST_DIGIT_MS = 10_000;

/** So long may each next key take, in ms, unless told otherwise. */
export const DEFAULT_INTER_DIGIT_MS = 4_000;

/** The key that ends what is entered, unless told otherwise. */
export const DEFAULT_TERMINATOR = "#";

/** Of {@link collectDigits}. */
export interface CollectDigitsOptions {
  /** Ends after so many keys. @default any number */
  readonly length?: number;
  /** So long may the first key take, in ms. Counted while the agent is not heard: its question takes nothing of it. @default 10000 */
  readonly timeoutMs?: number;
  /** So long may each next key take, in ms. @default 4000 */
  readonly interDigitMs?: number;
  /** The key that ends it, and is not among the digits; false: none does. @default "#" */
  readonly terminator?: string | false;
  /** Ends it: what came until then is given. */
  readonly signal?: AbortSignal;
  /** The session's. @default the system's clock */
  readonly clock?: Clock;
}

/** What the caller entered. */
export interface CollectedDigits {
  /** 0-9, *, # and A-D, as they were pressed. Maybe none. */
  readonly digits: string;
  readonly endedBy: "length" | "terminator" | "timeout" | "call-end" | "aborted";
}

/** What is needed of a session: a `VoiceSession` fits as it is. */
export interface DigitsSession extends SessionEvents {
  readonly conversation: Pick<ConversationState, "phase">;
}

const key = z.string().regex(/^[0-9*#A-D]$/);
const milliseconds = z.number().finite().positive();
const OPTIONS = z.object({
  length: z.int().positive().optional(),
  timeoutMs: milliseconds.default(DEFAULT_FIRST_DIGIT_MS),
  interDigitMs: milliseconds.default(DEFAULT_INTER_DIGIT_MS),
  terminator: z.union([key, z.literal(false)]).default(DEFAULT_TERMINATOR),
});

/**
 * Collects the keys that the caller presses from now on, such as a PIN. They are written to no log; they are events of the
 * session, though, and who keeps those keeps them.
 *
 * @throws BolchaalError `invalid-option`
 */
export function collectDigits(session: DigitsSession, options: CollectDigitsOptions = {}): Promise<CollectedDigits> {
  const { length = Number.POSITIVE_INFINITY, timeoutMs, interDigitMs, terminator } = resolve(options);
  const { signal, clock = systemClock } = options;
  return new Promise((settle) => {
    let digits = "";
    let undoTimer = () => {};
    /** Of the time for the first key. */
    let leftMs = timeoutMs;
    let waitingSinceMs: number | undefined;

    function end(endedBy: CollectedDigits["endedBy"]): void {
      undoTimer();
      signal?.removeEventListener("abort", onAbort);
      for (const undo of undoListeners) undo();
      settle({ digits, endedBy });
    }

    function wait(ms: number): void {
      undoTimer();
      undoTimer = clock.setTimer(() => end("timeout"), ms);
    }

    function onKey(digit: string): void {
      if (digit === terminator) return end("terminator");
      digits += digit;
      if (digits.length >= length) end("length");
      else wait(interDigitMs);
    }

    /** The first key is waited for while the agent is silent; the next ones whatever the agent does. */
    function onAgent(isHeard: boolean): void {
      if (digits !== "") return;
      if (waitingSinceMs !== undefined) leftMs -= clock.now() - waitingSinceMs;
      waitingSinceMs = isHeard ? undefined : clock.now();
      if (isHeard) undoTimer();
      else wait(leftMs);
    }

    const onAbort = () => end("aborted");
    const undoListeners = [
      session.on("dtmf", ({ digit }) => onKey(digit)),
      session.on("playback-start", () => onAgent(true)),
      session.on("reply", () => onAgent(false)),
      session.on("call-end", () => end("call-end")),
    ];
    if (signal?.aborted === true) return end("aborted");
    if (session.conversation.phase === "over") return end("call-end");
    signal?.addEventListener("abort", onAbort, { once: true });
    onAgent(session.conversation.phase === "speaking");
  });
}

function resolve(options: CollectDigitsOptions): z.infer<typeof OPTIONS> {
  const { success, data, error } = OPTIONS.safeParse(options);
  if (success) return data;
  throw new BolchaalError(`The digits cannot be collected so. Mend these:\n${z.prettifyError(error)}`, {
    code: "invalid-option",
    component: "session",
  });
}
