/** A request to the API, whichever way it came. */
export interface ApiRequest {
  readonly method: string;
  /** Such as `/2010-04-01/Accounts/AC…/Calls.json`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  /** Of HTTP Basic. */
  readonly user: string;
  readonly secret: string;
}

/** What the API answers. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What is to be done with a request, and on what. */
export interface ApiCallOn {
  readonly request: ApiRequest;
  /** The parts of the path: ids. */
  readonly sids: readonly string[];
}

/** What a request did beyond its answer. */
export interface Handled extends ApiAnswer {
  readonly callSid?: string;
  readonly ignored?: readonly string[];
}
