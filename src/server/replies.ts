import { Buffer } from "node:buffer";
import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";

/** Answers a request. */
export function reply(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { "Content-Type": type, "Content-Length": Buffer.byteLength(body), ...headers });
  response.end(body);
}

/** Answers a request with nothing but what is wrong with it. */
export function refuse(response: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  reply(response, status, "text/plain", `${STATUS_CODES[status] ?? status}\n`, headers);
}

/** Refuses a WebSocket: an answer in plain HTTP instead of an upgrade. */
export function refuseUpgrade(socket: Duplex, status: number): void {
  // Nobody else listens to this socket any more, and an `error` that nobody hears ends the process.
  socket.on("error", () => {});
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
