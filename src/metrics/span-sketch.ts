import type { ErrorEvent } from "../spec/index.js";

/** What is told of a span beside its times. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** A failure in a span: no message, for one may hold words of the caller. */
export interface SpanError {
  readonly atMs: number;
  readonly code: string;
  readonly component: string;
  readonly provider?: string;
}

/** A span that is over, in the session's time. */
export interface SpanSketch {
  readonly name: string;
  /** `client`: somebody else did the work. */
  readonly kind: "internal" | "client";
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: SpanAttributes;
  readonly errors: readonly SpanError[];
  /** It came to nothing. */
  readonly failed: boolean;
  readonly children: readonly SpanSketch[];
}

/** A span with no children and no failures, unless told otherwise; it never ends before it starts. */
export function sketch(
  span: Pick<SpanSketch, "name" | "startMs" | "endMs" | "attributes"> & Partial<SpanSketch>,
): SpanSketch {
  const errors = span.errors ?? [];
  return {
    kind: "internal",
    failed: errors.length > 0,
    children: [],
    ...span,
    errors,
    endMs: Math.max(span.startMs, span.endMs),
  };
}

/** Leaves out what is not known. */
export function known(attributes: Readonly<Record<string, string | number | boolean | undefined>>): SpanAttributes {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

export function spanError({ atMs, code, component, provider }: ErrorEvent): SpanError {
  return { atMs, code, component, ...(provider === undefined ? {} : { provider }) };
}
