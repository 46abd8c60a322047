import type { AnsweredBy } from "./callees.js";
import type { AccountCallStatus } from "./report.js";

/** How a call is doing. Times are in ms since the account was made. */
export interface CallState {
  readonly status: AccountCallStatus;
  readonly updatedAtMs: number;
  readonly queueMs: number;
  readonly dialledAtMs?: number;
  readonly ringingAtMs?: number;
  readonly answeredAtMs?: number;
  readonly endedAtMs?: number;
  readonly answeredBy?: AnsweredBy;
  readonly sipResponseCode?: number;
}

/** A call's state as it changes, and as it was. */
export interface CallHistory {
  readonly now: CallState;
  /** @returns undefined if there was none yet. */
  at(atMs: number): CallState | undefined;
  change(atMs: number, change: Partial<CallState>): void;
}

export function createCallHistory(first: CallState): CallHistory {
  const states = [first];
  const newest = () => states.at(-1) ?? first;
  return {
    get now() {
      return newest();
    },
    at: (atMs) => states.findLast(({ updatedAtMs }) => updatedAtMs <= atMs),
    change(atMs, change) {
      states.push({ ...newest(), ...change, updatedAtMs: atMs });
    },
  };
}

/** Nothing more happens to the call. */
export function isOver({ endedAtMs }: CallState): boolean {
  return endedAtMs !== undefined;
}

/** How long it was talked, in whole seconds; undefined if it was not, or is still. */
export function talkedSeconds({ answeredAtMs, endedAtMs }: CallState): number | undefined {
  if (answeredAtMs === undefined || endedAtMs === undefined) return undefined;
  return Math.round((endedAtMs - answeredAtMs) / 1_000);
}
