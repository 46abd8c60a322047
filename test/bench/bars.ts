/**
 * Every bar of the conversation: turns, interruptions, language, sentences, intents, spoken forms. Runs their benchmarks
 * one after another, each in a process of its own, and prints all figures against their goals in one table. Ends with 1
 * if one is missed. `npm run bars -- --verbose` prints the benchmarks' own tables too.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BARS_FILE_VARIABLE, type Bar, machineLine, printTable } from "./report.js";

const BENCHMARKS = ["turns", "interruptions", "language", "sentences", "spoken", "intents"];
const verbose = process.argv.includes("--verbose");

const folder = mkdtempSync(join(tmpdir(), "bars-"));
const file = join(folder, "bars.jsonl");
console.log(machineLine());
let failed = false;
for (const name of BENCHMARKS) {
  const startMs = performance.now();
  process.stderr.write(`${name} …`);
  const { status } = spawnSync(process.execPath, ["--import", "tsx", join(import.meta.dirname, `${name}.bench.ts`)], {
    stdio: ["ignore", verbose ? "inherit" : "ignore", "inherit"],
    env: { ...process.env, [BARS_FILE_VARIABLE]: file },
  });
  process.stderr.write(` ${Math.round((performance.now() - startMs) / 1000)} s${status === 0 ? "" : ", failed"}\n`);
  failed ||= status !== 0;
}
const bars = readFileSync(file, "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Bar & { readonly title: string });
rmSync(folder, { recursive: true });
printTable(
  "The conversation against its goals",
  ["", "", "measured", "goal", ""],
  bars.map(({ title, what, measured, goal, met }, index) => [
    bars[index - 1]?.title === title ? "" : title,
    what,
    measured,
    goal,
    met ? "ok" : "MISSED",
  ]),
);
process.exitCode = failed || bars.some(({ met }) => !met) ? 1 : 0;
