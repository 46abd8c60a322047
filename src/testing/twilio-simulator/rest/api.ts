import { given } from "../twiml/attributes.js";
import { ApiError, errorBody, errorOfStatus } from "./api-error.js";
import type { ApiAnswer, ApiRequest, Handled } from "./api-types.js";
import type { AccountContext } from "./context.js";
import type { ApiFault, ApiFaultContext, ApiOperation } from "./faults.js";
import { pause } from "./pause.js";
import type { ApiRequestReport } from "./report.js";
import { route } from "./router.js";

/** What comes back of a request: an answer, or nothing, in one way or another. */
export type ApiOutcome = ApiAnswer | { readonly lost: "timeout" | "reset" | "unreachable" };

/** The API of an account. */
export interface Api {
  ask(request: ApiRequest): Promise<ApiOutcome>;
  readonly log: readonly ApiRequestReport[];
}

/** Of {@link createApi}. */
export interface ApiOptions {
  /** User and secret of each who may ask. */
  readonly credentials: ReadonlyMap<string, string>;
  readonly faults: (request: ApiFaultContext) => ApiFault | undefined;
  readonly errorBodies: "plain" | "rfc9457";
}

export function createApi(context: AccountContext, { credentials, faults, errorBodies }: ApiOptions): Api {
  const log: ApiRequestReport[] = [];
  const counts = new Map<ApiOperation, number>();

  async function ask(request: ApiRequest): Promise<ApiOutcome> {
    const { method, path, query } = request;
    const form = method === "GET" ? query : request.form;
    const { operation, handle } = route(request);
    const nth = (counts.get(operation) ?? 0) + 1;
    counts.set(operation, nth);
    const fault = faults({ operation, number: log.length + 1, nth, path, form });
    const entry = { operation, method, path, form: [...form], atMs: context.now(), ignored: [] };
    const place = log.push({ ...entry, ...given({ fault }) }) - 1;
    const note = (what: Partial<ApiRequestReport>) => {
      log[place] = { ...(log[place] as ApiRequestReport), ...what };
    };

    function carryOut(): ApiAnswer {
      try {
        if (credentials.get(request.user) !== request.secret) throw new ApiError(20003);
        const { callSid, ignored, ...answer }: Handled = handle(context);
        note(given({ callSid, ignored }));
        return answer;
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        return { status: error.status, body: errorBody(error, errorBodies) };
      }
    }

    const outcome = await withFault(fault, carryOut);
    if (!("lost" in outcome)) note({ status: outcome.status, ...codeOf(outcome) });
    return outcome;
  }

  async function withFault(fault: ApiFault | undefined, carryOut: () => ApiAnswer): Promise<ApiOutcome> {
    switch (fault?.type) {
      case undefined:
        return carryOut();
      case "unreachable":
        return { lost: "unreachable" };
      case "lost":
        if (fault.what === "answer") carryOut();
        return { lost: fault.how };
      case "status": {
        if (fault.carriedOut === true && fault.status !== 429) carryOut();
        const { status, retryAfterS } = fault;
        const headers: Readonly<Record<string, string>> =
          retryAfterS === undefined ? {} : { "retry-after": String(retryAfterS) };
        return { status, body: errorBody(errorOfStatus(status), errorBodies), headers };
      }
      case "slow": {
        await later(fault.requestMs);
        const answer = carryOut();
        await later(fault.answerMs);
        return answer;
      }
    }
  }

  async function later(ms = 0): Promise<void> {
    if (ms > 0) await pause(context.clock, ms);
  }

  return { ask, log };
}

function codeOf({ status, body }: ApiAnswer): { readonly code?: number } {
  return status >= 400 && typeof body.code === "number" ? { code: body.code } : {};
}
