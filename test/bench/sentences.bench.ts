/**
 * Where sentences end: the 52 English golden rules of pragmatic_segmenter and our own for Hindi and mixed text, each fed
 * whole and one UTF-16 unit at a time; and the time the piece splitter takes, in chunks as a language model gives them.
 */
import { createPieceSplitter, createSentenceSplitter } from "../../src/language/index.js";
import english from "../language/pieces/golden-english.json" with { type: "json" };
import hindi from "../language/pieces/golden-hindi.json" with { type: "json" };
import { machineLine, percentiles, printBars, printTable } from "./report.js";

interface Rule {
  readonly name: string;
  readonly text: string;
  readonly sentences: readonly string[];
}

const CHUNK_UNITS = 40;
const ROUNDS = 200;
const spaced = (texts: readonly string[]) => texts.map((text) => text.replace(/\s+/gu, " ")).join(" | ");

function sentences(chunks: readonly string[]): string[] {
  const splitter = createSentenceSplitter();
  return [...chunks.flatMap((chunk) => splitter.push(chunk)), ...splitter.flush()];
}

function missed(rules: readonly Rule[]): Rule[] {
  return rules.filter(({ text, sentences: expected }) =>
    [[text], text.split("")].some((chunks) => spaced(sentences(chunks)) !== spaced(expected)),
  );
}

console.log(machineLine());
const [wrongEnglish, wrongHindi] = [missed(english.rules), missed(hindi.rules)];

const text = [...english.rules, ...hindi.rules].map((rule) => rule.text).join(" ");
const chunks = Array.from({ length: Math.ceil(text.length / CHUNK_UNITS) }, (_, at) =>
  text.slice(at * CHUNK_UNITS, (at + 1) * CHUNK_UNITS),
);
const pushUs: number[] = [];
let totalMs = 0;
for (let round = 0; round < ROUNDS; round += 1) {
  const splitter = createPieceSplitter();
  for (const chunk of chunks) {
    const startMs = performance.now();
    splitter.push(chunk);
    const tookMs = performance.now() - startMs;
    totalMs += tookMs;
    if (round > 5) pushUs.push(tookMs * 1000);
  }
}
const { p50, p95, p99 } = percentiles(pushUs);
printTable(
  `The piece splitter, ${CHUNK_UNITS} UTF-16 units a push`,
  ["p50", "p95", "p99", "throughput"],
  [
    [
      `${p50.toFixed(1)} µs`,
      `${p95.toFixed(1)} µs`,
      `${p99.toFixed(1)} µs`,
      `${((text.length * ROUNDS) / totalMs / 1000).toFixed(1)} million units/s`,
    ],
  ],
);

const right = (rules: readonly Rule[], wrong: readonly Rule[]) => `${rules.length - wrong.length} of ${rules.length}`;
printBars("Where a sentence ends", [
  {
    what: "English golden rules",
    measured: right(english.rules, wrongEnglish),
    goal: "≥ 98 %",
    met: wrongEnglish.length <= english.rules.length * 0.02,
  },
  {
    what: "Hindi and mixed rules",
    measured: right(hindi.rules, wrongHindi),
    goal: "all of ≥ 60",
    met: wrongHindi.length === 0 && hindi.rules.length >= 60,
  },
]);
for (const { name, text: input } of [...wrongEnglish, ...wrongHindi]) console.log(`missed: ${name}: ${input}`);
