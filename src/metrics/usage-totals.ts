import type { ProviderUsage } from "../spec/index.js";
import { costOf, type PriceTable, telephonyCost, type Unpriced } from "./prices.js";

/** All that was used of one model in a call. What a plug-in did not tell is left out. */
export interface UsageTotal extends ProviderUsage {
  /** How often it was used. */
  readonly uses: number;
}

/** What a call, or a turn of it, cost. */
export interface CostReport {
  /** ISO 4217. */
  readonly currency: string;
  /** Of what has a price, not rounded. If `unpriced` is not empty, the whole cost more. */
  readonly amount: number;
  /** What was used and has no price, each once. */
  readonly unpriced: readonly Unpriced[];
}

const MEASURES = ["inputTokens", "cachedInputTokens", "outputTokens", "audioMs", "characters"] as const;

/** Adds up uses by component, provider and model, in the order they first came. */
export function totalsOf(usages: readonly ProviderUsage[]): readonly UsageTotal[] {
  const totals = new Map<string, UsageTotal>();
  for (const usage of usages) {
    const key = keyOf(usage);
    totals.set(key, sum(totals.get(key), usage));
  }
  return [...totals.values()];
}

function sum(total: UsageTotal | undefined, usage: ProviderUsage): UsageTotal {
  const { component, provider, model } = usage;
  const measured = MEASURES.flatMap((measure) => {
    const amounts = [total?.[measure], usage[measure]].filter((amount) => amount !== undefined);
    return amounts.length === 0 ? [] : [[measure, amounts.reduce((first, second) => first + second)]];
  });
  return {
    component,
    provider,
    ...(model === undefined ? {} : { model }),
    ...Object.fromEntries(measured),
    uses: (total?.uses ?? 0) + 1,
  };
}

/** What all this cost. Each use is priced by itself: one that was not measured must not hide among others that were. */
export function costReport(usages: readonly ProviderUsage[], prices: PriceTable): CostReport {
  const unpriced = new Map<string, Unpriced>();
  let amount = 0;
  for (const usage of usages) {
    const cost = costOf(usage, prices);
    if (cost.priced) amount += cost.amount;
    else {
      const { component, provider, model } = usage;
      const { reason } = cost;
      unpriced.set(`${reason} ${keyOf(usage)}`, {
        component,
        provider,
        ...(model === undefined ? {} : { model }),
        reason,
      });
    }
  }
  return { currency: prices.currency, amount, unpriced: [...unpriced.values()] };
}

/** The same with the line's price for a call so long. */
export function withTelephony(report: CostReport, durationMs: number, prices: PriceTable): CostReport {
  const line = telephonyCost(durationMs, prices);
  return line === undefined
    ? { ...report, unpriced: [...report.unpriced, { component: "telephony", reason: "no-price" }] }
    : { ...report, amount: report.amount + line };
}

function keyOf({ component, provider, model }: ProviderUsage): string {
  return JSON.stringify([component, provider, model]);
}
