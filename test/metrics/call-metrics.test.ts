import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { callMetrics, metricsOf, type PriceTable } from "../../src/metrics/index.js";
import { percentile } from "../../src/metrics/percentile.js";
import type { ProviderUsage } from "../../src/spec/index.js";
import { wholeCall } from "../session/whole-call.js";
import { CALL, eventsOf, fakeSession, type Note } from "./events.js";

const price = { source: "a test", asOf: "2026-11-23" };
const PRICES: PriceTable = {
  currency: "INR",
  prices: [
    { ...price, component: "speech-to-text", provider: "openai", rate: { per: "minute", price: 2.5 } },
    {
      ...price,
      component: "brain",
      provider: "openai",
      rate: { per: "million-tokens", input: 100, cachedInput: 50, output: 1_000 },
    },
  ],
  telephony: { perMinute: 0.5 },
};
const brain = { component: "brain", provider: "openai", model: "gpt-6-luna" } as const;
const voice = { component: "text-to-speech", provider: "sarvam", model: "bulbul" } as const;
const ear = { component: "speech-to-text", provider: "openai", model: "gpt-live-transcribe" } as const;

describe("the metrics of a call", () => {
  const metrics = metricsOf(eventsOf(CALL), { prices: PRICES });

  it("say how long it was, who spoke for how long, and how it went", () => {
    expect(metrics).toMatchObject({
      callId: "CA1",
      durationMs: 40_000,
      endReason: "caller-hangup",
      interruptions: 1,
      errors: 1,
      callerSpeechMs: 3_300,
      // The greeting, the answer until it was cut, and the last one by the clock: nobody told how much of it was played.
      agentSpeechMs: 2_900 + 4_600 + 25_910,
      responseMs: { p50: 1_100, p95: 1_300, longest: 1_300 },
    });
  });

  it("say what was used, the greeting included", () => {
    expect(metrics.usage).toEqual([
      { ...voice, characters: 100, uses: 2 },
      { ...ear, audioMs: 6_000, uses: 1 },
      { ...brain, inputTokens: 2_100, cachedInputTokens: 1_600, outputTokens: 50, uses: 2 },
    ]);
  });

  it("say what it cost, and of what that is not known", () => {
    const { amount, ...rest } = metrics.cost;
    // 6 s heard; 500 tokens, 1,600 cached, 50 written; one begun minute of the line.
    expect(amount).toBeCloseTo(0.25 + (500 * 100 + 1_600 * 50 + 50 * 1_000) / 1_000_000 + 0.5, 12);
    expect(rest).toEqual({ currency: "INR", unpriced: [{ ...voice, reason: "no-price" }] });
  });

  it("list the turns, each with its times, its use and its cost", () => {
    expect(metrics.turns).toMatchObject([
      {
        turnId: 1,
        language: "hi-en",
        interrupted: true,
        times: {
          endpointMs: 400,
          transcriptionMs: 250,
          brainMs: 600,
          firstPieceMs: 700,
          voiceMs: 200,
          totalMs: 1_300,
          playbackStartMs: 900,
        },
        usage: [{ ...ear }, { ...brain, uses: 2 }, { ...voice, characters: 60, uses: 1 }],
        cost: { currency: "INR", unpriced: [{ ...voice, reason: "no-price" }] },
      },
      {
        turnId: 2,
        language: "hi",
        interrupted: false,
        times: { endpointMs: 500, firstPieceMs: 400, voiceMs: 200, totalMs: 1_100, playbackStartMs: 600 },
        usage: [],
        cost: { currency: "INR", amount: 0, unpriced: [] },
      },
    ]);
    expect(metrics.turns[1]?.times).not.toHaveProperty("brainMs");
  });

  it("name the line among what has no price, and every provider the default table does not know", () => {
    expect(metricsOf(eventsOf(CALL)).cost).toEqual({
      currency: "USD",
      amount: (6_000 / 60_000) * 0.017,
      unpriced: [
        { ...voice, reason: "no-price" },
        { ...brain, reason: "no-price" },
        { component: "telephony", reason: "no-price" },
      ],
    });
  });

  it("hold no word that was said, and no number", () => {
    const text = JSON.stringify(metrics);
    for (const word of ["Namaste", "kamra", "ruko", "Asha", "9812345678"]) expect(text).not.toContain(word);
  });
});

describe("a use that was not measured", () => {
  it("is named, though the others of its model have a price", () => {
    const notes: Note[] = [
      [0, { type: "usage", turnId: 0, ...ear, audioMs: 60_000 }],
      [1, { type: "usage", turnId: 0, ...ear }],
    ];
    expect(metricsOf(eventsOf(notes), { prices: PRICES }).cost).toEqual({
      currency: "INR",
      amount: 2.5,
      unpriced: [{ ...ear, reason: "not-measured" }],
    });
  });
});

