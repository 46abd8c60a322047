import type { Clock } from "../../spec/index.js";
import type { ProviderFault, ProviderServerOptions, ProviderSimulator } from "./faults.js";
import { listenOn } from "./listen.js";
import { memoryNetwork } from "./memory-network.js";
import { createOutlet } from "./outlet.js";
import type { Knock, ProviderWays, Reception, Wire, WireListener } from "./ways.js";

interface Visit {
  path: string;
  query: Record<string, string>;
  received: (string | number)[];
  closed: { code: number; reason: string } | undefined;
}

/** A simulated provider of these ways. */
export function createProviderSimulator(ways: ProviderWays, options: ProviderServerOptions): ProviderSimulator {
  const visits: Visit[] = [];
  let knocks = 0;
  let open = 0;

  function receive(knock: Knock): Reception {
    knocks += 1;
    const fault = options.fault?.(knocks);
    if (fault?.type === "refuse") return { type: "broken" };
    if (fault?.type === "stall" && fault.from === undefined) return { type: "silence" };
    if (fault?.type === "status") {
      const { status, retryAfterS } = fault;
      const body = ways.errorBody(status);
      return { type: "refused", refusal: { status, body, ...(retryAfterS !== undefined && { retryAfterS }) } };
    }
    const refusal = ways.refuse(knock);
    if (refusal !== undefined) return { type: "refused", refusal };
    return { type: "taken", serve: (wire, clock) => serve(wire, clock, knock, fault) };
  }

  function serve(wire: Wire, clock: Clock, { path, query }: Knock, fault: ProviderFault | undefined): WireListener {
    const visit: Visit = { path, query: Object.fromEntries(query), received: [], closed: undefined };
    visits.push(visit);
    const over = new AbortController();
    const { send, close, begin, stop } = createOutlet(wire, clock, fault);
    const listener = ways.converse({ path, query, clock, signal: over.signal, send, close });
    begin();
    return {
      message(message) {
        note(visit.received, typeof message === "string" ? message : message.length);
        if (typeof message === "string") listener.text(message);
        else listener.binary(message);
      },
      closed(code, reason) {
        visit.closed = { code, reason };
        stop();
        over.abort(new Error("The connection is over."));
      },
    };
  }

  const lines = {
    receive,
    opened() {
      open += 1;
    },
    closed() {
      open -= 1;
    },
  };
  return {
    visits,
    openConnections: () => open,
    network: (clock) => memoryNetwork(lines, clock),
    listen: () => listenOn(lines),
  };
}

/** Sound is noted as one number between two texts. */
function note(received: (string | number)[], what: string | number): void {
  const last = received.at(-1);
  if (typeof what === "number" && typeof last === "number") received[received.length - 1] = last + what;
  else received.push(what);
}
