import { createServer, type IncomingMessage, STATUS_CODES } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { systemClock } from "../../system-clock.js";
import type { ListeningProviderSimulator } from "./faults.js";
import type { Lines, Reception, Refusal } from "./ways.js";

/** Has a provider listen on a free port of this machine. */
export async function listenOn(provider: Lines): Promise<ListeningProviderSimulator> {
  const http = createServer((_request, response) => response.writeHead(404).end());
  const sockets = new WebSocketServer({ noServer: true });
  const lines = new Set<Duplex>();

  http.on("upgrade", (request: IncomingMessage, line: Duplex, head: Buffer) => {
    lines.add(line);
    provider.opened();
    line.on("close", () => {
      lines.delete(line);
      provider.closed();
    });
    line.on("error", () => {});
    // A line that nobody reads would not tell that the caller has gone.
    line.on("end", () => line.end());
    const url = new URL(request.url ?? "/", "ws://localhost");
    const reception = provider.receive({ path: url.pathname, query: url.searchParams, headers: request.headers });
    if (reception.type === "broken") return void line.destroy();
    if (reception.type === "silence") return void line.resume();
    if (reception.type === "refused") return refuse(line, reception.refusal);
    sockets.handleUpgrade(request, line, head, (socket) => attach(socket, reception));
  });

  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const { port } = http.address() as AddressInfo;
  return {
    baseUrl: `ws://127.0.0.1:${port}`,
    async close() {
      for (const line of lines) line.destroy();
      await new Promise<void>((resolve) => http.close(() => resolve()));
    },
  };
}

function attach(socket: WebSocket, reception: Extract<Reception, { readonly type: "taken" }>): void {
  const listener = reception.serve(
    {
      // What cannot be sent any more is followed by the socket's own close.
      send: (message) => socket.send(message, () => {}),
      close: (code, reason) => socket.close(code, reason),
      terminate: () => socket.terminate(),
    },
    systemClock,
  );
  socket.on("message", (data: RawData, isBinary: boolean) => {
    const bytes = Buffer.isBuffer(data) ? data : Buffer.concat(Array.isArray(data) ? data : [Buffer.from(data)]);
    listener.message(isBinary ? bytes : bytes.toString("utf8"));
  });
  socket.on("error", () => {});
  socket.on("close", (code: number, reason: Buffer) => listener.closed(code, reason.toString("utf8")));
}

function refuse(line: Duplex, { status, body, retryAfterS }: Refusal): void {
  const json = JSON.stringify(body);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`,
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(json)}`,
    "Connection: close",
    ...(retryAfterS === undefined ? [] : [`Retry-After: ${retryAfterS}`]),
  ];
  line.end(`${head.join("\r\n")}\r\n\r\n${json}`);
}
