import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { WebSocket } from "ws";
import type { AppLink, CarrierRequest, HttpAnswer, SocketUser, UpgradeRefusal } from "./wire.js";

/** Twilio waits for the upgrade so long, in ms. */
const HANDSHAKE_TIMEOUT_MS = 10_000;

/**
 * Reaches the app over HTTP and WebSocket.
 * @param connectTo Where it listens, if its public address leads elsewhere: path and Host stay as they are.
 */
export function networkLink(connectTo: URL | undefined): AppLink {
  return {
    send: (request) => post(request, connectTo ?? request.url),
    openSocket: (url, signature, user) => openSocket(url, socketAddress(url, connectTo), signature, user),
  };
}

function post({ url, method, headers, fields, signal }: CarrierRequest, connectTo: URL): Promise<HttpAnswer> {
  const request = connectTo.protocol === "https:" ? requestHttps : requestHttp;
  const body = method === "GET" ? "" : new URLSearchParams(fields).toString();
  const form = { "content-type": FORM, "content-length": String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const sent = request(
      new URL(url.pathname + url.search, connectTo),
      {
        method,
        headers: { ...headers, host: url.host, ...(method === "GET" ? {} : form) },
        signal,
        agent: false,
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("error", reject);
        response.on("end", () => {
          const { statusCode = 0, headers: got } = response;
          resolve({ status: statusCode, contentType: got["content-type"] ?? "", body: Buffer.concat(parts) });
        });
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

/** What a form comes as. */
export const FORM = "application/x-www-form-urlencoded; charset=UTF-8";

/** What Twilio says it is, when it asks and when it streams. */
export const USER_AGENTS = { http: "TwilioProxy/1.1", socket: "Twilio.TmeWs/1.0" } as const;

function openSocket(
  url: string,
  address: string,
  signature: string | null,
  user: SocketUser,
): Promise<UpgradeRefusal | undefined> {
  const { host, pathname, search } = new URL(url);
  const socket = new WebSocket(new URL(pathname + search, address), {
    headers: {
      host,
      "user-agent": USER_AGENTS.socket,
      ...(signature === null ? {} : { "x-twilio-signature": signature }),
    },
    perMessageDeflate: false,
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
  });
  return new Promise((resolve) => {
    let isOpen = false;
    socket.on("open", () => {
      isOpen = true;
      user.open({
        send: (text) => socket.send(text, () => {}),
        close: (code = 1000) => socket.close(code),
        kill: () => socket.terminate(),
      });
      resolve(undefined);
    });
    socket.on("unexpected-response", (_request, response) => {
      response.destroy();
      resolve({ code: 31920, detail: `the app answered ${response.statusCode}`, httpStatus: response.statusCode ?? 0 });
    });
    // An open socket that fails closes next, with code 1006.
    socket.on("error", (error: Error & { readonly code?: string }) => {
      if (!isOpen) resolve({ code: codeOf(error), detail: error.message });
    });
    socket.on("message", (data, isBinary) => user.receive(isBinary ? "" : data.toString(), isBinary));
    socket.on("close", (code) => {
      if (isOpen) user.closed(code);
    });
  });
}

function codeOf(error: Error & { readonly code?: string }): UpgradeRefusal["code"] {
  if (error.code === "ECONNREFUSED") return 31902;
  return error.message.includes("timed out") ? 31901 : 31920;
}

function socketAddress(url: string, connectTo: URL | undefined): string {
  if (connectTo === undefined) return url;
  const address = new URL(connectTo);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  return address.href;
}
