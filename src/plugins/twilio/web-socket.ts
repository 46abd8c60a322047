import { Buffer } from "node:buffer";

/** What a frame comes as. `ws` gives a `Buffer`, for text too. */
export type WebSocketData = string | Uint8Array | ArrayBuffer | readonly Uint8Array[];

/** The part of a WebSocket that a stream needs: `ws` fits as it is, and so does a socket made for a test. */
export interface WebSocketLike {
  /** 0 connecting, 1 open, 2 closing, 3 closed. */
  readonly readyState: number;
  /** Bytes that were sent and have not left yet. */
  readonly bufferedAmount: number;
  send(text: string): void;
  close(code?: number, reason?: string): void;
  /** Drops the connection, without a closing handshake. */
  terminate(): void;
  ping?(): void;
  on(event: "message", listener: (data: WebSocketData, isBinary: boolean) => void): unknown;
  on(event: "close", listener: (code: number) => void): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
  off(event: "message", listener: (data: WebSocketData, isBinary: boolean) => void): unknown;
  off(event: "close", listener: (code: number) => void): unknown;
  off(event: "error", listener: (error: Error) => void): unknown;
}

/** `readyState` of a socket that takes messages. */
export const SOCKET_OPEN = 1;

/** From this `readyState` on, the socket has no future. */
export const SOCKET_CLOSING = 2;

/** A text frame as its string, a binary frame as its bytes. */
export function frameOf(data: WebSocketData, isBinary: boolean): string | Uint8Array {
  if (typeof data === "string") return data;
  const bytes = bytesOf(data);
  return isBinary ? bytes : bytes.toString("utf8");
}

function bytesOf(data: Exclude<WebSocketData, string>): Buffer {
  if (data instanceof ArrayBuffer) return Buffer.from(data);
  if (data instanceof Uint8Array) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return Buffer.concat(data);
}
