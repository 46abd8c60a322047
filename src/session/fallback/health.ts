import type { BolchaalError } from "../../errors.js";
import type { Clock } from "../../spec/index.js";

/** When a provider is passed over. */
export interface HealthRules {
  /** So many failures one after another, and it is passed over for a while; at once if trying again cannot help. @default 2 */
  readonly failures: number;
  /** For how long, in ms; each time it fails again, twice as long. What a provider's `Retry-After` says counts if it is longer. @default 15000 */
  readonly coolDownMs: number;
  /** … up to this. @default 300000 */
  readonly longestCoolDownMs: number;
}

/** How providers of one kind fare, over all calls. */
export interface Health {
  /**
   * Which to try, in this order: those that do, as the app put them; among them those that may have come round, each for
   * one call at a time; behind them the others, as the last resort.
   */
  order(): number[];
  /** It is being tried. @returns what is to be told of the outcome, once. */
  begin(place: number): Trial;
}

/** The outcome of a trial. Only the first telling counts. */
export interface Trial {
  succeeded(): void;
  failed(error: BolchaalError): void;
  /** It was broken off, for reasons that are not the provider's. */
  left(): void;
}

interface State {
  failures: number;
  coolDownMs: number;
  /** It is passed over until then. */
  openUntilMs: number;
  /** It may have come round, and one call finds out. */
  probing: boolean;
}

/** Keeps count for `count` providers. */
export function createHealth(count: number, rules: HealthRules, clock: Clock): Health {
  const states = Array.from({ length: count }, (): State => fresh());

  function isUsable(state: State): boolean {
    return state.openUntilMs <= clock.now() && !state.probing;
  }

  return {
    order() {
      const places = states.map((_, place) => place);
      const usable = places.filter((place) => isUsable(states[place] as State));
      return [...usable, ...places.filter((place) => !usable.includes(place))];
    },
    begin(place) {
      const state = states[place] as State;
      const probes = state.failures >= rules.failures && !state.probing;
      if (probes) state.probing = true;
      let told = false;
      const once = (act: () => void) => () => {
        if (told) return;
        told = true;
        if (probes) state.probing = false;
        act();
      };
      return {
        succeeded: once(() => Object.assign(state, fresh())),
        failed: (error) => once(() => note(state, error))(),
        left: once(() => {}),
      };
    },
  };

  function note(state: State, error: BolchaalError): void {
    state.failures = error.retryable ? state.failures + 1 : Math.max(state.failures + 1, rules.failures);
    if (state.failures < rules.failures) return;
    state.coolDownMs = Math.min(
      rules.longestCoolDownMs,
      state.coolDownMs === 0 ? rules.coolDownMs : 2 * state.coolDownMs,
    );
    state.openUntilMs = clock.now() + Math.max(state.coolDownMs, error.retryAfterMs ?? 0);
  }
}

function fresh(): State {
  return { failures: 0, coolDownMs: 0, openUntilMs: Number.NEGATIVE_INFINITY, probing: false };
}
