import { appendFileSync } from "node:fs";
import { cpus } from "node:os";

/** What the figures were measured on. */
export function machineLine(): string {
  const processors = cpus();
  return `${processors[0]?.model ?? "unknown processor"} × ${processors.length}, Node ${process.version}, ${process.platform}`;
}

export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** By the nearest rank. NaN of nothing. */
export function percentiles(samples: readonly number[]): Percentiles {
  const sorted = [...samples].sort((first, second) => first - second);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** Columns as wide as their widest cell. */
export function printTable(title: string, columns: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = columns.map((column, at) => Math.max(column.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd();
  console.log(`\n${title}\n${line(columns)}\n${widths.map((width) => "─".repeat(width)).join("  ")}`);
  for (const row of rows) console.log(line(row));
}

/** One figure against its goal. */
export interface Bar {
  readonly what: string;
  readonly measured: string;
  readonly goal: string;
  readonly met: boolean;
}

/** Where the runner of several benchmarks wants their bars, as lines of JSON. */
export const BARS_FILE_VARIABLE = "BENCH_BARS_FILE";

/** Prints a benchmark's figures against its goals, and hands them to whoever runs several. */
export function printBars(title: string, bars: readonly Bar[]): void {
  printTable(
    title,
    ["", "measured", "goal", ""],
    bars.map(({ what, measured, goal, met }) => [what, measured, goal, met ? "ok" : "MISSED"]),
  );
  const file = process.env[BARS_FILE_VARIABLE];
  if (file !== undefined) appendFileSync(file, bars.map((bar) => `${JSON.stringify({ title, ...bar })}\n`).join(""));
}
