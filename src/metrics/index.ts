/**
 * What a call took and what it cost: latencies, use, money; as plain data, as OpenTelemetry spans, as Prometheus metrics.
 * All of it listens to the session's events, and can neither slow nor break a call.
 *
 * @packageDocumentation
 */
export {
  type CallMeter,
  type CallMetrics,
  type CallMetricsOptions,
  callMetrics,
  metricsOf,
  type ResponseTimes,
  type TurnMetrics,
} from "./call-metrics.js";
export {
  DEFAULT_TRACER_NAME,
  type OpenTelemetryOptions,
  openTelemetry,
} from "./open-telemetry.js";
export type {
  OpenTelemetryApi,
  OpenTelemetrySpan,
  OpenTelemetrySpanOptions,
  OpenTelemetryTracer,
} from "./open-telemetry-api.js";
export {
  type Cost,
  checkedPrices,
  costOf,
  DEFAULT_PRICES,
  DEFAULT_TELEPHONY_STEP_MS,
  type Price,
  type PriceTable,
  type Rate,
  type TelephonyPrice,
  telephonyCost,
  type Unpriced,
} from "./prices.js";
export {
  DEFAULT_PROMETHEUS_PREFIX,
  type PrometheusMetrics,
  type PrometheusMetricsOptions,
  prometheusMetrics,
} from "./prometheus.js";
export type {
  PrometheusClient,
  PrometheusCounter,
  PrometheusGauge,
  PrometheusHistogram,
  PrometheusHistogramOptions,
  PrometheusMetricOptions,
  PrometheusRegister,
} from "./prometheus-client.js";
export { DEFAULT_CALL_BUCKETS, DEFAULT_STAGE_BUCKETS } from "./prometheus-metrics.js";
export type { MeteredSession } from "./source.js";
export type { TurnTimes } from "./tally.js";
export type { CostReport, UsageTotal } from "./usage-totals.js";
