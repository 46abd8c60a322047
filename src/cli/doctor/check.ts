import type { Clock } from "../../spec/index.js";
import { messageOf } from "../message-of.js";

/** A check may take so long, in ms, unless it says otherwise. */
export const DEFAULT_CHECK_LIMIT_MS = 8_000;

/** How a check came out. `skipped`: there was nothing to check, or no way to. */
export type CheckStatus = "ok" | "warn" | "fail" | "skipped";

/** What a check found. */
export interface Finding {
  readonly status: CheckStatus;
  readonly what: string;
  /** What to do about it. */
  readonly todo?: string;
}

/** One thing to look at. */
export interface Check {
  readonly name: string;
  /** In ms. @default DEFAULT_CHECK_LIMIT_MS */
  readonly limitMs?: number;
  /** Looks. What it throws is a finding of `fail`. `signal` aborts when its time is up. */
  look(signal: AbortSignal): Finding | Promise<Finding>;
}

/** What came of a check. */
export interface CheckReport extends Finding {
  readonly name: string;
  readonly tookMs: number;
}

/** Of {@link runChecks}. */
export interface RunChecksOptions {
  readonly clock: Clock;
  /** Hears of each check as it ends, and of those that still run. */
  readonly onReport?: (report: CheckReport, running: readonly string[]) => void;
  /** Aborts when whoever waits has had enough: checks that still run are skipped. */
  readonly signal?: AbortSignal;
}

export const ok = (what: string): Finding => ({ status: "ok", what });
export const warn = (what: string, todo: string): Finding => ({ status: "warn", what, todo });
export const fail = (what: string, todo: string): Finding => ({ status: "fail", what, todo });
export const skipped = (what: string): Finding => ({ status: "skipped", what });

/** Runs all checks at once, each within its time. @returns their reports, in the order of the checks */
export async function runChecks(
  checks: readonly Check[],
  { clock, onReport, signal = new AbortController().signal }: RunChecksOptions,
): Promise<CheckReport[]> {
  const running = new Set(checks.map(({ name }) => name));
  return Promise.all(
    checks.map(async (check) => {
      const startedAtMs = clock.now();
      const finding = await look(check, clock, signal);
      const report = { name: check.name, ...finding, tookMs: Math.round(clock.now() - startedAtMs) };
      running.delete(check.name);
      onReport?.(report, [...running]);
      return report;
    }),
  );
}

/** One check, within its time. Never rejects. */
async function look(check: Check, clock: Clock, signal: AbortSignal): Promise<Finding> {
  const { limitMs = DEFAULT_CHECK_LIMIT_MS } = check;
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  return new Promise((resolve) => {
    const settle = (finding: Finding) => {
      unset();
      either.removeEventListener("abort", giveUp);
      resolve(finding);
    };
    const giveUp = () => {
      if (signal.aborted) return settle(skipped("stopped"));
      settle(
        fail(`nothing came within ${limitMs} ms`, "Look at the network, a firewall, or the other side's status page."),
      );
    };
    const unset = clock.setTimer(() => over.abort(new Error(`The check took more than ${limitMs} ms.`)), limitMs);
    either.addEventListener("abort", giveUp, { once: true });
    if (either.aborted) return giveUp();
    Promise.resolve(either)
      .then((at) => check.look(at))
      .then(settle, (error: unknown) => settle(failureOf(error)));
  });
}

/** What an error says, as a finding. The library's own errors say what to do in their last sentences. */
export function failureOf(error: unknown): Finding {
  return { status: "fail", what: messageOf(error) };
}
