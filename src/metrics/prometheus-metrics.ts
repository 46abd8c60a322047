import type { PrometheusClient, PrometheusMetricOptions, PrometheusRegister } from "./prometheus-client.js";

/** Where the seconds of a turn are counted apart: fine where a caller feels it, up to where the session gives up. */
export const DEFAULT_STAGE_BUCKETS: readonly number[] = [
  0.025, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.25, 1.5, 2, 3, 5, 10,
];

/** Where the seconds of a call are counted apart: up to half an hour, a call's longest unless told otherwise. */
export const DEFAULT_CALL_BUCKETS: readonly number[] = [5, 10, 20, 30, 60, 120, 180, 300, 600, 900, 1_800];

/** The metrics of all calls. Their names and labels are an interface: dashboards and alarms are built on them. */
export function createMetrics(client: PrometheusClient, register: PrometheusRegister, prefix: string) {
  const common = (name: string, help: string, labelNames: string[] = []): PrometheusMetricOptions => ({
    name: `${prefix}${name}`,
    help,
    labelNames,
    // Ours is the structural type, `prom-client`'s the class: it takes its own registries only.
    registers: [register] as never[],
  });
  const counter = (...definition: Parameters<typeof common>) => new client.Counter(common(...definition));
  const maker = ["component", "provider", "model"];
  return {
    activeCalls: new client.Gauge(common("active_calls", "Calls that are going on.")),
    calls: counter("calls_total", "Calls that are over, by why they ended.", ["direction", "reason"]),
    callSeconds: new client.Histogram({
      ...common("call_duration_seconds", "How long calls were.", ["direction"]),
      buckets: [...DEFAULT_CALL_BUCKETS],
    }),
    turns: counter("turns_total", "Turns of callers.", ["language"]),
    stageSeconds: new client.Histogram({
      ...common("turn_stage_seconds", "How long the stages of a turn took; `total` is what the caller waits.", [
        "stage",
      ]),
      buckets: [...DEFAULT_STAGE_BUCKETS],
    }),
    interruptions: counter("interruptions_total", "Replies that callers interrupted, by what with.", ["reason"]),
    errors: counter("errors_total", "Failures of parts of a call.", ["component", "provider", "code"]),
    warnings: counter("warnings_total", "Failures that were got over, and other things amiss.", ["code"]),
    tokens: counter("tokens_total", "Tokens used. `cached-input` is among `input`.", [...maker, "kind"]),
    heardSeconds: counter("audio_seconds_total", "Sound that was sent to be understood.", maker),
    characters: counter("characters_total", "Text that was sent to be spoken.", maker),
    cost: counter("cost_total", "What has a price, at that price.", [...maker, "currency"]),
    unpriced: counter("unpriced_uses_total", "Uses that have no price, and are not in the cost.", [...maker, "reason"]),
  };
}

/** Those of {@link createMetrics}. */
export type CallsMetrics = ReturnType<typeof createMetrics>;
