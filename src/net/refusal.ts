import { BolchaalError, type BolchaalErrorCode, type Component } from "../errors.js";

/** Who is to be named in an error. */
export interface ProviderParty {
  readonly provider: string;
  readonly component: Component;
}

interface Verdict {
  readonly code: BolchaalErrorCode;
  readonly retryable: boolean;
  readonly advice: string;
}

/** An account without means stays so for the length of a call: no retry, whatever the status says. */
const OUT_OF_CREDIT = /quota|insufficient|credit|payment/i;

function verdictOnStatus(status: number, said: string): Verdict {
  if (OUT_OF_CREDIT.test(said) || status === 402)
    return { code: "overloaded", retryable: false, advice: "Check the account's credit and limits." };
  if (status === 401 || status === 403)
    return { code: "not-authorised", retryable: false, advice: "Check the API key and what it may use." };
  if (status === 429)
    return { code: "overloaded", retryable: true, advice: "Lower the number of calls at once, or raise the limit." };
  if (status >= 500 || status === 408)
    return { code: "provider-failed", retryable: true, advice: "Try again, or use another provider meanwhile." };
  return { code: "invalid-request", retryable: false, advice: "Check the options of the plug-in." };
}

function verdictOnClose(closeCode: number, said: string): Verdict {
  if (OUT_OF_CREDIT.test(said))
    return { code: "overloaded", retryable: false, advice: "Check the account's credit and limits." };
  // 1013 is "try again later"; 1002, 1003, 1007, 1008 and 1009 blame what the client sent (RFC 6455, 7.4.1).
  if (closeCode === 1013)
    return { code: "overloaded", retryable: true, advice: "Try again, or use another provider meanwhile." };
  if ([1002, 1003, 1007, 1008, 1009].includes(closeCode))
    return { code: "invalid-request", retryable: false, advice: "Check the options of the plug-in." };
  return { code: "provider-failed", retryable: true, advice: "Try again, or use another provider meanwhile." };
}

/** What a provider's HTTP answer that is no success means: who is to blame, and whether trying again may help. */
export function refusalError(party: ProviderParty, status: number, body: string, retryAfterMs?: number): BolchaalError {
  const said = saidIn(body);
  const { advice, ...kind } = verdictOnStatus(status, `${said} ${body}`);
  const happened = `It answered ${status}${said === "" ? "" : `: ${said}`}.`;
  const later = retryAfterMs === undefined ? {} : { retryAfterMs };
  return new BolchaalError(`${happened} ${advice}`, { ...party, ...kind, ...later });
}

/** What a WebSocket that the provider closed means. */
export function closeError(party: ProviderParty, closeCode: number, reason: string): BolchaalError {
  const { advice, ...kind } = verdictOnClose(closeCode, reason);
  const why = reason === "" ? "" : `: ${reason.replace(/\.$/, "")}`;
  return new BolchaalError(`It closed the connection (${closeCode}${why}). ${advice}`, { ...party, ...kind });
}

const LONGEST_QUOTE_CHARACTERS = 300;

/** The sentence in a provider's error body. Each has a shape of its own; the sentence is under one of these names. */
function saidIn(body: string): string {
  const text = sentenceIn(parsed(body)) ?? body;
  return text.trim().replace(/\.$/, "").slice(0, LONGEST_QUOTE_CHARACTERS);
}

function sentenceIn(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return undefined;
  const fields = value as Record<string, unknown>;
  for (const name of ["message", "err_msg", "detail", "error", "reason"]) {
    const found = sentenceIn(fields[name]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
