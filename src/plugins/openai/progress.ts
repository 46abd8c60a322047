import { inTime } from "../../async.js";
import type { Clock } from "../../spec/index.js";
import { brokenAnswer, lateAnswer, openAiError, type Party } from "./errors.js";

/** An answer whose first sign does not come within this is given up, in ms. */
export const DEFAULT_OPENAI_FIRST_PART_TIMEOUT_MS = 4_000;
/** An answer that stands still for so long has stalled, in ms. */
export const DEFAULT_OPENAI_IDLE_TIMEOUT_MS = 3_000;

/** How long an answer may keep its listener waiting. */
export interface OpenAiTimeouts {
  /** From the request to the first words, tool or sound, in ms. @default DEFAULT_OPENAI_FIRST_PART_TIMEOUT_MS */
  readonly firstPartTimeoutMs?: number;
  /** From then on, from one to the next, in ms. @default DEFAULT_OPENAI_IDLE_TIMEOUT_MS */
  readonly idleTimeoutMs?: number;
}

/**
 * Reads an answer on our own timers, for the client's end at the headers. Each item is a sign that it goes on. All that
 * goes wrong is thrown as a `BolchaalError`; an abort as `signal.reason`, which the client itself would pass over in
 * silence.
 */
export async function* inOurTime<T>(
  make: (signal: AbortSignal) => AsyncIterable<T>,
  timeouts: OpenAiTimeouts,
  { clock, signal, party }: { readonly clock: Clock; readonly signal: AbortSignal; readonly party: Party },
): AsyncGenerator<T, void, void> {
  const deadlines = {
    clock,
    firstMs: timeouts.firstPartTimeoutMs ?? DEFAULT_OPENAI_FIRST_PART_TIMEOUT_MS,
    idleMs: timeouts.idleTimeoutMs ?? DEFAULT_OPENAI_IDLE_TIMEOUT_MS,
    late: (waitedMs: number) => lateAnswer(waitedMs, party),
  };
  try {
    yield* inTime(make, deadlines, signal);
  } catch (cause) {
    signal.throwIfAborted();
    throw openAiError(cause, party);
  }
  signal.throwIfAborted();
}

/** The events of an answer, whatever the client gave. */
export function eventsOf(answer: unknown, party: Party): AsyncIterable<unknown> {
  if (typeof answer === "object" && answer !== null && Symbol.asyncIterator in answer)
    return answer as AsyncIterable<unknown>;
  throw brokenAnswer("It did not answer as a stream", party);
}
