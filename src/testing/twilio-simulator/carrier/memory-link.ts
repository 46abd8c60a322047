import type { WebSocketLike } from "../../../plugins/twilio/index.js";
import { createMemorySocket } from "../memory-socket.js";
import { FORM, USER_AGENTS } from "./network-link.js";
import { orAborted } from "./or-aborted.js";
import type { AppLink, CarrierRequest } from "./wire.js";

/**
 * An app in the same process, reached without a network: a phone server, or anything that takes the web's own requests.
 * With it, a whole call runs on a virtual clock.
 */
export interface InProcessApp {
  fetch(request: Request): Promise<Response>;
  /**
   * Takes a WebSocket, which is open.
   * @returns the HTTP status of the upgrade: 101 if the socket was taken.
   */
  openSocket(request: Request, socket: WebSocketLike): number;
}

/** Reaches an app in this process. What it throws is thrown on: it is the app's fault, not the network's. */
export function memoryLink(app: InProcessApp): AppLink {
  return {
    async send(request) {
      // An app need not look at the signal.
      const response = await orAborted(app.fetch(requestOf(request)), request.signal);
      const body = new Uint8Array(await orAborted(response.arrayBuffer(), request.signal));
      return { status: response.status, contentType: response.headers.get("content-type") ?? "", body };
    },
    async openSocket(url, signature, user) {
      const { socket, wire } = createMemorySocket(user, queueMicrotask);
      const headers = {
        "user-agent": USER_AGENTS.socket,
        connection: "Upgrade",
        upgrade: "websocket",
        ...(signature === null ? {} : { "x-twilio-signature": signature }),
      };
      const httpStatus = app.openSocket(new Request(url.replace(/^ws/, "http"), { headers }), socket);
      if (httpStatus !== 101) return { code: 31920, detail: `the app answered ${httpStatus}`, httpStatus };
      user.open(wire);
      return undefined;
    },
  };
}

function requestOf({ url, method, headers, fields, signal }: CarrierRequest): Request {
  if (method === "GET") return new Request(url, { headers, signal });
  const body = new URLSearchParams(fields).toString();
  return new Request(url, { method, headers: { ...headers, "content-type": FORM }, body, signal });
}
