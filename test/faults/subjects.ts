import type { Subject } from "./call.js";
import { OPENAI_HTTP } from "./openai.js";

/** Every provider that is reached over a network. */
export const SUBJECTS: readonly Subject[] = [...OPENAI_HTTP];

/** What the packages behind them load once, before time is counted. */
export async function loadPackages(): Promise<void> {
  await import("openai");
}
