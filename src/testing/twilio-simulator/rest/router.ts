import { fetchAccount, fetchBalance, fetchNumber, listNumbers, updateNumber } from "./account-resource.js";
import { ApiError } from "./api-error.js";
import type { ApiCallOn, ApiRequest, Handled } from "./api-types.js";
import { createCall, fetchCall, listCalls, updateCall } from "./calls-resource.js";
import type { AccountContext } from "./context.js";
import type { ApiOperation } from "./faults.js";
import { createRecording, fetchRecording, listRecordings, updateRecording } from "./recordings-resource.js";

type Handle = (context: AccountContext, on: ApiCallOn) => Handled;

interface Resource {
  /** Below the account; `*` is an id. */
  readonly path: string;
  readonly GET?: readonly [ApiOperation, Handle];
  readonly POST?: readonly [ApiOperation, Handle];
}

const RESOURCES: readonly Resource[] = [
  { path: "", GET: ["accounts.fetch", fetchAccount] },
  { path: "/Balance", GET: ["balance.fetch", fetchBalance] },
  { path: "/Calls", GET: ["calls.list", listCalls], POST: ["calls.create", createCall] },
  { path: "/Calls/*", GET: ["calls.fetch", fetchCall], POST: ["calls.update", updateCall] },
  {
    path: "/Calls/*/Recordings",
    GET: ["recordings.list", listRecordings],
    POST: ["recordings.create", createRecording],
  },
  {
    path: "/Calls/*/Recordings/*",
    GET: ["recordings.fetch", fetchRecording],
    POST: ["recordings.update", updateRecording],
  },
  { path: "/IncomingPhoneNumbers", GET: ["numbers.list", listNumbers] },
  {
    path: "/IncomingPhoneNumbers/*",
    GET: ["numbers.fetch", fetchNumber],
    POST: ["numbers.update", updateNumber],
  },
];

const PATTERNS = RESOURCES.map((resource) => ({
  ...resource,
  pattern: new RegExp(`^/2010-04-01/Accounts/([^/]+?)${resource.path.replaceAll("*", "([^/]+?)")}\\.json$`),
}));

/** What a request asks for. */
export interface Routed {
  readonly operation: ApiOperation;
  /** Does it. @throws ApiError */
  handle(context: AccountContext): Handled;
}

export function route(request: ApiRequest): Routed {
  for (const resource of PATTERNS) {
    const [, accountSid, ...sids] = resource.pattern.exec(request.path) ?? [];
    if (accountSid === undefined) continue;
    const { GET, POST } = resource;
    const asked = request.method === "GET" ? GET : request.method === "POST" ? POST : undefined;
    if (asked === undefined) return refusing(new ApiError(20004));
    const [operation, handle] = asked;
    return {
      operation,
      handle(context) {
        if (accountSid !== context.accountSid) throw notFound(request);
        return handle(context, { request, sids });
      },
    };
  }
  return refusing(notFound(request));
}

function notFound({ path }: ApiRequest): ApiError {
  return new ApiError(20404, `The requested resource ${path} was not found`);
}

function refusing(error: ApiError): Routed {
  return {
    operation: "unknown",
    handle() {
      throw error;
    },
  };
}
