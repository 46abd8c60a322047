import { STATUS_CODES } from "node:http";

/** What a request is answered with. */
export interface Answer {
  readonly status: number;
  /** The media type of the body. */
  readonly type: string;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer of nothing but what is wrong with the request. */
export function refusal(status: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, type: "text/plain", body: `${STATUS_CODES[status] ?? status}\n`, headers };
}

/** A TwiML document. */
export function xml(body: string): Answer {
  return { status: 200, type: "text/xml; charset=utf-8", body };
}

/** Plain data. */
export function json(data: unknown, status = 200): Answer {
  return { status, type: "application/json", body: JSON.stringify(data) };
}
