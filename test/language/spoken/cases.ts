import { readFileSync } from "node:fs";
import type { SpokenOptions } from "../../../src/language/spoken/index.js";

/** One written text and how it is to be said. */
export interface SpokenCase {
  readonly kind: string;
  readonly written: string;
  readonly spoken: string;
  readonly options: SpokenOptions;
}

type Row = readonly [kind: string, voice: "en" | "hi" | "hi-latin", written: string, spoken: string];

const rows = JSON.parse(readFileSync(new URL("./cases.json", import.meta.url), "utf8")) as readonly Row[];

/** All of cases.json. */
export const spokenCases: readonly SpokenCase[] = rows.map(([kind, voice, written, spoken]) => ({
  kind,
  written,
  spoken: spoken.normalize("NFC"),
  options: { language: voice === "en" ? "en" : "hi", script: voice === "hi-latin" ? "latin" : "devanagari" },
}));
