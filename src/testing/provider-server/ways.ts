import type { Clock } from "../../spec/index.js";

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
  /** @default none */
  readonly retryAfterS?: number;
}

/** The provider's end of a connection. */
export interface ProviderConnection {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly clock: Clock;
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

/** What becomes of a knock, whichever way it came. */
export type Reception =
  | { readonly type: "broken" }
  | { readonly type: "silence" }
  | { readonly type: "refused"; readonly refusal: Refusal }
  | { readonly type: "taken"; serve(wire: Wire, clock: Clock): WireListener };

/** A connection, as the provider's side uses it. */
export interface Wire {
  send(message: string | Uint8Array): void;
  close(code: number, reason: string): void;
  terminate(): void;
}

/** Told what comes over a wire. */
export interface WireListener {
  message(message: string | Uint8Array): void;
  closed(code: number, reason: string): void;
}

/** What a way in asks of the provider, and tells it of its lines. */
export interface Lines {
  receive(knock: Knock): Reception;
  opened(): void;
  closed(): void;
}
