import { BolchaalError } from "../../errors.js";
import type { NetworkSocket, NetworkSocketListener, ProviderNetwork } from "../../net/index.js";
import type { Clock } from "../../spec/index.js";
import type { Knock, Lines, Wire, WireListener } from "./ways.js";

/** A connection that broke without a word. */
const ABNORMAL = 1006;

/** A network in which one provider is all there is. What one end sends arrives in order, and never within the sender's call. */
export function memoryNetwork(provider: Lines, clock: Clock): ProviderNetwork {
  return {
    clock,
    fetch() {
      throw new BolchaalError("This simulator speaks WebSocket alone.", {
        code: "simulation-failed",
        component: "testing",
      });
    },
    connect({ url, headers }, listener) {
      const lowered = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
      return open(provider, clock, { path: url.pathname, query: url.searchParams, headers: lowered }, listener);
    },
  };
}

function open(provider: Lines, clock: Clock, knock: Knock, client: NetworkSocketListener): NetworkSocket {
  let state: "opening" | "open" | "closing" | "closed" = "opening";
  let server: WireListener | undefined;
  let paused = false;
  const held: (string | Uint8Array)[] = [];
  provider.opened();

  function finish(code: number, reason: string): void {
    if (state === "closed") return;
    state = "closed";
    provider.closed();
    server?.closed(code, reason);
    client.closed(code, reason);
  }

  function deliver(message: string | Uint8Array): void {
    if (state !== "open") return;
    if (paused) held.push(message);
    else client.message(message);
  }

  const wire: Wire = {
    send: (message) => queueMicrotask(() => deliver(message)),
    close: (code, reason) => queueMicrotask(() => finish(code, reason)),
    terminate: () => queueMicrotask(() => finish(ABNORMAL, "")),
  };

  queueMicrotask(() => {
    if (state !== "opening") return;
    const reception = provider.receive(knock);
    if (reception.type === "silence") return;
    if (reception.type === "broken") {
      client.failed(new Error("connect ECONNREFUSED"));
      return finish(ABNORMAL, "");
    }
    if (reception.type === "refused") {
      const { status, body, retryAfterS } = reception.refusal;
      client.refused(status, JSON.stringify(body), retryAfterS === undefined ? undefined : 1_000 * retryAfterS);
      return finish(ABNORMAL, "");
    }
    state = "open";
    client.open();
    server = reception.serve(wire, clock);
  });

  return {
    get isOpen() {
      return state === "open";
    },
    bufferedBytes: 0,
    send(data) {
      const message = typeof data === "string" ? data : Uint8Array.from(data);
      if (state !== "open") return;
      queueMicrotask(() => {
        if (state !== "closed") server?.message(message);
      });
    },
    close(code) {
      if (state === "open") state = "closing";
      queueMicrotask(() => finish(code, ""));
    },
    terminate() {
      if (state === "open") state = "closing";
      queueMicrotask(() => finish(ABNORMAL, ""));
    },
    pause() {
      paused = true;
    },
    resume() {
      paused = false;
      for (const message of held.splice(0)) queueMicrotask(() => deliver(message));
    },
  };
}
