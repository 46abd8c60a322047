/**
 * What kind of utterance it is, against the bars of issue 3: precision and recall of every intent, and the time an
 * utterance takes.
 *
 * All sets were written by the author of the rules, and none of them is recorded speech.
 * - tuning and held-out: the even and the odd lines of utterances.json, written before the rules.
 * - later: three sets written after the rules stood, each judged once and then looked at, to widen the rules, and traps found
 *   by reading the rules, to narrow them. So these three sets print figures of rules that have seen every miss.
 * - unseen: written last. No rule was made for what it missed, and none will be: expect its figures of other callers.
 *   Whoever makes a rule for a miss of it moves all of it to later-utterances.json, and writes a new one.
 */
import { performance } from "node:perf_hooks";
import { callIntent, isBackchannel, isFarewell, isHalfWord, isStopRequest } from "../../src/language/intents/index.js";
import { missesIn, precision, recall, scoresOf, type Utterance, utterancesIn } from "../language/intents/score.js";
import { machineLine, percentiles, printBars, printTable } from "./report.js";

const PRECISION_BAR = 0.97;
const RECALL_BAR = 0.95;
const MOST_MICROSECONDS = 20;
const ROUNDS = 200;

const share = (value: number) => value.toFixed(3);
const verdict = (holds: boolean) => (holds ? "PASS" : "FAIL");

const written = utterancesIn("utterances.json");
const later = utterancesIn("later-utterances.json");
const unseen = utterancesIn("unseen-utterances.json");
const sets: readonly (readonly [string, readonly Utterance[]])[] = [
  ["tuning", written.filter((_, at) => at % 2 === 0)],
  ["held-out", written.filter((_, at) => at % 2 === 1)],
  ["later", later],
  ["unseen", unseen],
];

console.log(machineLine());
for (const [name, utterances] of sets) {
  printTable(
    `${name}: ${utterances.length} utterances, ${utterances.filter(({ intent }) => intent === "none").length} of them no intent`,
    ["", "cases", "precision", "recall", `≥ ${PRECISION_BAR} / ${RECALL_BAR}`],
    scoresOf(utterances).map((score) => [
      score.label,
      String(score.right + score.missed),
      share(precision(score)),
      share(recall(score)),
      verdict(precision(score) >= PRECISION_BAR && recall(score) >= RECALL_BAR),
    ]),
  );
  for (const { text, question, want, got } of missesIn(utterances))
    console.log(`  ${question}: "${text}" is ${want}, told ${got}`);
}

const texts = [...written, ...later, ...unseen].map(({ text }) => text);
const questions = { callIntent, isFarewell, isBackchannel, isStopRequest, isHalfWord };
printTable(
  `time an utterance, ${texts.length} utterances × ${ROUNDS}, µs`,
  ["", "p50", "p95", "p99", `p95 ≤ ${MOST_MICROSECONDS}`],
  Object.entries(questions).map(([name, ask]) => {
    const { p50, p95, p99 } = percentiles(microseconds(ask));
    return [name, p50.toFixed(1), p95.toFixed(1), p99.toFixed(1), verdict(p95 <= MOST_MICROSECONDS)];
  }),
);

const figures = (utterances: readonly Utterance[]) => scoresOf(utterances).find(({ label }) => label === "all intents");
printBars(
  "What the words want of the call",
  (["held-out", "unseen"] as const).map((name) => {
    const score = figures(sets.find(([each]) => each === name)?.[1] ?? []);
    const [found, whole] = score === undefined ? [0, 0] : [precision(score), recall(score)];
    return {
      what: `${name}: precision, recall of all intents`,
      measured: `${share(found)}, ${share(whole)}`,
      goal: `≥ ${PRECISION_BAR}, ≥ ${RECALL_BAR}`,
      met: found >= PRECISION_BAR && whole >= RECALL_BAR,
    };
  }),
);

/** The time of every call in every round after the first, which warms up. */
function microseconds(ask: (text: string) => unknown): number[] {
  for (const text of texts) ask(text);
  return Array.from({ length: ROUNDS }).flatMap(() =>
    texts.map((text) => {
      const begin = performance.now();
      ask(text);
      return 1000 * (performance.now() - begin);
    }),
  );
}
