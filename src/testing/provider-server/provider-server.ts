import { createServer, type IncomingMessage, STATUS_CODES } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import type { ProviderFault, ProviderServer, ProviderServerOptions } from "./faults.js";

/** A connection request. */
export interface Knock {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** An HTTP answer that is no consent. */
export interface Refusal {
  readonly status: number;
  readonly body: unknown;
}

/** The provider's end of a connection. */
export interface ProviderConnection {
  readonly path: string;
  readonly query: URLSearchParams;
  /** Aborts when the connection is over. */
  readonly signal: AbortSignal;
  send(message: object): void;
  close(code: number, reason: string): void;
}

/** What a provider does with what it is sent. */
export interface Listener {
  text(text: string): void;
  binary(bytes: Uint8Array): void;
}

/** A provider's own ways. */
export interface ProviderWays {
  /** Why it does not take a connection, if so. */
  refuse(knock: Knock): Refusal | undefined;
  /** Its error body for a status that a fault asks for. */
  errorBody(status: number): unknown;
  converse(connection: ProviderConnection): Listener;
}

interface Visit {
  path: string;
  query: Record<string, string>;
  received: (string | number)[];
  closed: { code: number; reason: string } | undefined;
}

/** Starts a provider on a free port of this machine. */
export async function startProviderServer(ways: ProviderWays, options: ProviderServerOptions): Promise<ProviderServer> {
  const http = createServer((_request, response) => response.writeHead(404).end());
  const sockets = new WebSocketServer({ noServer: true });
  const lines = new Set<Duplex>();
  const visits: Visit[] = [];
  let knocks = 0;

  http.on("upgrade", (request: IncomingMessage, line: Duplex, head: Buffer) => {
    lines.add(line);
    line.on("close", () => lines.delete(line));
    line.on("error", () => {});
    // A line that nobody reads would not tell that the caller has gone.
    line.on("end", () => line.end());
    knocks += 1;
    const fault = options.fault?.(knocks);
    if (fault?.type === "refuse") return void line.destroy();
    if (fault?.type === "stall" && fault.afterMessages === undefined) return void line.resume();
    const url = new URL(request.url ?? "/", "ws://localhost");
    const knock = { path: url.pathname, query: url.searchParams, headers: request.headers };
    if (fault?.type === "status") {
      const retryAfter = fault.retryAfterS === undefined ? [] : [`Retry-After: ${fault.retryAfterS}`];
      return answer(line, { status: fault.status, body: ways.errorBody(fault.status) }, retryAfter);
    }
    const refusal = ways.refuse(knock);
    if (refusal !== undefined) return answer(line, refusal, []);
    sockets.handleUpgrade(request, line, head, (socket) => {
      const visit: Visit = {
        path: knock.path,
        query: Object.fromEntries(knock.query),
        received: [],
        closed: undefined,
      };
      visits.push(visit);
      serve(socket, knock, visit, ways, fault);
    });
  });

  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const { port } = http.address() as AddressInfo;
  return {
    baseUrl: `ws://127.0.0.1:${port}`,
    visits,
    openConnections: () => lines.size,
    async close() {
      for (const line of lines) line.destroy();
      await new Promise<void>((resolve) => http.close(() => resolve()));
    },
  };
}

function answer(line: Duplex, { status, body }: Refusal, headers: readonly string[]): void {
  const json = JSON.stringify(body);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`,
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(json)}`,
    "Connection: close",
    ...headers,
  ];
  line.end(`${head.join("\r\n")}\r\n\r\n${json}`);
}

function serve(
  socket: WebSocket,
  { path, query }: Knock,
  visit: Visit,
  ways: ProviderWays,
  fault: ProviderFault | undefined,
): void {
  const over = new AbortController();
  const outlet = createOutlet(socket, fault);
  const listener = ways.converse({ path, query, signal: over.signal, ...outlet });
  socket.on("message", (data: RawData, isBinary: boolean) => {
    const bytes = Buffer.isBuffer(data) ? data : Buffer.concat(Array.isArray(data) ? data : [Buffer.from(data)]);
    note(visit.received, isBinary ? bytes.length : bytes.toString("utf8"));
    if (isBinary) listener.binary(bytes);
    else listener.text(bytes.toString("utf8"));
  });
  socket.on("error", () => {});
  socket.on("close", (code: number, reason: Buffer) => {
    visit.closed = { code, reason: reason.toString("utf8") };
    outlet.stop();
    over.abort(new Error("The connection is over."));
  });
  outlet.begin();
}

/** Sound is noted as one number between two texts. */
function note(received: (string | number)[], what: string | number): void {
  const last = received.at(-1);
  if (typeof what === "number" && typeof last === "number") received[received.length - 1] = last + what;
  else received.push(what);
}

/** What leaves the provider, in order, with the fault in it. */
function createOutlet(socket: WebSocket, fault: ProviderFault | undefined) {
  const timers = new Set<NodeJS.Timeout>();
  let count = 0;

  /** Whether the fault takes effect in place of the next message. */
  function strikes(): boolean {
    if (fault === undefined || !("afterMessages" in fault)) return false;
    if (count < (fault.afterMessages ?? 0)) return false;
    if (fault.type === "garbage" && count > fault.afterMessages) return false;
    if (fault.type === "garbage") socket.send("<html>garbage</html>");
    if (fault.type === "cut") socket.terminate();
    if (fault.type === "close") socket.close(fault.code, fault.reason);
    return true;
  }

  function inTurn(act: () => void): void {
    if (fault?.type !== "slow") return act();
    const timer = setTimeout(act, fault.everyMs * (count + 1));
    timers.add(timer);
  }

  return {
    /** A fault after no messages at all does not wait for a first one. */
    begin() {
      if (fault !== undefined && "afterMessages" in fault && fault.afterMessages === 0 && fault.type !== "stall") {
        strikes();
        count += 1;
      }
    },
    send(message: object) {
      const struck = strikes();
      if (!struck) inTurn(() => socket.send(JSON.stringify(message), () => {}));
      count += 1;
    },
    close(code: number, reason: string) {
      if (fault?.type === "stall") return;
      inTurn(() => socket.close(code, reason));
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
