import type { Language, TurnDetector } from "../../spec/index.js";

/** How long a caller is silent before the turn is over, in ms, by language. */
export const DEFAULT_TURN_SILENCE_MS: Readonly<Record<Language, number>> = { hi: 700, "hi-en": 800, en: 900 };

/**
 * Ends a turn after a fixed silence, by language.
 * @param silenceMs Changes the defaults: Hindi 700 ms, mixed 800 ms, English 900 ms.
 */
export function silenceTurnDetector(silenceMs: Partial<Record<Language, number>> = {}): TurnDetector {
  const waits = { ...DEFAULT_TURN_SILENCE_MS, ...silenceMs };
  return { specVersion: "v1", name: "silence", silenceMs: ({ language }) => waits[language] };
}
