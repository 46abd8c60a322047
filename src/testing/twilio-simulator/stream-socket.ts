import { WebSocket } from "ws";
import type { SimulatedStream } from "./simulated-stream.js";

/** Twilio waits for the upgrade so long, in ms. */
const HANDSHAKE_TIMEOUT_MS = 10_000;

/** Why no stream came about. */
export interface UpgradeRefusal {
  /** The debugger's code. */
  readonly code: 31901 | 31902 | 31920;
  readonly detail: string;
  readonly httpStatus?: number;
}

/**
 * Opens the WebSocket of a stream, as Twilio does: signed, no Origin, no compression, no query.
 * @param url As in the TwiML.
 * @param connectTo Where the server is reached: `url` itself, or another place with its path and Host.
 * @returns undefined once the stream is open; why not, otherwise.
 */
export function openStreamSocket(
  url: string,
  connectTo: string,
  signature: string | null,
  stream: SimulatedStream,
): Promise<UpgradeRefusal | undefined> {
  const { host, pathname } = new URL(url);
  const socket = new WebSocket(new URL(pathname, connectTo), {
    headers: {
      host,
      "user-agent": "Twilio.TmeWs/1.0",
      ...(signature === null ? {} : { "x-twilio-signature": signature }),
    },
    perMessageDeflate: false,
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
  });
  return new Promise((resolve) => {
    let isOpen = false;
    socket.on("open", () => {
      isOpen = true;
      stream.open({
        send: (text) => socket.send(text, () => {}),
        close: () => socket.close(1000),
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
    socket.on("message", (data, isBinary) => stream.receive(isBinary ? "" : data.toString(), isBinary));
    socket.on("close", (code) => {
      if (isOpen) stream.closed(code);
    });
  });
}

function codeOf(error: Error & { readonly code?: string }): UpgradeRefusal["code"] {
  if (error.code === "ECONNREFUSED") return 31902;
  return error.message.includes("timed out") ? 31901 : 31920;
}
