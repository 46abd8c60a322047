import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkedPrices,
  costOf,
  DEFAULT_PRICES,
  type PriceTable,
  type Rate,
  telephonyCost,
} from "../../src/metrics/index.js";
import type { ProviderUsage } from "../../src/spec/index.js";

const row = { component: "brain", provider: "acme", source: "a test", asOf: "2026-11-23" } as const;
const table = (rate: Rate, component: ProviderUsage["component"] = "brain"): PriceTable => ({
  currency: "USD",
  prices: [{ ...row, component, rate }],
});
const tokens: Rate = { per: "million-tokens", input: 2, output: 8 };
const brain = { component: "brain", provider: "acme" } as const;

describe("costOf", () => {
  it.each<[string, ProviderUsage, Rate, number]>([
    ["tokens", { ...brain, inputTokens: 500_000, outputTokens: 250_000 }, tokens, 3],
    [
      "cached tokens at their own price",
      { ...brain, inputTokens: 500_000, cachedInputTokens: 400_000, outputTokens: 0 },
      { ...tokens, cachedInput: 0.5 },
      0.4,
    ],
    [
      "cached tokens as any other, where they have none",
      { ...brain, inputTokens: 500_000, cachedInputTokens: 400_000, outputTokens: 0 },
      tokens,
      1,
    ],
    [
      "more cached tokens than tokens as if all were",
      { ...brain, inputTokens: 100_000, cachedInputTokens: 400_000, outputTokens: 0 },
      { ...tokens, cachedInput: 1 },
      0.1,
    ],
    ["minutes", { ...brain, audioMs: 90_000 }, { per: "minute", price: 0.5 }, 0.75],
    ["characters", { ...brain, characters: 250_000 }, { per: "million-characters", price: 16 }, 4],
    ["nothing", brain, { per: "nothing" }, 0],
    ["0 minutes, which is known", { ...brain, audioMs: 0 }, { per: "minute", price: 0.5 }, 0],
  ])("charges %s", (_name, usage, rate, amount) => {
    expect(costOf(usage, table(rate))).toEqual({ priced: true, amount });
  });

  it.each<[string, ProviderUsage, Rate]>([
    ["tokens of an answer without a count", brain, tokens],
    ["tokens with half the count", { ...brain, inputTokens: 10 }, tokens],
    ["minutes nobody measured", { ...brain, inputTokens: 1, outputTokens: 1 }, { per: "minute", price: 1 }],
    ["characters nobody counted", { ...brain, audioMs: 1 }, { per: "million-characters", price: 1 }],
  ])("does not know the price of %s", (_name, usage, rate) => {
    expect(costOf(usage, table(rate))).toEqual({ priced: false, reason: "not-measured" });
  });

  it.each<[string, ProviderUsage]>([
    ["another provider", { ...brain, provider: "other", audioMs: 1 }],
    ["another component", { ...brain, component: "speech-to-text", audioMs: 1 }],
  ])("has no price for %s", (_name, usage) => {
    expect(costOf(usage, table({ per: "minute", price: 1 }))).toEqual({ priced: false, reason: "no-price" });
  });

  it("takes the first price that fits: the model's own before the provider's", () => {
    const prices: PriceTable = {
      currency: "USD",
      prices: [
        { ...row, model: "big", rate: { per: "minute", price: 2 } },
        { ...row, rate: { per: "minute", price: 1 } },
        { ...row, model: "small", rate: { per: "minute", price: 0.5 } },
      ],
    };
    const amounts = ["big", "small", undefined].map((model) =>
      costOf({ ...brain, audioMs: 60_000, ...(model === undefined ? {} : { model }) }, prices),
    );
    expect(amounts).toEqual([2, 1, 1].map((amount) => ({ priced: true, amount })));
  });

  it("knows what two minutes of OpenAI's transcription cost, and no model it has not been told of", () => {
    const heard = { component: "speech-to-text", provider: "openai", audioMs: 120_000 } as const;
    expect(costOf({ ...heard, model: "gpt-transcribe" }, DEFAULT_PRICES)).toEqual({ priced: true, amount: 0.009 });
    expect(costOf({ ...heard, model: "gpt-live-transcribe" }, DEFAULT_PRICES)).toEqual({ priced: true, amount: 0.034 });
    expect(costOf({ ...heard, model: "whisper-1" }, DEFAULT_PRICES)).toEqual({ priced: false, reason: "no-price" });
    expect(costOf(heard, DEFAULT_PRICES)).toEqual({ priced: false, reason: "no-price" });
  });

  it("never pays out, and never costs less for more", () => {
    const count = fc.nat(10_000_000);
    const price = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(count, count, count, price, price, price, count, (input, cached, output, a, b, c, more) => {
        const prices = table({ per: "million-tokens", input: a, output: b, cachedInput: c });
        const cost = (inputTokens: number) =>
          costOf({ ...brain, inputTokens, cachedInputTokens: Math.min(cached, input), outputTokens: output }, prices);
        const [less, greater] = [cost(input), cost(input + more)];
        if (!less.priced || !greater.priced) throw new Error("has a price");
        expect(less.amount).toBeGreaterThanOrEqual(0);
        expect(greater.amount - less.amount).toBeGreaterThanOrEqual(-1e-9);
      }),
    );
  });
});

describe("telephonyCost", () => {
  const line = (stepMs?: number): PriceTable => ({
    currency: "USD",
    prices: [],
    telephony: { perMinute: 0.5, ...(stepMs === undefined ? {} : { stepMs }) },
  });

  it.each([
    [0, undefined, 0],
    [1, undefined, 0.5],
    [60_000, undefined, 0.5],
    [60_001, undefined, 1],
    [90_000, 1_000, 0.75],
  ])("of %i ms in steps of %s ms is %d", (durationMs, stepMs, amount) => {
    expect(telephonyCost(durationMs, line(stepMs))).toBe(amount);
  });

  it("is unknown where the table does not say", () => {
    expect(telephonyCost(60_000, DEFAULT_PRICES)).toBeUndefined();
  });
});

describe("checkedPrices", () => {
  it.each<[string, PriceTable]>([
    ["a currency", { currency: "rupees", prices: [] }],
    ["a price below 0", table({ per: "minute", price: -1 })],
    ["a price that is no number", table({ per: "million-tokens", input: Number.NaN, output: 1 })],
    ["a step of 0", { currency: "USD", prices: [], telephony: { perMinute: 1, stepMs: 0 } }],
    ["a line that pays", { currency: "USD", prices: [], telephony: { perMinute: -1 } }],
  ])("refuses %s", (_name, prices) => {
    expect(() => checkedPrices(prices)).toThrow(expect.objectContaining({ code: "invalid-option" }));
  });

  it("lets the others through", () => {
    const prices = { ...table(tokens), telephony: { perMinute: 0 } };
    expect(checkedPrices(prices)).toBe(prices);
    expect(checkedPrices(table({ per: "nothing" }))).toBeDefined();
  });
});
