import twilio from "twilio";

/** What Twilio's API is asked, as the real client asks it. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly form: Readonly<Record<string, unknown>>;
}

/** As much of the client's own request as is looked at. */
interface ClientRequest {
  readonly method: string;
  readonly uri: string;
  readonly data?: object;
  readonly params?: object;
}

/** What it answers: a status and a body; or the network fails. */
export type Reply = readonly [status: number, body: unknown] | Error;

export const ACCOUNT = "AC00000000000000000000000000000001";
export const CALL = "CA00000000000000000000000000000001";

/** The real client, with a network that answers as it is told, in order. */
export function clientThatHears(...replies: readonly Reply[]) {
  const asked: Asked[] = [];
  const left = [...replies];
  const httpClient = {
    async request({ method, uri, data, params }: ClientRequest) {
      const path = new URL(uri).pathname.replace(`/2010-04-01/Accounts/${ACCOUNT}`, "");
      asked.push({ method, path, form: { ...data, ...params } });
      const reply = left.shift();
      if (reply === undefined) throw new Error("the test has no more answers");
      if (reply instanceof Error) throw reply;
      const [statusCode, body] = reply;
      return { statusCode, body: typeof body === "string" ? body : JSON.stringify(body) };
    },
  };
  const client = twilio(ACCOUNT, "a token", { httpClient: httpClient as never });
  return { client, asked };
}

/** A body as Twilio has written its errors for long. */
export function trouble(status: number, code: number, message: string): Reply {
  return [status, { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }];
}

/** A body as RFC 9457 has it. */
export function problem(status: number, code: number, detail: string): Reply {
  return [status, { type: `https://www.twilio.com/docs/errors/${code}`, title: "A problem", status, code, detail }];
}

/** A call as the API shows it. */
export function callBody(status: string, more: object = {}) {
  return { sid: CALL, status, to: "+919812345678", from: "+15005550006", direction: "outbound-api", ...more };
}

/** What the network's own errors look like. */
export function networkError(code: string): Error {
  return Object.assign(new Error(`connect ${code} 10.0.0.1:443`), {
    code,
    config: { headers: { Authorization: "Basic c2VjcmV0" } },
  });
}
