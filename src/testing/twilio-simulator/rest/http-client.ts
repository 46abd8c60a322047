import type { Clock } from "../../../spec/index.js";
import type { Api, ApiOutcome } from "./api.js";

/** The client gives up after so long, in ms, unless it was told otherwise. */
export const CLIENT_TIMEOUT_MS = 30_000;

/** What the package `twilio` hands to its `httpClient`. */
export interface TwilioHttpRequest {
  readonly method: string;
  readonly uri: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly params?: object | undefined;
  readonly data?: object | undefined;
  /** In ms. */
  readonly timeout?: number | undefined;
}

/** What it takes back. */
export interface TwilioHttpResponse {
  readonly statusCode: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** In place of the package's own HTTP client: asks the simulated account, in this process. */
export interface TwilioHttpClient {
  /** @throws what the package's own client throws when no answer comes: an error with its `code`, such as `ECONNRESET`. */
  request(options: TwilioHttpRequest): Promise<TwilioHttpResponse>;
}

export function createHttpClient(api: Api, clock: Clock): TwilioHttpClient {
  return {
    async request({ method, uri, username = "", password = "", params, data, timeout = CLIENT_TIMEOUT_MS }) {
      const url = new URL(uri);
      if (!/^api\.(?:[\w-]+\.)*twilio\.com$/.test(url.hostname))
        throw networkError("ENOTFOUND", `getaddrinfo ENOTFOUND ${url.hostname}`);
      const asked = api.ask({
        method: method.toUpperCase(),
        path: url.pathname,
        query: new URLSearchParams([...url.searchParams, ...pairsOf(params)]),
        form: new URLSearchParams(pairsOf(data)),
        user: username,
        secret: password,
      });
      const outcome = await inTime(asked, timeout, clock);
      return { statusCode: outcome.status, body: outcome.body, headers: outcome.headers ?? {} };
    },
  };
}

/** What comes too late is nobody's concern. */
function inTime(
  asked: Promise<ApiOutcome>,
  limitMs: number,
  clock: Clock,
): Promise<Exclude<ApiOutcome, { readonly lost: unknown }>> {
  return new Promise((resolve, reject) => {
    const undo = clock.setTimer(
      () => reject(networkError("ECONNABORTED", `timeout of ${limitMs}ms exceeded`)),
      limitMs,
    );
    const settle = (act: () => void) => {
      undo();
      act();
    };
    asked.then(
      (outcome) => {
        if (!("lost" in outcome)) return settle(() => resolve(outcome));
        if (outcome.lost === "reset") return settle(() => reject(networkError("ECONNRESET", "socket hang up")));
        if (outcome.lost === "unreachable") settle(() => reject(networkError("ECONNREFUSED", "connect ECONNREFUSED")));
      },
      (error: unknown) => settle(() => reject(error)),
    );
  });
}

/** A list is written as the same name again and again. */
function pairsOf(fields: object | undefined): [string, string][] {
  return Object.entries(fields ?? {}).flatMap(([name, value]: [string, unknown]) =>
    [value].flat().flatMap((one): [string, string][] => (one === undefined ? [] : [[name, String(one ?? "")]])),
  );
}

function networkError(code: string, message: string): Error {
  return Object.assign(new Error(message), { name: "AxiosError", code });
}
