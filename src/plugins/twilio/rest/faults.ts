import { BolchaalError, type BolchaalErrorCode } from "../../../errors.js";

/**
 * What became of a request that failed: `refused`: Twilio said no, and did nothing. `busy`: Twilio had no time for it,
 * and did nothing. `unsent`: it never reached Twilio. `unknown`: it may have been carried out.
 */
export type RequestFate = "refused" | "busy" | "unsent" | "unknown";

/** A request that failed: what became of it, and the error to tell of it. */
export interface RequestFault {
  readonly fate: RequestFate;
  /** Twilio's own number for what is wrong, or the HTTP status. */
  readonly number: number | undefined;
  readonly error: BolchaalError;
}

/** What Twilio says of a call that is over: its state does not allow it; it is not there any more. */
const OVER: readonly (number | undefined)[] = [21220, 20404, 404];

/** Whether a change of a call failed because the call is over. */
export function isAlreadyOver({ number }: RequestFault): boolean {
  return OVER.includes(number);
}

/** What to do about what Twilio says is wrong. Source: Twilio's error pages. */
const ADVICE: ReadonlyMap<number, string> = new Map([
  [21205, "The address for the call's instructions is wrong. Look at publicUrl."],
  [21210, "The number it calls from is not verified for this account. Take one of the account's numbers."],
  [21211, "The number to call is none. Give it in E.164, with its country: +919812345678."],
  [21212, "The number it calls from is none. Give one of the account's numbers, in E.164."],
  [21214, "The number to call cannot be reached. Look whether it is right."],
  [
    21215,
    "The account may not call numbers of that country. Allow it in Twilio's console, under Voice, Geo permissions.",
  ],
  [21216, "The account may not call that number. Ask Twilio's support why."],
  [21217, "The number to call is not one that exists. Look whether it is right."],
  [21219, "The account is on trial, and calls only numbers that are verified. Verify it, or upgrade the account."],
]);

const NOT_AUTHORISED =
  "Twilio does not accept the account's SID and token. Copy both anew from Twilio's console; mind subaccounts and test credentials.";

/** Errors of the network that come before a request is sent. */
const UNSENT =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/u;
const TIMED_OUT = /^(?:ECONNABORTED|ETIMEDOUT|ESOCKETTIMEDOUT|ERR_CANCELED)$/u;

/** As much of the client's errors as is read: `RestException`, `TwilioServiceException`, and those of its network. */
interface ClientError {
  readonly status?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly title?: unknown;
  readonly detail?: unknown;
}

/**
 * Judges what the client threw.
 * @param doing What it was asked, such as "make a call".
 */
export function faultOf(thrown: unknown, doing: string): RequestFault {
  if (BolchaalError.isInstance(thrown)) return { fate: "refused", number: undefined, error: thrown };
  const { status, code } = (thrown ?? {}) as ClientError;
  const fault = typeof status === "number" ? answered(status, code) : unanswered(code);
  const number = typeof status === "number" ? numberOf(status, code) : undefined;
  return {
    fate: fault.fate,
    number,
    error: new BolchaalError(`Twilio was asked to ${doing}: ${fault.what}`, {
      code: fault.code,
      component: "transport",
      provider: "twilio",
      retryable: fault.fate === "busy" || fault.fate === "unsent",
      cause: plainCause(thrown),
    }),
  };

  function answered(httpStatus: number, itsCode: unknown): Judgement {
    const at = numberOf(httpStatus, itsCode);
    if (httpStatus === 429 || at === 20429) {
      return { fate: "busy", code: "overloaded", what: `it is asked too often (${at}). Try again in a moment.` };
    }
    if (httpStatus >= 500) {
      return { fate: "unknown", code: "provider-failed", what: `it failed (${at}). Look at status.twilio.com.` };
    }
    if (httpStatus === 401 || httpStatus === 403 || at === 20003) {
      return {
        fate: "refused",
        code: "not-authorised",
        what: `it refused (${at}). ${ADVICE.get(at) ?? NOT_AUTHORISED}`,
      };
    }
    const advice = ADVICE.get(at) ?? `${wordsOf(thrown)} See https://www.twilio.com/docs/errors/${at}`;
    return { fate: "refused", code: "invalid-request", what: `it refused (${at}). ${advice}` };
  }

  function unanswered(itsCode: unknown): Judgement {
    const name = typeof itsCode === "string" ? itsCode : "";
    if (UNSENT.test(name)) {
      return { fate: "unsent", code: "transport-failed", what: `it cannot be reached (${name}). Look at the network.` };
    }
    if (TIMED_OUT.test(name)) {
      return { fate: "unknown", code: "provider-timeout", what: `no answer came in time (${name}).` };
    }
    return { fate: "unknown", code: "transport-failed", what: `no answer came. ${wordsOf(thrown)}` };
  }
}

/** There is no client, so nothing was asked. */
export function clientFault(thrown: unknown): RequestFault {
  const error = BolchaalError.isInstance(thrown)
    ? thrown
    : new BolchaalError(
        `The client for Twilio could not be made: ${wordsOf(thrown)} Look at the function that makes it.`,
        {
          code: "invalid-option",
          component: "transport",
          provider: "twilio",
          cause: plainCause(thrown),
        },
      );
  return { fate: "refused", number: undefined, error };
}

/** No answer came within `limitMs`: it may have been carried out. */
export function lateFault(doing: string, limitMs: number): RequestFault {
  const error = new BolchaalError(`Twilio was asked to ${doing}: no answer came within ${limitMs} ms.`, {
    code: "provider-timeout",
    component: "transport",
    provider: "twilio",
  });
  return { fate: "unknown", number: undefined, error };
}

interface Judgement {
  readonly fate: RequestFate;
  readonly code: BolchaalErrorCode;
  readonly what: string;
}

function numberOf(status: number, code: unknown): number {
  return typeof code === "number" && code > 0 ? code : status;
}

function wordsOf(thrown: unknown): string {
  const { detail, message, title } = (thrown ?? {}) as ClientError;
  const words = [detail, message, title].find((text) => typeof text === "string" && text !== "");
  const sentence = masked(String(words ?? "Nothing more is known.")).trim();
  return /[.!?]$/u.test(sentence) ? sentence : `${sentence}.`;
}

/** What the client threw may hold the request with its secrets; and its words hold numbers that are called. */
function plainCause(thrown: unknown): Error {
  const cause = new Error(wordsOf(thrown));
  if (thrown instanceof Error) {
    cause.name = thrown.name;
    if (thrown.stack !== undefined) cause.stack = masked(thrown.stack);
  }
  return cause;
}

/** "+919812345678" → "+••••••••••78" */
function masked(text: string): string {
  return text.replace(/\d{7,15}/gu, (digits) => "•".repeat(digits.length - 2) + digits.slice(-2));
}
