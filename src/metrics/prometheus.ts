import type { MetricsEvent, UsageEvent, VoiceEvent } from "../spec/index.js";
import { optionalModule } from "./optional-module.js";
import { checkedPrices, costOf, DEFAULT_PRICES, type PriceTable, telephonyCost } from "./prices.js";
import type { PrometheusClient, PrometheusRegister } from "./prometheus-client.js";
import { type CallsMetrics, createMetrics } from "./prometheus-metrics.js";
import type { MeteredSession } from "./source.js";

/** What the names of the metrics begin with, unless told otherwise. */
export const DEFAULT_PROMETHEUS_PREFIX = "bolchaal_";

/** Of {@link prometheusMetrics}. */
export interface PrometheusMetricsOptions {
  /** Where the metrics go: the app's own registry, to have them all on one page. @default a new one */
  readonly register?: PrometheusRegister;
  /** The package `prom-client`, for those who bundle. @default what is installed */
  readonly client?: PrometheusClient;
  /** @default DEFAULT_PRICES */
  readonly prices?: PriceTable;
  /** @default DEFAULT_PROMETHEUS_PREFIX */
  readonly prefix?: string;
}

/** The metrics of all calls of a process. */
export interface PrometheusMetrics {
  /** Counts a call; give it each session before it starts. @returns a function that undoes it */
  observe(session: MeteredSession): () => void;
  /** All metrics of the registry, in Prometheus' text format. */
  text(): Promise<string>;
  /** The media type of that text. */
  readonly contentType: string;
}

/**
 * Counts calls for Prometheus, with the optional package `prom-client`. Make one for all calls. No label holds a number
 * or a word of a caller; their values are those of the events' own lists, and the names of providers and models.
 *
 * @throws BolchaalError `missing-dependency` without `prom-client`; `invalid-option` when the prices are wrong
 */
export function prometheusMetrics(options: PrometheusMetricsOptions = {}): PrometheusMetrics {
  const { prefix = DEFAULT_PROMETHEUS_PREFIX } = options;
  const prices = checkedPrices(options.prices ?? DEFAULT_PRICES);
  const client = options.client ?? (optionalModule("prom-client") as PrometheusClient);
  const register = options.register ?? new client.Registry();
  const metrics = createMetrics(client, register, prefix);
  return {
    observe: (session) => observe(session, metrics, prices),
    text: () => register.metrics(),
    contentType: register.contentType,
  };
}

function observe(session: MeteredSession, metrics: CallsMetrics, prices: PriceTable): () => void {
  let direction: string | undefined;
  const over = () => {
    if (direction !== undefined) metrics.activeCalls.dec();
    direction = undefined;
  };
  const undo = session.on("*", (event) => {
    if (event.type === "call-start") {
      direction = event.call.direction;
      metrics.activeCalls.inc();
    } else if (event.type === "call-end" && direction !== undefined) {
      metrics.calls.inc({ direction, reason: event.reason });
      metrics.callSeconds.observe({ direction }, event.durationMs / 1000);
      countLine(metrics, event.durationMs, prices);
      over();
    } else count(metrics, event, prices);
  });
  return () => {
    undo();
    over();
  };
}

function count(metrics: CallsMetrics, event: VoiceEvent, prices: PriceTable): void {
  switch (event.type) {
    case "turn-end":
      return metrics.turns.inc({ language: event.language });
    case "metrics":
      return countStages(metrics, event);
    case "barge-in":
      return metrics.interruptions.inc({ reason: event.reason });
    case "error": {
      const { component, provider = "", code } = event;
      return metrics.errors.inc({ component, provider, code });
    }
    case "warning":
      return metrics.warnings.inc({ code: event.code });
    case "usage":
      return countUsage(metrics, event, prices);
  }
}

/** The stages by the names their times have, without `Ms`. */
const STAGES = {
  endpoint: "endpointMs",
  transcription: "transcriptionMs",
  brain: "brainMs",
  "first-piece": "firstPieceMs",
  voice: "voiceMs",
  total: "totalMs",
} as const;

function countStages(metrics: CallsMetrics, event: MetricsEvent): void {
  for (const [stage, time] of Object.entries(STAGES)) {
    const ms = event[time];
    if (ms !== undefined) metrics.stageSeconds.observe({ stage }, ms / 1000);
  }
}

function countUsage(metrics: CallsMetrics, event: UsageEvent, prices: PriceTable): void {
  const { component, provider, model = "", inputTokens, cachedInputTokens, outputTokens, audioMs, characters } = event;
  const maker = { component, provider, model };
  const kinds = { input: inputTokens, "cached-input": cachedInputTokens, output: outputTokens };
  for (const [kind, tokens] of Object.entries(kinds)) {
    if (tokens !== undefined) metrics.tokens.inc({ ...maker, kind }, tokens);
  }
  if (audioMs !== undefined) metrics.heardSeconds.inc(maker, audioMs / 1000);
  if (characters !== undefined) metrics.characters.inc(maker, characters);
  const cost = costOf(event, prices);
  if (cost.priced) metrics.cost.inc({ ...maker, currency: prices.currency }, cost.amount);
  else metrics.unpriced.inc({ ...maker, reason: cost.reason });
}

function countLine(metrics: CallsMetrics, durationMs: number, prices: PriceTable): void {
  const line = { component: "telephony", provider: "", model: "" };
  const amount = telephonyCost(durationMs, prices);
  if (amount === undefined) metrics.unpriced.inc({ ...line, reason: "no-price" });
  else metrics.cost.inc({ ...line, currency: prices.currency }, amount);
}