describe("a turn that is taken up again", () => {
  it("is one turn, measured from its second end", () => {
    const notes: Note[] = [
      [1_000, { type: "turn-end", turnId: 1, text: "book", language: "en", waitedMs: 300 }],
      [1_000, { type: "reply-start", turnId: 1, generation: 1, kind: "answer" }],
      [2_000, { type: "turn-end", turnId: 1, text: "book it", language: "en", waitedMs: 300 }],
      [2_000, { type: "reply-start", turnId: 1, generation: 2, kind: "answer" }],
      [2_700, { type: "playback-start", turnId: 1, generation: 2 }],
    ];
    expect(metricsOf(eventsOf(notes)).turns.map(({ turnId, times }) => [turnId, times])).toEqual([
      [1, { playbackStartMs: 700 }],
    ]);
  });

  it("keeps its first times when the answer goes on after a false alarm", () => {
    const notes: Note[] = [
      [1_000, { type: "turn-end", turnId: 1, text: "book", language: "en", waitedMs: 300 }],
      [1_500, { type: "metrics", turnId: 1, totalMs: 800, voiceMs: 100 }],
      [9_000, { type: "metrics", turnId: 1, totalMs: 8_300, voiceMs: 50, brainMs: 1 }],
    ];
    expect(metricsOf(eventsOf(notes)).turns[0]?.times).toEqual({ totalMs: 800, voiceMs: 100, brainMs: 1 });
  });
});

describe("callMetrics", () => {
  it("counts as the call goes, and says the same as the events that were kept", () => {
    const { session, tell, listeners } = fakeSession();
    const meter = callMetrics(session, { prices: PRICES });
    expect(meter.metrics()).toMatchObject({ callId: "", durationMs: 0, turns: [], cost: { amount: 0, unpriced: [] } });
    tell(...CALL.slice(0, 4));
    expect(meter.metrics()).toMatchObject({ callId: "CA1", durationMs: 200, turns: [] });
    expect(meter.metrics()).not.toHaveProperty("endReason");
    tell(...CALL.slice(4));
    expect(meter.metrics()).toEqual(metricsOf(eventsOf(CALL), { prices: PRICES }));
    meter.stop();
    expect(listeners.size).toBe(0);
  });

  it("refuses prices that are none", () => {
    const { session, listeners } = fakeSession();
    expect(() => callMetrics(session, { prices: { currency: "rupees", prices: [] } })).toThrow("currency");
    expect(listeners.size).toBe(0);
  });

  it("measures a real call", async () => {
    const { events } = await wholeCall([
      { pauseMs: 300 },
      { say: "hello there" },
      { waitFor: "agent-silence" },
      { hangUp: true },
    ]);
    const metrics = metricsOf(events);
    const [turn] = metrics.turns;
    expect(metrics).toMatchObject({ endReason: "caller-hangup", interruptions: 0, errors: 0 });
    expect(metrics.turns).toHaveLength(1);
    expect(turn?.times.totalMs).toBe((turn?.times.endpointMs ?? 0) + (turn?.times.playbackStartMs ?? 0));
    expect(metrics.responseMs?.p50).toBe(turn?.times.totalMs);
    expect(metrics.cost.unpriced.map(({ component }) => component)).toContain("telephony");
    expect(metrics.callerSpeechMs + metrics.agentSpeechMs).toBeLessThan(metrics.durationMs);
    expect(metrics.callerSpeechMs).toBeGreaterThan(0);
    expect(metrics.agentSpeechMs).toBeGreaterThan(0);
  });
});

describe("totals", () => {
  it("lose nothing, whatever the order", () => {
    const usage: fc.Arbitrary<ProviderUsage> = fc.record(
      {
        component: fc.constantFrom("brain", "text-to-speech"),
        provider: fc.constantFrom("a", "b"),
        model: fc.constantFrom("m", "n"),
        inputTokens: fc.nat(),
        characters: fc.nat(),
      },
      { requiredKeys: ["component", "provider"] },
    );
    const sum = (list: readonly ProviderUsage[], measure: "inputTokens" | "characters") =>
      list.reduce((total, one) => total + (one[measure] ?? 0), 0);
    fc.assert(
      fc.property(fc.array(usage), (uses) => {
        const notes = uses.map((one, index): Note => [index, { type: "usage", turnId: 1, ...one }]);
        const totals = metricsOf(eventsOf(notes)).usage;
        for (const total of totals) {
          const own = uses.filter(
            ({ component, provider, model }) =>
              component === total.component && provider === total.provider && model === total.model,
          );
          expect(total.uses).toBe(own.length);
          for (const measure of ["inputTokens", "characters"] as const) {
            const told = own.some((one) => one[measure] !== undefined);
            expect(total[measure]).toBe(told ? sum(own, measure) : undefined);
          }
        }
        expect(totals.reduce((total, one) => total + one.uses, 0)).toBe(uses.length);
      }),
    );
  });
});

describe("percentile", () => {
  it.each([
    [[], 0.5, undefined],
    [[7], 0.95, 7],
    [[3, 1, 2], 0.5, 2],
    [[4, 1, 3, 2], 0.5, 2],
    [Array.from({ length: 100 }, (_, index) => 100 - index), 0.95, 95],
    [[5, 9], 1, 9],
  ])("of %j at %d is %s", (values, share, expected) => {
    expect(percentile(values, share)).toBe(expected);
  });
});
