import { BolchaalError } from "../errors.js";
import { atMost } from "../plugins/twilio/at-most.js";
import type { Refusal } from "./call-progress.js";
import { INDIAN_CALLING_WINDOW, isWithinCallingWindow, nextOpeningAt } from "./calling-window.js";
import type { CallToBe } from "./dialer-types.js";
import type { ResolvedDialerOptions } from "./options.js";

/** That a call must not be dialled, and why. */
export interface Refused {
  readonly refusal: Refusal;
  readonly error: BolchaalError;
}

/** Whether the hour forbids a call. */
export function refusedByHour(call: CallToBe, options: ResolvedDialerOptions): Refused | undefined {
  const { callingWindow, now } = options;
  if (call.kind !== "promotional" || callingWindow === "any-time") return undefined;
  const window =
    typeof callingWindow === "function" ? callingWindow(call.to) : (callingWindow ?? standardWindow(call.to));
  if (window === "any-time" || isWithinCallingWindow(window, now())) return undefined;
  const nextOpening = new Date(nextOpeningAt(window, now()));
  return {
    refusal: { why: "calling-window", nextOpeningAt: nextOpening },
    error: refused(
      `It is outside the hours for promotional calls (${window.opensAt} to ${window.closesAt}, ${window.timeZone}). Call again from ${nextOpening.toISOString()} on.`,
    ),
  };
}

function standardWindow(to: string): typeof INDIAN_CALLING_WINDOW | "any-time" {
  return to.startsWith("+91") ? INDIAN_CALLING_WINDOW : "any-time";
}

/**
 * Whether a call may be dialled now: the hour, then the list of those not to be called, then the app's own word. A hook
 * that fails or is late forbids it.
 * @throws `signal.reason` when aborted.
 */
export async function refusedNow(
  call: CallToBe,
  options: ResolvedDialerOptions,
  signal: AbortSignal,
): Promise<Refused | undefined> {
  const byHour = refusedByHour(call, options);
  if (byHour !== undefined) return byHour;
  const { doNotCall, beforeCall } = options;
  if (doNotCall !== undefined) {
    const answer = await asked(options, signal, (at) => doNotCall(call.to, at));
    if ("fault" in answer)
      return unlisted("do-not-call-unknown", "The do-not-call list could not be asked", answer.fault);
    if (answer.value !== false) return unlisted("do-not-call", "The number is on the do-not-call list");
  }
  if (beforeCall !== undefined) {
    const answer = await asked(options, signal, (at) => beforeCall(call, at));
    if ("fault" in answer) return unlisted("before-call", "The hook beforeCall failed", answer.fault);
    if (answer.value === false) return unlisted("before-call", "The hook beforeCall said no");
  }
  // The hooks took their time.
  return refusedByHour(call, options);
}

type Answer<T> = { readonly value: T } | { readonly fault: unknown };

/** A hook's answer within its time; then its signal aborts. */
async function asked<T>(
  { clock, hookTimeoutMs }: ResolvedDialerOptions,
  signal: AbortSignal,
  hook: (signal: AbortSignal) => T | Promise<T>,
): Promise<Answer<T>> {
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true, signal: over.signal });
  });
  aborted.catch(() => {});
  const answer = Promise.resolve()
    .then(() => hook(either))
    .then(
      (value): Answer<T> => ({ value }),
      (fault: unknown): Answer<T> => ({ fault }),
    );
  try {
    const inTime = await atMost(clock, hookTimeoutMs, Promise.race([answer, aborted]));
    signal.throwIfAborted();
    return inTime?.value ?? { fault: new Error(`No answer came within ${hookTimeoutMs} ms.`) };
  } finally {
    over.abort(new Error("The time for an answer is up."));
  }
}

function unlisted(why: Exclude<Refusal["why"], "calling-window">, what: string, cause?: unknown): Refused {
  return { refusal: { why }, error: refused(`${what}: the call was not dialled.`, cause) };
}

function refused(message: string, cause?: unknown): BolchaalError {
  return new BolchaalError(message, { code: "call-refused", component: "dialer", cause });
}
