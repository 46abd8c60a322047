import { inTime, wait } from "../../async.js";
import { BolchaalError, type Component } from "../../errors.js";
import type { Clock } from "../../spec/index.js";
import { asBolchaalError } from "../errors.js";
import { createHealth, type Health, type HealthRules, type Trial } from "./health.js";

/** How a chain of providers is gone through. */
export interface FallbackRules extends HealthRules {
  /** A provider that is not the last one must begin to answer within this, in ms. @default by kind: 2500 for models and brains, 1200 for voices, 1500 for speech-to-text */
  readonly firstMs: number;
  /** And go on within this, in ms. @default by kind: 2000 for models and brains, 1000 for voices */
  readonly idleMs: number;
  /** A failure that comes so soon, in ms, and before anything was given, is tried once more with the same provider. @default 1000 */
  readonly retryWithinMs: number;
}

/** Providers of one kind, in the order they are liked. */
export interface Chain<Provider> {
  readonly component: Component;
  readonly providers: readonly Provider[];
  readonly health: Health;
  readonly rules: FallbackRules;
  readonly clock: Clock;
}

export const DEFAULT_FALLBACK_RULES: Omit<FallbackRules, "firstMs" | "idleMs"> = Object.freeze({
  failures: 2,
  coolDownMs: 15_000,
  longestCoolDownMs: 300_000,
  retryWithinMs: 1_000,
});

/** Before a second try, in ms: a broken connection is told by then. */
export const RETRY_AFTER_MS = 100;

export function createChain<Provider>(
  component: Component,
  providers: readonly Provider[],
  rules: FallbackRules,
  clock: Clock,
): Chain<Provider> {
  return { component, providers, rules, clock, health: createHealth(providers.length, rules, clock) };
}

/** One try of one provider. */
export interface Attempt<Provider> {
  readonly provider: Provider;
  readonly place: number;
  readonly trial: Trial;
  /** The same provider has just failed. */
  readonly isSecond: boolean;
  /** There is nobody behind it: it has all the time that its caller gives. */
  readonly isLast: boolean;
  readonly begunAtMs: number;
}

/** The tries to make, one after another, for as long as they fail: `failed` is to be told of each. */
export interface Attempts<Provider> {
  /** The next one, or nothing when all have failed. */
  next(): Attempt<Provider> | undefined;
  /**
   * This one has failed. @returns whether another try makes sense.
   * @param gave Something of it was used already: the same provider is not asked again.
   */
  failed(attempt: Attempt<Provider>, error: BolchaalError, gave: boolean): boolean;
}

/** @param last The place of one that has just failed: it is tried behind all others. */
export function attemptsOf<Provider extends { readonly name: string }>(
  { providers, health, rules, clock }: Chain<Provider>,
  fits: (provider: Provider) => boolean = () => true,
  last?: number,
): Attempts<Provider> {
  const order = health.order().sort((one, other) => Number(one === last) - Number(other === last));
  const fitting = order.filter((place) => fits(providers[place] as Provider));
  const places = fitting.length > 0 ? fitting : order;
  let at = 0;
  let again = false;
  return {
    next() {
      const place = places[at];
      if (place === undefined) return undefined;
      const isLast = at === places.length - 1;
      const provider = providers[place] as Provider;
      return { provider, place, trial: health.begin(place), isSecond: again, isLast, begunAtMs: clock.now() };
    },
    failed({ trial, begunAtMs }, error, gave) {
      trial.failed(error);
      const soon = clock.now() - begunAtMs <= rules.retryWithinMs;
      const mayTryAgain = !again && !gave && soon && error.retryable && error.code !== "overloaded";
      again = mayTryAgain;
      if (!mayTryAgain) at += 1;
      return at < places.length;
    },
  };
}

/** Of {@link throughChain}. */
export interface ThroughChain<Provider, Item> {
  /** Asks a provider. */
  readonly ask: (provider: Provider, signal: AbortSignal) => AsyncIterable<Item>;
  /** The item is used at once by whoever reads: what comes before a failure cannot be taken back. */
  readonly isOutput: (item: Item) => boolean;
  /** Whether, after some output, the next provider can go on where this one stopped. */
  readonly goesOn: boolean;
  /** A stream that ends without any output is a failure. */
  readonly mustGive: boolean;
  readonly fits?: (provider: Provider) => boolean;
  readonly signal: AbortSignal;
  readonly warn: ((warning: Error) => void) | undefined;
}

/**
 * Asks one provider after another until one answers to the end. Each must answer in time; a quick failure is tried once
 * more. What was given is not given again.
 * @throws the last failure; `signal.reason` when aborted.
 */
export async function* throughChain<Provider extends { readonly name: string }, Item>(
  chain: Chain<Provider>,
  how: ThroughChain<Provider, Item>,
): AsyncGenerator<{ readonly item: Item; readonly provider: Provider }, void, void> {
  const { clock } = chain;
  const { signal, warn } = how;
  const attempts = attemptsOf(chain, how.fits);
  let gave = false;
  for (let attempt = attempts.next(); attempt !== undefined; attempt = attempts.next()) {
    const { provider, trial } = attempt;
    try {
      if (attempt.isSecond) await wait(clock, RETRY_AFTER_MS, signal);
      for await (const item of inTime((either) => how.ask(provider, either), deadlines(chain, attempt), signal)) {
        gave ||= how.isOutput(item);
        yield { item, provider };
      }
      if (!gave && how.mustGive) throw gaveNothing(chain, provider.name);
      trial.succeeded();
      return;
    } catch (thrown) {
      signal.throwIfAborted();
      const error = failureOf(chain, provider.name, thrown);
      const more = attempts.failed(attempt, error, gave);
      if (!more || (gave && !how.goesOn)) throw error;
      warn?.(error);
    } finally {
      trial.left();
    }
  }
}

function deadlines<Provider extends { readonly name: string }>(
  chain: Chain<Provider>,
  { provider, isLast }: Attempt<Provider>,
) {
  const { clock, rules } = chain;
  const limit = (ms: number) => (isLast ? NEVER_MS : ms);
  return {
    clock,
    firstMs: limit(rules.firstMs),
    idleMs: limit(rules.idleMs),
    late: (waitedMs: number) => lateError(chain, provider.name, waitedMs),
  };
}

/** Longer than any call. */
const NEVER_MS = 86_400_000;

export function lateError(
  { component }: Pick<Chain<unknown>, "component">,
  provider: string,
  waitedMs: number,
): BolchaalError {
  const message = `It gave nothing for ${waitedMs} ms. The next provider is asked.`;
  return new BolchaalError(message, { code: "provider-timeout", component, provider, retryable: true });
}

function gaveNothing({ component }: Chain<unknown>, provider: string): BolchaalError {
  const message = "It answered with nothing. Try again, or use another provider meanwhile.";
  return new BolchaalError(message, { code: "provider-failed", component, provider, retryable: true });
}

export function failureOf(
  { component }: Pick<Chain<unknown>, "component">,
  provider: string,
  thrown: unknown,
): BolchaalError {
  return asBolchaalError(thrown, { code: "provider-failed", component, provider, what: "It failed" });
}
