import { BolchaalError } from "../errors.js";
import type { ProviderUsage } from "../spec/index.js";

/** What is charged, and by which measure. In the currency of its table. */
export type Rate =
  /** By tokens. Cached input costs as any other where no price for it is given. */
  | {
      readonly per: "million-tokens";
      readonly input: number;
      readonly output: number;
      readonly cachedInput?: number;
    }
  /** By the sound that was sent to be understood. */
  | { readonly per: "minute"; readonly price: number }
  /** By the text that was sent to be spoken. */
  | { readonly per: "million-characters"; readonly price: number }
  /** Nothing is charged: it runs on a machine of one's own. */
  | { readonly per: "nothing" };

/** What a provider charges. */
export interface Price {
  readonly component: ProviderUsage["component"];
  /** As in the `usage` event: the plug-in's name. */
  readonly provider: string;
  /** The model's id. @default every model of the provider */
  readonly model?: string;
  readonly rate: Rate;
  /** Where the price was read. */
  readonly source: string;
  /** When it was read: `2026-11`, `2026-11-23`. */
  readonly asOf: string;
}

/** What the carrier charges for the line. */
export interface TelephonyPrice {
  readonly perMinute: number;
  /** A call is charged in steps of so much, in ms, each begun one in full; above 0. @default DEFAULT_TELEPHONY_STEP_MS */
  readonly stepMs?: number;
}

/** Carriers charge each begun minute, unless told otherwise. */
export const DEFAULT_TELEPHONY_STEP_MS = 60_000;

/** Prices in one currency. Nothing in it is added to: make another, `{ ...DEFAULT_PRICES, prices: [mine, …] }`. */
export interface PriceTable {
  /** ISO 4217, such as `USD`. */
  readonly currency: string;
  /** The first one that fits counts. */
  readonly prices: readonly Price[];
  /** @default unknown: the line is reported as unpriced */
  readonly telephony?: TelephonyPrice;
}

/**
 * The prices that are known for certain, and no others: OpenAI's two living transcription models, from its page on
 * models that are shut down. Prices change, and most depend on a contract: give your own.
 */
export const DEFAULT_PRICES: PriceTable = {
  currency: "USD",
  prices: [openAiTranscription("gpt-transcribe", 0.0045), openAiTranscription("gpt-live-transcribe", 0.017)],
};

function openAiTranscription(model: string, price: number): Price {
  return {
    component: "speech-to-text",
    provider: "openai",
    model,
    rate: { per: "minute", price },
    source: "OpenAI, deprecations",
    asOf: "2026-11",
  };
}

/** Of a use that has no price: what it is that has none, and why. */
export interface Unpriced {
  readonly component: ProviderUsage["component"] | "telephony";
  /** Missing for the line: the events do not name its carrier. */
  readonly provider?: string;
  readonly model?: string;
  /** `no-price`: the table has none that fits. `not-measured`: the plug-in did not tell what the rate is charged by. */
  readonly reason: "no-price" | "not-measured";
}

/** What a use cost, or why that is not known. Never 0 for unknown. */
export type Cost =
  | { readonly priced: true; readonly amount: number }
  | { readonly priced: false; readonly reason: Unpriced["reason"] };

/**
 * What a use cost, in the table's currency, not rounded.
 *
 * @example
 * costOf({ component: "speech-to-text", provider: "openai", model: "gpt-transcribe", audioMs: 120_000 }, DEFAULT_PRICES);
 * // { priced: true, amount: 0.009 }
 */
export function costOf(usage: ProviderUsage, { prices }: PriceTable): Cost {
  const price = prices.find(
    ({ component, provider, model }) =>
      component === usage.component && provider === usage.provider && (model === undefined || model === usage.model),
  );
  if (price === undefined) return { priced: false, reason: "no-price" };
  const amount = amountOf(usage, price.rate);
  return amount === undefined ? { priced: false, reason: "not-measured" } : { priced: true, amount };
}

function amountOf(usage: ProviderUsage, rate: Rate): number | undefined {
  switch (rate.per) {
    case "nothing":
      return 0;
    case "minute":
      return usage.audioMs === undefined ? undefined : (usage.audioMs / 60_000) * rate.price;
    case "million-characters":
      return usage.characters === undefined ? undefined : (usage.characters / 1_000_000) * rate.price;
    case "million-tokens":
      return tokenAmount(usage, rate);
  }
}

function tokenAmount(usage: ProviderUsage, rate: Extract<Rate, { per: "million-tokens" }>): number | undefined {
  const { inputTokens, outputTokens, cachedInputTokens = 0 } = usage;
  if (inputTokens === undefined || outputTokens === undefined) return undefined;
  // A provider that counts more cached tokens than tokens is wrong, but must not bring money.
  const cached = Math.min(cachedInputTokens, inputTokens);
  const input = (inputTokens - cached) * rate.input + cached * (rate.cachedInput ?? rate.input);
  return (input + outputTokens * rate.output) / 1_000_000;
}

/** What the line cost: each begun step in full. `undefined` if the table does not say. */
export function telephonyCost(durationMs: number, { telephony }: PriceTable): number | undefined {
  if (telephony === undefined) return undefined;
  const { perMinute, stepMs = DEFAULT_TELEPHONY_STEP_MS } = telephony;
  return (Math.ceil(durationMs / stepMs) * stepMs * perMinute) / 60_000;
}

/**
 * Checks a table that an app gives.
 * @throws BolchaalError `invalid-option`
 */
export function checkedPrices(table: PriceTable): PriceTable {
  const { currency, prices, telephony } = table;
  if (!/^[A-Z]{3}$/u.test(currency)) throw invalid(`The currency "${currency}" is wrong. Give one like "USD".`);
  for (const { provider, model, rate } of prices) {
    const numbers = Object.values(rate).filter((value) => value !== rate.per);
    if (!numbers.every(isAmount)) {
      throw invalid(`The price of ${model ?? provider} is no amount. Give numbers from 0.`);
    }
  }
  if (telephony === undefined) return table;
  const { perMinute, stepMs = DEFAULT_TELEPHONY_STEP_MS } = telephony;
  if (!isAmount(perMinute) || !isAmount(stepMs) || stepMs === 0) {
    throw invalid("The price of the line is wrong. Give perMinute from 0, and stepMs above 0.");
  }
  return table;
}

function isAmount(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

function invalid(message: string): BolchaalError {
  return new BolchaalError(message, { code: "invalid-option", component: "session" });
}
