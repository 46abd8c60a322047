import type { Language } from "../../../spec/index.js";
import { speakingMs } from "./estimate-heard.js";

/**
 * When the caller began, told from when a webhook came. All of this is assumed: Twilio tells of the words, and not of
 * their time.
 */

/** From Twilio's answer on its way until the caller hears the first sound of it, in ms. */
export const FETCH_ALLOWANCE_MS = 300;

/** A webhook is so long on its way, in ms. */
const WEBHOOK_MS = 150;

/** With `auto`, so much silence ends the caller's speech, in ms. */
const AUTO_SPEECH_TIMEOUT_MS = 1_000;

/** A caller takes so long for a key, in ms. */
const KEY_MS = 600;

/** So long the caller has spoken when the first words are known, in ms. */
const FIRST_WORDS_MS = 800;

/** When the caller of a result began to speak. */
export function speechOnset(
  arrivedAtMs: number,
  text: string,
  language: Language,
  speechTimeoutMs: number | "auto",
): number {
  const silenceMs = speechTimeoutMs === "auto" ? AUTO_SPEECH_TIMEOUT_MS : speechTimeoutMs;
  return arrivedAtMs - WEBHOOK_MS - silenceMs - speakingMs(text, language);
}

/** When the caller whose first words have come began to speak. */
export function partialOnset(arrivedAtMs: number): number {
  return arrivedAtMs - WEBHOOK_MS - FIRST_WORDS_MS;
}

/** When the first of some keys was pressed. @param waitedMs Twilio waited so long for a further one. */
export function keysOnset(arrivedAtMs: number, keys: number, waitedMs: number): number {
  return arrivedAtMs - WEBHOOK_MS - waitedMs - Math.max(0, keys - 1) * KEY_MS;
}
