/**
 * Where calls are kept. What is appended is keyed by `(callId, seq)`: appending an entry again changes nothing.
 */
export interface CallStore {
  readonly specVersion: "v1";
  readonly name: string;
  /** Adds entries to a call. Settles once they are kept as safely as the store can. */
  doAppend(callId: string, entries: readonly CallEntry[], options: { readonly signal: AbortSignal }): Promise<void>;
  /** All entries of a call in the order of `seq`; empty if the call is not known. */
  doRead(callId: string, options: { readonly signal: AbortSignal }): Promise<readonly CallEntry[]>;
  /** Lets go of all it owns. Safe to call twice. */
  close(): Promise<void>;
}

/** One thing that happened in a call, as data that survives JSON. */
export interface CallEntry {
  /** The event's place in its call: 1, 2, 3 … */
  readonly seq: number;
  /** The event's type. */
  readonly type: string;
  /** On the session's clock, from the start of the call. */
  readonly atMs: number;
  readonly [field: string]: unknown;
}
