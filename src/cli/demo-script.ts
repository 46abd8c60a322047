import type { CallerScript, CallerStep } from "../testing/index.js";

/** One thing the demo's caller says. */
export interface DemoLine {
  readonly say: string;
  readonly language: "en" | "hi";
  /** What the recogniser is to make of it. */
  readonly understoodAs: string;
  /** Said into the agent's words, so long after they have begun, in ms; else the caller hears the agent out first. */
  readonly interruptAfterMs?: number;
}

/** What the demo's caller says: a lead call in two languages, with one interruption and a goodbye. */
export const DEMO_LINES: readonly DemoLine[] = [
  { say: "yes please", language: "en", understoodAs: "yes please" },
  { say: "मैं दिल्ली में रहता हूँ", language: "hi", understoodAs: "main dilli mein rehta hoon" },
  { say: "what is the price", language: "en", understoodAs: "what is the price", interruptAfterMs: 1500 },
  { say: "बहुत महंगा है", language: "hi", understoodAs: "bahut mehenga hai" },
  { say: "about three thousand", language: "en", understoodAs: "about three thousand" },
  { say: "कल सुबह", language: "hi", understoodAs: "kal subah" },
  { say: "हाँ जी", language: "hi", understoodAs: "haan ji" },
  { say: "thank you bye", language: "en", understoodAs: "thank you bye" },
];

/** The lines as a script; behind the last one the agent ends the call. */
export const DEMO_SCRIPT: CallerScript = [...DEMO_LINES.flatMap(stepsOf), { waitForEnd: true }];

function stepsOf({ say, language, interruptAfterMs }: DemoLine): CallerStep[] {
  if (interruptAfterMs !== undefined) return [{ interruptAfterMs, say, language }];
  return [{ waitFor: "agent-silence" }, { say, language }];
}
