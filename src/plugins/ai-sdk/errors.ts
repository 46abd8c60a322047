import { BolchaalError, type BolchaalErrorCode } from "../../errors.js";

const TRY_AGAIN = "Try again, or use another provider meanwhile.";

/** What an error of the AI SDK, or of a provider behind it, means. By its fields: the app's copy may be another one. */
export function aiSdkError(cause: unknown, provider: string): BolchaalError {
  if (BolchaalError.isInstance(cause)) return cause;
  const { name = "", message = String(cause), statusCode, isRetryable, responseHeaders } = fieldsOf(cause);
  const [code, retryable, advice] = verdictOn(name, message, statusCode, isRetryable);
  const retryAfterMs = 1000 * Number(responseHeaders?.["retry-after"] ?? Number.NaN);
  return new BolchaalError(`It failed: ${message.trim().replace(/\.$/, "").slice(0, 300)}. ${advice}`, {
    code,
    component: "brain",
    provider,
    retryable,
    cause,
    ...(Number.isFinite(retryAfterMs) && { retryAfterMs }),
  });
}

function verdictOn(
  name: string,
  message: string,
  status: number | undefined,
  isRetryable: boolean | undefined,
): readonly [BolchaalErrorCode, boolean, string] {
  if (/LoadAPIKey/.test(name) || status === 401 || status === 403)
    return ["not-authorised", false, "Check the API key and what it may use."];
  if (status === 402 || (status === 429 && /quota|credit|billing/i.test(message)))
    return ["overloaded", false, "Check the account's credit and limits."];
  if (status === 429) return ["overloaded", true, TRY_AGAIN];
  const theirs = status === undefined ? isRetryable !== false : status >= 500 || status === 408 || status === 409;
  if (theirs) return ["provider-failed", true, TRY_AGAIN];
  return ["invalid-request", false, "Check the model and its options."];
}

interface Fields {
  readonly name?: string;
  readonly message?: string;
  readonly statusCode?: number;
  readonly isRetryable?: boolean;
  readonly responseHeaders?: Readonly<Record<string, string | undefined>>;
}

function fieldsOf(cause: unknown): Fields {
  return typeof cause === "object" && cause !== null ? (cause as Fields) : {};
}
