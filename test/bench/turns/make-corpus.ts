/** Writes the corpus of turns from the patterns: `npx tsx test/bench/turns/make-corpus.ts`. The same each time. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { seededRandom } from "../../../src/testing/twilio-simulator/noise.js";
import { PATTERNS, SLOTS, type TurnKind } from "./patterns.js";

const TURNS_A_SET = 120;
const SETS = ["tuning", "held-out", "later"] as const;

export interface CorpusTurn {
  readonly set: "tuning" | "held-out" | "later";
  /** What is said between the places where a pause may fall. */
  readonly parts: readonly string[];
  /** What such a place is, one fewer than parts: in the middle of a phrase, or behind a clause. */
  readonly places: readonly ("phrase" | "clause")[];
}

function filled(pattern: string, random: () => number): string {
  return pattern.replace(/\{([^}]+)\}/gu, (_, slot: string) => {
    const words = SLOTS[slot];
    if (words === undefined) throw new Error(`No slot {${slot}}.`);
    return words[Math.floor(random() * words.length)] ?? "";
  });
}

function turnOf(pattern: string, set: CorpusTurn["set"], random: () => number): CorpusTurn {
  const text = filled(pattern, random);
  return {
    set,
    parts: text.split(/\s*[~/]\s*/u),
    places: [...text.matchAll(/[~/]/gu)].map(([mark]) => (mark === "~" ? "phrase" : "clause")),
  };
}

const folder = join(import.meta.dirname, "corpus");
mkdirSync(folder, { recursive: true });
for (const [kind, lists] of Object.entries(PATTERNS) as [TurnKind, (typeof PATTERNS)[TurnKind]][]) {
  const random = seededRandom(kind.length * 7919);
  const turns = lists.flatMap((patterns, number) => {
    const set = SETS[number] ?? "later";
    return Array.from({ length: TURNS_A_SET }, (_, at) => turnOf(patterns[at % patterns.length] ?? "", set, random));
  });
  const lines = turns.map((turn) => JSON.stringify(turn)).join(",\n");
  writeFileSync(join(folder, `${kind}.json`), `[\n${lines}\n]\n`);
}
