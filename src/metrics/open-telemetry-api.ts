/** As much of `@opentelemetry/api` (^1.9) as is used here. */
export interface OpenTelemetryApi {
  readonly trace: {
    getTracer(name: string): OpenTelemetryTracer;
    setSpan(context: never, span: never): unknown;
  };
  readonly context: { active(): unknown };
}

/** A tracer of it. */
export interface OpenTelemetryTracer {
  startSpan(name: string, options: OpenTelemetrySpanOptions, context: never): OpenTelemetrySpan;
}

/** What a span is started with. */
export interface OpenTelemetrySpanOptions {
  /** 0 internal, 1 server, 2 client: `SpanKind`. */
  kind: 0 | 1 | 2;
  /** Seconds since 1970, and nanoseconds. */
  startTime: [seconds: number, nanoseconds: number];
  attributes: Record<string, string | number | boolean>;
}

/** A span of it. */
export interface OpenTelemetrySpan {
  setAttributes(attributes: Record<string, string | number | boolean>): unknown;
  /** 2 is an error: `SpanStatusCode`. */
  setStatus(status: { code: 2; message?: string }): unknown;
  recordException(exception: { code: string; message: string }, time: [seconds: number, nanoseconds: number]): void;
  end(time: [seconds: number, nanoseconds: number]): void;
}
