import type { LogFields, Logger } from "../../spec/index.js";

/** A line written to a {@link MemoryLogger}. */
export interface LogLine {
  readonly level: "debug" | "info" | "warn" | "error";
  readonly message: string;
  /** Those of the line and of the loggers it went through. */
  readonly fields: LogFields;
}

/** A logger that keeps what it is told. */
export interface MemoryLogger extends Logger {
  /** All lines so far, its children's included, in order. */
  readonly lines: readonly LogLine[];
}

/** A logger for tests: nothing is printed, every line is kept. */
export function memoryLogger(): MemoryLogger {
  const lines: LogLine[] = [];
  return { ...writingTo(lines, {}), lines };
}

function writingTo(lines: LogLine[], bound: LogFields): Logger {
  const write = (level: LogLine["level"]) => (fields: LogFields, message: string) => {
    lines.push({ level, message, fields: { ...bound, ...fields } });
  };
  return {
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    child: (fields) => writingTo(lines, { ...bound, ...fields }),
  };
}
