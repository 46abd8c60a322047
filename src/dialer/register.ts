import type { DialedCall } from "./outbound-call.js";

/** So many calls that are over are remembered. */
export const REMEMBERED_OUTBOUND_CALLS = 1_000;

/** The dialer's calls, by all that they are known by. */
export interface CallRegister {
  add(call: DialedCall): void;
  /** A call's id at Twilio is known. */
  identify(call: DialedCall, callSid: string): void;
  /** A call is over: it is remembered, and one day forgotten. */
  retire(call: DialedCall): void;
  byKey(key: string | undefined): DialedCall | undefined;
  bySid(callSid: string): DialedCall | undefined;
  byIdempotencyKey(key: string): DialedCall | undefined;
  /** The calls that are not over. */
  readonly live: ReadonlySet<DialedCall>;
}

export function createRegister(): CallRegister {
  const keys = new Map<string, DialedCall>();
  const sids = new Map<string, DialedCall>();
  const idempotencyKeys = new Map<string, DialedCall>();
  const live = new Set<DialedCall>();
  const over = new Set<DialedCall>();

  function forget(dialed: DialedCall): void {
    over.delete(dialed);
    keys.delete(dialed.key);
    idempotencyKeys.delete(dialed.call.idempotencyKey);
    for (const [sid, known] of sids) if (known === dialed) sids.delete(sid);
  }

  return {
    live,
    add(dialed) {
      live.add(dialed);
      keys.set(dialed.key, dialed);
      idempotencyKeys.set(dialed.call.idempotencyKey, dialed);
    },
    identify(dialed, callSid) {
      sids.set(callSid, dialed);
    },
    retire(dialed) {
      live.delete(dialed);
      over.add(dialed);
      const [oldest] = over;
      if (over.size > REMEMBERED_OUTBOUND_CALLS && oldest !== undefined) forget(oldest);
    },
    byKey: (key) => (key === undefined ? undefined : keys.get(key)),
    bySid: (callSid) => sids.get(callSid),
    byIdempotencyKey: (key) => idempotencyKeys.get(key),
  };
}
