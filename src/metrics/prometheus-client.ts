/** What a metric is made from, as `prom-client` takes it. */
export interface PrometheusMetricOptions {
  readonly name: string;
  readonly help: string;
  labelNames: string[];
  registers: never[];
}

/** The same, of a histogram. */
export interface PrometheusHistogramOptions extends PrometheusMetricOptions {
  buckets: number[];
}

/** A registry of `prom-client`. */
export interface PrometheusRegister {
  /** All metrics as text. */
  metrics(): Promise<string>;
  /** The media type of that text. */
  readonly contentType: string;
}

/** As much of `prom-client` (^15) as is used here. */
export interface PrometheusClient {
  readonly Registry: new () => PrometheusRegister;
  readonly Counter: new (options: PrometheusMetricOptions) => PrometheusCounter;
  readonly Gauge: new (options: PrometheusMetricOptions) => PrometheusGauge;
  readonly Histogram: new (options: PrometheusHistogramOptions) => PrometheusHistogram;
}

/** A number that grows. */
export interface PrometheusCounter {
  inc(labels: Record<string, string>, value?: number): void;
}

/** A number that goes up and down. */
export interface PrometheusGauge {
  inc(): void;
  dec(): void;
}

/** How often a value lay where. */
export interface PrometheusHistogram {
  observe(labels: Record<string, string>, value: number): void;
}
