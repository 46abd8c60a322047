import { BolchaalError, type BolchaalErrorCode } from "../../errors.js";
import type { AudioFormat } from "../../spec/index.js";

/** Where Sarvam listens. */
export const DEFAULT_SARVAM_BASE_URL = "wss://api.sarvam.ai";

/** Sarvam's header for the key. */
export function keyHeader(apiKey: string): Readonly<Record<string, string>> {
  return { "Api-Subscription-Key": apiKey };
}

interface Party {
  readonly provider: "sarvam";
  readonly component: "speech-to-text" | "text-to-speech";
}

/** Something that may go better next time. */
export function failure(party: Party, happened: string): BolchaalError {
  const message = `${happened}. Try again, or use another provider meanwhile.`;
  return new BolchaalError(message, { code: "provider-failed", ...party, retryable: true });
}

/** What Sarvam's own error message means: its code, where it gives one, tells who is to blame. */
export function reportedError(party: Party, message: string, code = ""): BolchaalError {
  const [kind, retryable, advice] = verdict(`${code} ${message}`);
  const said = `${code === "" ? "" : `${code}: `}${message.replace(/\.$/, "")}`;
  return new BolchaalError(`It reports ${said}. ${advice}`, { code: kind, ...party, retryable });
}

function verdict(said: string): readonly [BolchaalErrorCode, boolean, string] {
  if (/quota|credit/i.test(said)) return ["overloaded", false, "Check the account's credit and limits."];
  if (/rate.?limit/i.test(said)) return ["overloaded", true, "Lower the number of calls at once."];
  if (/api.?key|authenticat|subscription/i.test(said)) return ["not-authorised", false, "Check the API key."];
  if (/invalid|unprocessable|not supported/i.test(said))
    return ["invalid-request", false, "Check the options of the plug-in."];
  return ["provider-failed", true, "Try again, or use another provider meanwhile."];
}

/** @throws BolchaalError `invalid-request`, always. */
export function refuseFormat(party: Party, { type, rate }: AudioFormat): never {
  const happened = `It does not know ${type} at ${rate} Hz. Use one of its formats.`;
  throw new BolchaalError(happened, { code: "invalid-request", ...party });
}

/** JSON, or nothing. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
