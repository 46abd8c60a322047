import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";

/** What a server answered. */
export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/**
 * POSTs a form.
 * @param url What the server is told it was asked for.
 * @param connectTo Where the server is reached: `url` itself, or another place with its path and Host.
 * @throws what the network throws, and a `TimeoutError` if there is no whole answer within `timeoutMs`.
 */
export function postForm(
  url: URL,
  connectTo: URL,
  headers: Readonly<Record<string, string>>,
  fields: Readonly<Record<string, string>>,
  timeoutMs: number,
): Promise<HttpAnswer> {
  const request = connectTo.protocol === "https:" ? requestHttps : requestHttp;
  const body = new URLSearchParams(fields).toString();
  return new Promise((resolve, reject) => {
    const sent = request(
      new URL(url.pathname + url.search, connectTo),
      {
        method: "POST",
        headers: {
          ...headers,
          host: url.host,
          "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
          "content-length": String(Buffer.byteLength(body)),
        },
        signal: AbortSignal.timeout(timeoutMs),
        agent: false,
      },
      (response) => {
        response.setEncoding("utf8");
        let text = "";
        response.on("data", (chunk: string) => {
          text += chunk;
        });
        response.on("error", reject);
        response.on("end", () => {
          const { statusCode = 0, headers: got } = response;
          resolve({ status: statusCode, contentType: got["content-type"] ?? "", body: text });
        });
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}
