/**
 * What the agent does when somebody or something is heard while it speaks, over the simulated carrier: 54 to 56 cases
 * each of real interruptions, backchannels, noises, talk behind the caller, the agent's own echo and keys. Whole calls
 * with the built-in voice activity detector and the session's defaults, on the virtual clock: the same in every run.
 */
import { type CaseClass, interruptionCases } from "./interruptions/cases.js";
import { type Outcome, play, WIRE_LATENCY_MS } from "./interruptions/play.js";
import { FINAL_LAG_MS, INTERIM_LAG_MS } from "./interruptions/stand-ins.js";
import { machineLine, percentiles, printBars, printTable } from "./report.js";

const LATEST_YIELD_MS = 2000;
const only = process.argv[2];

const outcomes: Outcome[] = [];
for (const interruption of interruptionCases()) {
  if (only === undefined || interruption.class === only) outcomes.push(await play(interruption));
}

const of = (kind: CaseClass) => outcomes.filter((outcome) => outcome.case.class === kind);
const share = (part: number, whole: number) => part / Math.max(1, whole);
const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
const ms = (value: number | undefined) =>
  value === undefined || Number.isNaN(value) ? "–" : `${Math.round(value)} ms`;
const yielded = (outcome: Outcome) => outcome.yieldedMs !== undefined && outcome.yieldedMs <= LATEST_YIELD_MS;

console.log(machineLine());
console.log(
  `A recogniser that writes each word ${INTERIM_LAG_MS} ms after its end and the final ${FINAL_LAG_MS} ms after the speech; ${WIRE_LATENCY_MS} ms of wire each way.`,
);

const real = of("interruption");
const yields = real.flatMap(({ yieldedMs }) => (yieldedMs === undefined ? [] : [yieldedMs]));
const yieldRate = share(real.filter(yielded).length, real.length);
const meanYieldMs = yields.reduce((sum, value) => sum + value, 0) / Math.max(1, yields.length);
const spokenOver = [...real, ...of("backchannel")];
const duckedMs = percentiles(
  spokenOver.flatMap((outcome) => (outcome.duckedMs === undefined ? [] : [outcome.duckedMs])),
);

printTable(
  "Over the agent's voice",
  ["class", "cases", "went on", "yielded ≤ 2 s", "yield mean", "p95", "ducked p50", "p95", "stood still, mean", "p95"],
  (["interruption", "backchannel", "noise", "background", "echo", "dtmf"] as const).map((kind) => {
    const all = of(kind);
    const times = percentiles(all.flatMap(({ yieldedMs }) => (yieldedMs === undefined ? [] : [yieldedMs])));
    const ducks = percentiles(all.flatMap((outcome) => (outcome.duckedMs === undefined ? [] : [outcome.duckedMs])));
    const still = all.filter(({ wentOn }) => wentOn).map(({ stoodStillMs }) => stoodStillMs);
    const mean = all.flatMap(({ yieldedMs }) => (yieldedMs === undefined ? [] : [yieldedMs]));
    return [
      kind,
      `${all.length}`,
      percent(share(all.filter(({ wentOn }) => wentOn).length, all.length)),
      percent(share(all.filter(yielded).length, all.length)),
      ms(mean.length === 0 ? undefined : mean.reduce((sum, value) => sum + value, 0) / mean.length),
      ms(times.p95),
      ms(ducks.p50),
      ms(ducks.p95),
      ms(still.reduce((sum, value) => sum + value, 0) / Math.max(1, still.length)),
      ms(percentiles(still).p95),
    ];
  }),
);

const ignored = (kinds: readonly CaseClass[]) => {
  const all = kinds.flatMap(of);
  return share(all.filter(({ wentOn }) => wentOn).length, all.length);
};
const stale = outcomes.reduce((sum, { staleFrames }) => sum + staleFrames, 0);
const bar = (what: string, measured: string, goal: string, met: boolean) => ({ what, measured, goal, met });
const wentOn = (what: string, kind: CaseClass) =>
  bar(what, percent(ignored([kind])), "≥ 95 %", ignored([kind]) >= 0.95);
printBars("Over the agent's voice", [
  bar("real interruptions yielded to within 2 s", percent(yieldRate), "≥ 99 %", yieldRate >= 0.99),
  bar("… at a mean latency of", ms(meanYieldMs), "≤ 420 ms", meanYieldMs <= 420),
  wentOn("backchannels ignored", "backchannel"),
  wentOn("noises ignored", "noise"),
  wentOn("talk behind the caller ignored", "background"),
  wentOn("the agent's echo ignored", "echo"),
  wentOn("keys ignored", "dtmf"),
  bar("ducked after the onset of a voice, p95", ms(duckedMs.p95), "≤ 120 ms", duckedMs.p95 <= 120),
  bar("stale frames", `${stale}`, "0", stale === 0),
]);

const missed = outcomes.filter((outcome) =>
  outcome.case.class === "interruption" ? !yielded(outcome) : !outcome.wentOn,
);
if (missed.length > 0) {
  printTable(
    "The cases that went wrong",
    ["class", "case", "after"],
    missed.map((outcome) => [outcome.case.class, outcome.case.name, ms(outcome.yieldedMs)]),
  );
}
