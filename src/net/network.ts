import type { ClientRequest, IncomingMessage } from "node:http";
import { type RawData, WebSocket } from "ws";
import type { Clock } from "../spec/index.js";
import { systemClock } from "../system-clock.js";

/** How a provider is reached, and by whose time. A simulator gives one that stays in memory and runs on a virtual clock. */
export interface ProviderNetwork {
  readonly clock: Clock;
  /** As the global `fetch`, for a text of an address. */
  fetch(url: string, request: NetworkRequest): Promise<Response>;
  /** Opens a WebSocket. What becomes of it is told to `listener`, never within this call. */
  connect(address: NetworkAddress, listener: NetworkSocketListener): NetworkSocket;
}

/** What `fetch` is given: of the standard's `RequestInit`, what providers use. */
export interface NetworkRequest {
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | FormData;
  readonly signal: AbortSignal;
}

/** Where a WebSocket goes. */
export interface NetworkAddress {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

/** What becomes of a WebSocket. `open` or `refused` or `failed` comes first, `closed` last, once. */
export interface NetworkSocketListener {
  open(): void;
  /** The server answered, but not with consent. `retryAfterMs` is what its `Retry-After` asks, if it asks. */
  refused(status: number, body: string, retryAfterMs?: number): void;
  message(data: string | Uint8Array): void;
  failed(cause: Error): void;
  closed(code: number, reason: string): void;
}

/** The client's end of a WebSocket. */
export interface NetworkSocket {
  readonly isOpen: boolean;
  /** Bytes that the network has not taken yet. */
  readonly bufferedBytes: number;
  /** Sends, or does nothing if it is not open. */
  send(data: string | Uint8Array): void;
  /** Says goodbye, and waits for the other side's. */
  close(code: number): void;
  /** Drops the line. */
  terminate(): void;
  /** No messages are taken until `resume`. */
  pause(): void;
  resume(): void;
}

/** Of an HTTP refusal, so much is read. */
const LONGEST_REFUSAL_BYTES = 10_000;

/** The machine's own network and clock. */
export const systemNetwork: ProviderNetwork = Object.freeze({
  clock: systemClock,
  fetch: (url, request) => fetch(url, request),
  connect({ url, headers }, listener) {
    const socket = new WebSocket(url, { headers: { ...headers }, perMessageDeflate: false });
    socket.on("open", () => listener.open());
    socket.on("unexpected-response", (_request: ClientRequest, response: IncomingMessage) => {
      textOf(response).then((body) => {
        listener.refused(response.statusCode ?? 0, body, retryAfterMsOf(response.headers["retry-after"]));
        socket.terminate();
      });
    });
    socket.on("message", (data: RawData, isBinary: boolean) => {
      const bytes = bytesOf(data);
      listener.message(isBinary ? bytes : bytes.toString("utf8"));
    });
    socket.on("error", (cause) => listener.failed(cause));
    socket.on("close", (code: number, reason: Buffer) => listener.closed(code, reason.toString("utf8")));
    return {
      get isOpen() {
        return socket.readyState === WebSocket.OPEN;
      },
      get bufferedBytes() {
        return socket.bufferedAmount;
      },
      // A failed send is followed by the socket's own error.
      send: (data) => socket.send(data, () => {}),
      close: (code) => socket.close(code),
      terminate: () => socket.terminate(),
      pause: () => socket.pause(),
      resume: () => socket.resume(),
    };
  },
} satisfies ProviderNetwork);

/** `Retry-After` in seconds. As a date it tells nothing here: no call waits so long. */
function retryAfterMsOf(header: string | undefined): number | undefined {
  return header !== undefined && /^\d+$/.test(header) ? 1_000 * Number(header) : undefined;
}

async function textOf(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of response as AsyncIterable<Buffer>) {
      parts.push(part);
      bytes += part.length;
      if (bytes >= LONGEST_REFUSAL_BYTES) break;
    }
  } catch {
    // What came of the refusal must do.
  }
  return Buffer.concat(parts).toString("utf8", 0, LONGEST_REFUSAL_BYTES);
}

function bytesOf(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}
