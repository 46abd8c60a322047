import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { orAborted } from "../carrier/or-aborted.js";
import type { Api } from "./api.js";
import type { ApiRequest } from "./api-types.js";

/** A simulated API that listens. */
export interface ListeningTwilioApi {
  /** In place of `https://api.twilio.com`. */
  readonly baseUrl: string;
  /** Breaks what is open, and listens no more. */
  close(): Promise<void>;
}

/** Answers the web's own requests: for an app that asks the API by `fetch`. Who asks for what is lost, waits, or fails as on a network. */
export async function answerFetch(api: Api, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const form = request.method === "POST" ? await request.text() : "";
  const { signal } = request;
  const asked = api.ask(apiRequest(request.method, url, form, request.headers.get("authorization") ?? undefined));
  const outcome = await orAborted(asked, signal);
  if (!("lost" in outcome)) {
    const headers = { "content-type": JSON_TYPE, ...outcome.headers };
    return new Response(JSON.stringify(outcome.body), { status: outcome.status, headers });
  }
  if (outcome.lost === "timeout") return orAborted(new Promise<never>(() => {}), signal);
  const code = outcome.lost === "reset" ? "ECONNRESET" : "ECONNREFUSED";
  throw new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });
}

/** Answers requests of Node's HTTP server. */
export function httpListener(api: Api): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    answer(api, request, response).catch((error: unknown) => response.destroy(error as Error));
  };
}

/** Has the API listen on a free port of this machine. */
export async function listenForApi(api: Api): Promise<ListeningTwilioApi> {
  const server = createServer(httpListener(api));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

const JSON_TYPE = "application/json; charset=utf-8";
const MOST_FORM_BYTES = 65_536;

async function answer(api: Api, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let form = "";
  for await (const part of request.setEncoding("utf8")) {
    form += part as string;
    if (form.length > MOST_FORM_BYTES) return void response.writeHead(413).end();
  }
  const url = new URL(request.url ?? "/", "http://localhost");
  const outcome = await api.ask(apiRequest(request.method ?? "GET", url, form, request.headers.authorization));
  // What is lost to a timeout stays open, as at Twilio, until the other side has had enough.
  if ("lost" in outcome) return outcome.lost === "timeout" ? undefined : void request.socket.destroy();
  response.writeHead(outcome.status, { "content-type": JSON_TYPE, ...outcome.headers });
  response.end(JSON.stringify(outcome.body));
}

function apiRequest(method: string, url: URL, form: string, authorization: string | undefined): ApiRequest {
  const basic = /^Basic (.+)$/.exec(authorization ?? "")?.[1] ?? "";
  const [user = "", ...secret] = Buffer.from(basic, "base64").toString().split(":");
  return {
    method,
    path: url.pathname,
    query: url.searchParams,
    form: new URLSearchParams(form),
    user,
    secret: secret.join(":"),
  };
}
