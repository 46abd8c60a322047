/** What the API is asked to do. */
export type ApiOperation =
  | "accounts.fetch"
  | "balance.fetch"
  | "calls.create"
  | "calls.fetch"
  | "calls.list"
  | "calls.update"
  | "numbers.fetch"
  | "numbers.list"
  | "numbers.update"
  | "recordings.create"
  | "recordings.fetch"
  | "recordings.list"
  | "recordings.update"
  | "unknown";

/** A request to the API, for those who choose what goes wrong with it. */
export interface ApiFaultContext {
  readonly operation: ApiOperation;
  /** 1 is the first request of all. */
  readonly number: number;
  /** 1 is the first request for this operation. */
  readonly nth: number;
  readonly path: string;
  /** The form of a POST, the query of a GET. */
  readonly form: URLSearchParams;
}

/** What goes wrong with one request to the API. */
export type ApiFault =
  /** It is answered with this status. 429 is `20429`: asked too often. */
  | {
      readonly type: "status";
      readonly status: 429 | 500 | 502 | 503 | 504;
      /** For the header `Retry-After`. @default none */
      readonly retryAfterS?: number;
      /** It was carried out all the same: so it may be behind 500 and above, never behind 429. @default false */
      readonly carriedOut?: boolean;
    }
  /** Nobody answers: the connection breaks, or nothing ever comes. */
  | {
      readonly type: "lost";
      /** Lost before it was carried out, or behind it. */
      readonly what: "request" | "answer";
      readonly how: "timeout" | "reset";
    }
  /** It cannot be sent: nobody listens. */
  | { readonly type: "unreachable" }
  /** It is carried out late, or answered late; whoever asked may have given up by then. */
  | { readonly type: "slow"; readonly requestMs?: number; readonly answerMs?: number };
