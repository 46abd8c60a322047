import type { ProviderNetwork } from "../../net/index.js";
import type { Clock } from "../../spec/index.js";

/** What goes wrong with one connection to a simulated provider. */
export type ProviderFault =
  /** The connection breaks before an answer. */
  | { readonly type: "refuse" }
  /** The request is answered with this status, and the provider's own error body for it. */
  | { readonly type: "status"; readonly status: 401 | 402 | 429 | 500; readonly retryAfterS?: number }
  /** Nothing comes from then on; without a `from`, not even consent to the connection. */
  | { readonly type: "stall"; readonly from?: FaultFrom }
  /** The line breaks. */
  | { readonly type: "cut"; readonly from: FaultFrom }
  /** The provider closes. */
  | { readonly type: "close"; readonly from: FaultFrom; readonly code: number; readonly reason: string }
  /** In place of the next message stands what is none. */
  | { readonly type: "garbage"; readonly from: FaultFrom }
  /** In place of the next message stands a binary one, which the provider never sends. */
  | { readonly type: "binary"; readonly from: FaultFrom }
  /** Every message comes so much after the one before; from the first one, unless it says otherwise. */
  | { readonly type: "slow"; readonly everyMs: number; readonly from?: FaultFrom };

/** Behind so many messages of the provider's, or at the first one for which this holds. */
export type FaultFrom = number | (() => boolean);

/** What every simulated provider takes. */
export interface ProviderServerOptions {
  /** The key it knows. @default "test-key" */
  readonly apiKey?: string;
  /** What goes wrong with a connection, if anything; 1 is the first. @default nothing does */
  readonly fault?: (connection: number) => ProviderFault | undefined;
}

/** One connection, as the provider saw it. */
export interface ProviderVisit {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Texts as they came, and how many bytes of sound came between them. */
  readonly received: readonly (string | number)[];
  /** How the connection ended, once it has; 1006 is without a word. */
  readonly closed: { readonly code: number; readonly reason: string } | undefined;
}

/** A simulated provider: in memory, or on this machine. */
export interface ProviderSimulator {
  /** Connections that it took, the first one first. */
  readonly visits: readonly ProviderVisit[];
  /** How many connections are open now. */
  openConnections(): number;
  /** A network in which this provider is all there is, in memory, on `clock`. The address does not matter. */
  network(clock: Clock): ProviderNetwork;
  /** Listens on a free port of this machine. */
  listen(): Promise<ListeningProviderSimulator>;
}

/** A simulated provider that listens. */
export interface ListeningProviderSimulator {
  /** Its address, for the plug-in's `baseUrl`. */
  readonly baseUrl: string;
  /** Breaks what is open, and listens no more. */
  close(): Promise<void>;
}
