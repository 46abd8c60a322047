import type { CallEndEvent, CallStartEvent } from "../spec/index.js";
import { createCallTrace } from "./call-trace.js";
import type { OpenTelemetryApi, OpenTelemetrySpan, OpenTelemetryTracer } from "./open-telemetry-api.js";
import { optionalModule } from "./optional-module.js";
import type { MeteredSession } from "./source.js";
import { known, type SpanError, type SpanSketch } from "./span-sketch.js";

/** The name of the tracer that is asked for, unless one is given. */
export const DEFAULT_TRACER_NAME = "bolchaal";

/** Of {@link openTelemetry}. */
export interface OpenTelemetryOptions {
  /** @default the global provider's, by the name DEFAULT_TRACER_NAME */
  readonly tracer?: OpenTelemetryTracer;
  /** The package `@opentelemetry/api`, for those who bundle. @default what is installed */
  readonly api?: OpenTelemetryApi;
  /** The time of day, in ms since 1970: asked once, when the call starts. @default Date.now */
  readonly wallTime?: () => number;
}

/**
 * Writes a call as OpenTelemetry spans, with the optional package `@opentelemetry/api`: `phone call`, under it each `turn`,
 * under that `speech-to-text`, `chat <model>` and `execute_tool <name>` (by the conventions for generative AI),
 * `text-to-speech` and `playback`. Failures are exceptions on the span they belong to, by their code. No span holds a
 * phone number or a word that was said. Make it in `onSession`: the call's span stands under the span active there.
 *
 * @returns a function that ends the spans and listens no more; behind the end of the call there is no need for it
 * @throws BolchaalError `missing-dependency` without `@opentelemetry/api`
 */
export function openTelemetry(session: MeteredSession, options: OpenTelemetryOptions = {}): () => void {
  const api = options.api ?? (optionalModule("@opentelemetry/api") as OpenTelemetryApi);
  const tracer = options.tracer ?? api.trace.getTracer(DEFAULT_TRACER_NAME);
  const around = api.context.active();
  let call: CallWriter | undefined;
  let lastAtMs = 0;
  const trace = createCallTrace({
    span: (span) => call?.write(span),
    failed: (error) => call?.failed(error),
  });
  const undo = session.on("*", (event) => {
    lastAtMs = event.atMs;
    if (event.type === "call-start") call = startCall(api, tracer, around, event, options.wallTime ?? Date.now);
    trace.note(event);
    if (event.type === "call-end") finish(event);
  });

  function finish(end?: CallEndEvent): void {
    undo();
    trace.close(lastAtMs);
    call?.end(lastAtMs, end);
    call = undefined;
  }

  return () => finish();
}

/** Writes the spans of a call. */
interface CallWriter {
  write(span: SpanSketch): void;
  failed(error: SpanError): void;
  end(atMs: number, event: CallEndEvent | undefined): void;
}

const INTERNAL = 0;
const SERVER = 1;
const CLIENT = 2;
const ERROR = 2;

function startCall(
  api: OpenTelemetryApi,
  tracer: OpenTelemetryTracer,
  around: unknown,
  { atMs, callId, call, language }: CallStartEvent,
  wallTime: () => number,
): CallWriter {
  const zeroMs = wallTime() - atMs;
  const timeOf = (sessionMs: number) => hrTimeOf(zeroMs + sessionMs);
  let turns = 0;
  const span = tracer.startSpan(
    "phone call",
    {
      kind: call.direction === "inbound" ? SERVER : CLIENT,
      startTime: timeOf(atMs),
      attributes: {
        "gen_ai.conversation.id": callId,
        "bolchaal.call.direction": call.direction,
        "bolchaal.language": language,
      },
    },
    around as never,
  );

  function write(sketch: SpanSketch, parent: OpenTelemetrySpan): void {
    const { name, kind, startMs, endMs, attributes, errors, failed, children } = sketch;
    const made = tracer.startSpan(
      name,
      { kind: kind === "client" ? CLIENT : INTERNAL, startTime: timeOf(startMs), attributes: { ...attributes } },
      api.trace.setSpan(around as never, parent as never) as never,
    );
    for (const error of errors) record(made, error);
    for (const child of children) write(child, made);
    if (failed) made.setStatus({ code: ERROR });
    made.end(timeOf(endMs));
  }

  function record(failedSpan: OpenTelemetrySpan, { atMs: failedAtMs, code, component, provider }: SpanError): void {
    const message = provider === undefined ? `${component} failed` : `${component} failed: ${provider}`;
    failedSpan.recordException({ code, message }, timeOf(failedAtMs));
  }

  return {
    write(sketch) {
      if (sketch.name === "turn") turns += 1;
      write(sketch, span);
    },
    failed: (error) => record(span, error),
    end(endAtMs, event) {
      span.setAttributes({ ...known({ "bolchaal.call.end_reason": event?.reason }), "bolchaal.call.turns": turns });
      if (event?.reason === "error" || event?.reason === "transport-lost") {
        span.setAttributes({ "error.type": event.reason });
        span.setStatus({ code: ERROR });
      }
      span.end(timeOf(endAtMs));
    },
  };
}

/** A plain number would be taken for `performance.now()` if it is small: seconds and nanoseconds never are. */
function hrTimeOf(ms: number): [seconds: number, nanoseconds: number] {
  const microseconds = Math.round(ms * 1000);
  return [Math.floor(microseconds / 1_000_000), (microseconds % 1_000_000) * 1000];
}
