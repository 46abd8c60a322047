import client from "prom-client";
import { describe, expect, it } from "vitest";
import { type PriceTable, type PrometheusClient, prometheusMetrics } from "../../src/metrics/index.js";
import { optionalModule } from "../../src/metrics/optional-module.js";
import { CALL, call, fakeSession } from "./events.js";

const PRICES: PriceTable = {
  currency: "INR",
  prices: [
    {
      component: "speech-to-text",
      provider: "openai",
      rate: { per: "minute", price: 2.5 },
      source: "a test",
      asOf: "2026-11-23",
    },
  ],
  telephony: { perMinute: 0.5 },
};

/** The samples of a page, by name and labels as they stand there. */
function samplesOf(text: string): Record<string, number> {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.split(" ").at(-1))]),
  );
}

describe("the Prometheus metrics", () => {
  it("count a call", async () => {
    const metrics = prometheusMetrics({ prices: PRICES });
    const { session, tell } = fakeSession();
    metrics.observe(session);
    tell(...CALL.slice(0, -1), [39_000, { type: "warning", code: "provider", message: "the next one took over" }]);
    expect(samplesOf(await metrics.text())).toMatchObject({ bolchaal_active_calls: 1 });
    tell(...CALL.slice(-1));
    const samples = samplesOf(await metrics.text());
    const brain = 'component="brain",provider="openai",model="gpt-6-luna"';
    const ear = 'component="speech-to-text",provider="openai",model="gpt-live-transcribe"';
    const voice = 'component="text-to-speech",provider="sarvam",model="bulbul"';
    expect(samples).toMatchObject({
      bolchaal_active_calls: 0,
      'bolchaal_calls_total{direction="inbound",reason="caller-hangup"}': 1,
      'bolchaal_call_duration_seconds_sum{direction="inbound"}': 40,
      'bolchaal_turns_total{language="hi-en"}': 1,
      'bolchaal_turns_total{language="hi"}': 1,
      'bolchaal_interruptions_total{reason="words"}': 1,
      'bolchaal_errors_total{component="brain",provider="openai",code="provider-failed"}': 1,
      'bolchaal_warnings_total{code="provider"}': 1,
      [`bolchaal_tokens_total{${brain},kind="input"}`]: 2_100,
      [`bolchaal_tokens_total{${brain},kind="cached-input"}`]: 1_600,
      [`bolchaal_tokens_total{${brain},kind="output"}`]: 50,
      [`bolchaal_audio_seconds_total{${ear}}`]: 6,
      [`bolchaal_characters_total{${voice}}`]: 100,
      [`bolchaal_cost_total{${ear},currency="INR"}`]: 0.25,
      'bolchaal_cost_total{component="telephony",provider="",model="",currency="INR"}': 0.5,
      [`bolchaal_unpriced_uses_total{${brain},reason="no-price"}`]: 2,
      [`bolchaal_unpriced_uses_total{${voice},reason="no-price"}`]: 2,
    });
    for (const [stage, seconds, turns] of [
      ["endpoint", 0.9, 2],
      ["transcription", 0.25, 1],
      ["brain", 0.6, 1],
      ["first-piece", 1.1, 2],
      ["voice", 0.4, 2],
      ["total", 2.4, 2],
    ] as const) {
      expect(samples[`bolchaal_turn_stage_seconds_sum{stage="${stage}"}`]).toBeCloseTo(seconds, 9);
      expect(samples[`bolchaal_turn_stage_seconds_count{stage="${stage}"}`]).toBe(turns);
    }
    expect(samples['bolchaal_turn_stage_seconds_bucket{le="1.25",stage="total"}']).toBe(1);
  });

  it("hold no number and no word of the caller", async () => {
    const metrics = prometheusMetrics();
    const { session, tell } = fakeSession();
    metrics.observe(session);
    tell(...CALL);
    const text = await metrics.text();
    for (const word of ["9812345678", "8041234567", "CA1", "Asha", "kamra", "ruko"]) expect(text).not.toContain(word);
    expect(samplesOf(text)).toMatchObject({
      'bolchaal_unpriced_uses_total{component="telephony",provider="",model="",reason="no-price"}': 1,
    });
  });

  it("count the calls that go on, those whose listener is taken away not among them", async () => {
    const metrics = prometheusMetrics();
    const active = async () => samplesOf(await metrics.text()).bolchaal_active_calls;
    const [first, second, third] = [fakeSession(), fakeSession(), fakeSession()];
    const undo = metrics.observe(first.session);
    metrics.observe(second.session);
    const undoUnstarted = metrics.observe(third.session);
    for (const { tell } of [first, second]) tell([0, { type: "call-start", call, language: "en" }]);
    expect(await active()).toBe(2);
    undoUnstarted();
    undo();
    undo();
    expect([await active(), first.listeners.size]).toEqual([1, 0]);
    second.tell([9, { type: "call-end", reason: "silence", durationMs: 9 }]);
    expect(await active()).toBe(0);
  });

  it("stand in the app's own registry, under a prefix, beside its own metrics", async () => {
    const register = new client.Registry();
    new client.Counter({ name: "own_total", help: "The app's.", registers: [register] }).inc(3);
    const metrics = prometheusMetrics({ register, prefix: "phone_", client });
    metrics.observe(fakeSession().session);
    expect(samplesOf(await metrics.text())).toMatchObject({ own_total: 3, phone_active_calls: 0 });
    expect(metrics.contentType).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(await client.register.metrics()).not.toContain("phone_");
  });

  it("can be made twice in a process", () => {
    expect(() => [prometheusMetrics(), prometheusMetrics()]).not.toThrow();
  });

  it("are what prom-client offers", () => {
    const offered: PrometheusClient = client;
    expect(Object.keys(offered)).toEqual(expect.arrayContaining(["Registry", "Counter", "Gauge", "Histogram"]));
  });
});

describe("an optional package", () => {
  it("that is not installed is asked for by name", () => {
    expect(() => optionalModule("bolchaal-has-no-such-package")).toThrow(
      expect.objectContaining({
        code: "missing-dependency",
        message:
          "[bolchaal] [bolchaal-has-no-such-package] The package bolchaal-has-no-such-package is not there. " +
          "Install it: npm install bolchaal-has-no-such-package.",
      }),
    );
  });
});
