import type { Clock } from "../../../spec/index.js";
import type { RunLeg } from "../live-leg.js";
import type { AccountCall } from "./account-call.js";
import type { CallQueue } from "./call-queue.js";
import type { Callbacks } from "./callback-delivery.js";
import type { Callee } from "./callees.js";
import type { OwnNumber } from "./own-number.js";
import type { AccountDebuggerEvent } from "./report.js";

/** An account, as its parts see it. */
export interface AccountContext {
  readonly accountSid: string;
  readonly clock: Clock;
  /** Ms since the account was made. */
  readonly now: () => number;
  /** The date at such a time. */
  readonly dateAt: (atMs: number) => Date;
  readonly runLeg: RunLeg;
  readonly callbacks: Callbacks;
  readonly queue: CallQueue;
  readonly routingMs: number;
  readonly staleMs: number;
  readonly forgetsAfterMs: number;
  readonly callee: (number: string) => Callee;
  readonly mayCallFrom: (number: string) => boolean;
  readonly numbers: readonly OwnNumber[];
  /** All calls, in the order they were made. */
  readonly calls: AccountCall[];
  /** Writes to the debugger. */
  readonly report: (event: Omit<AccountDebuggerEvent, "atMs">) => void;
}
