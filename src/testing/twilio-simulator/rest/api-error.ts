/** The API's errors that the simulator gives, with Twilio's words. Source: https://www.twilio.com/docs/api/errors */
const ERRORS = {
  15004: { status: 400, message: "Invalid TwiML: an address in it is not absolute" },
  20001: { status: 400, message: "Invalid parameter" },
  20003: { status: 401, message: "Authenticate" },
  20004: { status: 405, message: "Method not allowed" },
  20404: { status: 404, message: "The requested resource was not found" },
  20429: { status: 429, message: "Too Many Requests" },
  20500: { status: 500, message: "Internal Server Error" },
  20503: { status: 503, message: "Service Unavailable" },
  21201: { status: 400, message: "No 'To' number is specified" },
  21205: { status: 400, message: "Url is not a valid URL" },
  21210: { status: 400, message: "The source phone number is not yet verified for this account" },
  21211: { status: 400, message: "The phone number you are attempting to call is not a valid number" },
  21212: { status: 400, message: "The 'From' number is not a valid phone number" },
  21213: { status: 400, message: "A 'From' phone number is required" },
  21214: { status: 400, message: "The phone number you are attempting to call cannot be reached" },
  21215: { status: 400, message: "Account not authorized to call this country: check your geo permissions" },
  21216: { status: 400, message: "Account not allowed to call this phone number" },
  21217: { status: 400, message: "The phone number does not appear to be valid" },
  21218: { status: 400, message: "Invalid ApplicationSid" },
  21219: { status: 400, message: "The number is unverified: trial accounts may only call verified numbers" },
  21220: { status: 400, message: "Unable to update record: invalid call state" },
  21609: { status: 400, message: "The StatusCallback is not a valid URL" },
} as const;

/** Twilio's number for an error of its API. */
export type ApiErrorCode = keyof typeof ERRORS;

/** What the API refuses. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: ApiErrorCode;
  readonly status: number;

  /** @param message In place of Twilio's usual words. */
  constructor(code: ApiErrorCode, message: string = ERRORS[code].message) {
    super(message);
    this.code = code;
    this.status = ERRORS[code].status;
  }
}

/** The error as the API writes it. */
export function errorBody(
  { code, message, status }: { readonly code: number; readonly message: string; readonly status: number },
  form: "plain" | "rfc9457",
): Readonly<Record<string, unknown>> {
  const more = `https://www.twilio.com/docs/errors/${code}`;
  if (form === "plain") return { code, message, more_info: more, status };
  return { type: more, title: message, status, code, detail: message, instance: null };
}

/** What a status means that is answered in place of an answer. */
export function errorOfStatus(status: 429 | 500 | 502 | 503 | 504) {
  const code = ({ 429: 20429, 500: 20500, 502: 20500, 503: 20503, 504: 20500 } as const)[status];
  return { code, message: ERRORS[code].message, status };
}
