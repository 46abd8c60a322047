/** Every error the library throws or reports has one of these codes. They do not change within a major version. */
export const BOLCHAAL_ERROR_CODES = [
  "invalid-option",
  "missing-dependency",
  "not-authorised",
  "invalid-request",
  "invalid-audio",
  "invalid-flow",
  "provider-failed",
  "provider-timeout",
  "transport-failed",
  "overloaded",
  "session-ended",
  "call-refused",
  "simulation-failed",
  "conformance-failed",
] as const;

/** The code of a {@link BolchaalError}. */
export type BolchaalErrorCode = (typeof BOLCHAAL_ERROR_CODES)[number];

/** The part of a call an error comes from. */
export type Component =
  | "session"
  | "audio"
  | "speech-to-text"
  | "brain"
  | "text-to-speech"
  | "speech-to-speech"
  | "transport"
  | "server"
  | "dialer"
  | "store"
  | "testing"
  | "cli";

export interface BolchaalErrorOptions {
  readonly code: BolchaalErrorCode;
  readonly component: Component;
  /** The plug-in's name, if one is to blame. */
  readonly provider?: string;
  /** The same call may succeed if made again. @default false */
  readonly retryable?: boolean;
  /** The provider asks to be left alone for so long, in ms. No call waits for it. */
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

const marker = Symbol.for("bolchaal.error");

/**
 * The one error family. The message reads `[bolchaal] [component or provider] what happened. What to do.`
 * Test with {@link BolchaalError.isInstance}, which holds across two copies of the package.
 */
export class BolchaalError extends Error {
  readonly [marker] = true;
  override readonly name = "BolchaalError";
  readonly code: BolchaalErrorCode;
  readonly component: Component;
  readonly provider: string | undefined;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;

  /** @param message What happened, and what to do about it. */
  constructor(message: string, options: BolchaalErrorOptions) {
    super(
      `[bolchaal] [${options.provider ?? options.component}] ${message}`,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.code = options.code;
    this.component = options.component;
    this.provider = options.provider;
    this.retryable = options.retryable ?? false;
    this.retryAfterMs = options.retryAfterMs;
  }

  /** Whether `value` is an error of this library, whichever copy of it threw. */
  static isInstance(value: unknown): value is BolchaalError {
    return typeof value === "object" && value !== null && (value as { [marker]?: unknown })[marker] === true;
  }
}
