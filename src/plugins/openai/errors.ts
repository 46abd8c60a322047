import { BolchaalError, type BolchaalErrorCode, type Component } from "../../errors.js";

/** Who is to be named in an error. */
export interface Party {
  readonly provider: string;
  readonly component: Component;
}

interface Verdict {
  readonly code: BolchaalErrorCode;
  readonly retryable: boolean;
  readonly advice: string;
}

const TRY_AGAIN = "Try again, or use another provider meanwhile.";
/** No waiting within a call mends these. */
const OUT_OF_CREDIT = /insufficient_quota|billing|credit|spend_limit/;
const BUSY = /rate_limit|slow_down|overloaded/;

function verdictOn(status: number | undefined, kind: string): Verdict {
  if (OUT_OF_CREDIT.test(kind) || status === 402)
    return { code: "overloaded", retryable: false, advice: "Check the account's credit and limits." };
  if (status === 401 || status === 403)
    return { code: "not-authorised", retryable: false, advice: "Check the API key and what it may use." };
  if (status === 429 || BUSY.test(kind)) return { code: "overloaded", retryable: true, advice: TRY_AGAIN };
  if (status === undefined || status >= 500 || status === 408 || status === 409)
    return { code: "provider-failed", retryable: true, advice: TRY_AGAIN };
  return { code: "invalid-request", retryable: false, advice: "Check the options of the plug-in." };
}

/**
 * What an error of the client means. By its fields, not its class: the app's copy of `openai` may be another one.
 */
export function openAiError(cause: unknown, party: Party): BolchaalError {
  if (BolchaalError.isInstance(cause)) return cause;
  const { status, code, type, message } = fieldsOf(cause);
  const { advice, ...verdict } = verdictOn(status, `${code ?? ""} ${type ?? ""}`);
  const retryAfterMs = retryAfterOf(cause);
  return new BolchaalError(`It failed: ${message.replace(/\.$/, "")}. ${advice}`, {
    ...party,
    ...verdict,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    cause,
  });
}

/** An answer that is none: the provider broke off, or said what cannot be. */
export function brokenAnswer(what: string, party: Party): BolchaalError {
  return new BolchaalError(`${what}. ${TRY_AGAIN}`, { ...party, code: "provider-failed", retryable: true });
}

/** Nothing came in time. */
export function lateAnswer(waitedMs: number, party: Party): BolchaalError {
  return new BolchaalError(`Nothing came for ${waitedMs} ms. ${TRY_AGAIN}`, {
    ...party,
    code: "provider-timeout",
    retryable: true,
  });
}

const LONGEST_QUOTE_CHARACTERS = 300;

function fieldsOf(cause: unknown) {
  const fields = (typeof cause === "object" && cause !== null ? cause : {}) as Readonly<Record<string, unknown>>;
  const text = (name: string) => (typeof fields[name] === "string" ? fields[name] : undefined);
  const message = text("message") ?? String(cause);
  return {
    status: typeof fields.status === "number" ? fields.status : undefined,
    code: text("code"),
    type: text("type"),
    message: message.trim().slice(0, LONGEST_QUOTE_CHARACTERS),
  };
}

/** `Retry-After` in seconds. As a date it tells nothing here: no call waits so long. */
function retryAfterOf(cause: unknown): number | undefined {
  const { headers } = (cause ?? {}) as { readonly headers?: unknown };
  const value = headers instanceof Headers ? headers.get("retry-after") : undefined;
  const seconds = value == null ? Number.NaN : Number(value);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}
