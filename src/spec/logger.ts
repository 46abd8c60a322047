/**
 * Where the library writes what it does. The calls are pino's (`log.info({ callId }, "call started")`), so a pino
 * instance fits as it is. Silent by default.
 */
export interface Logger {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
  /** A logger that adds `fields` to each of its lines. */
  child(fields: LogFields): Logger;
}

/** The structured part of a log line. */
export type LogFields = Readonly<Record<string, unknown>>;
