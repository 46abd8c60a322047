import { BolchaalError } from "../../errors.js";
import type { Brain, Clock, LanguageModel, SpeechToText, TextToSpeech } from "../../spec/index.js";
import { systemClock } from "../../system-clock.js";
import { brainOf } from "./brain.js";
import { createChain, DEFAULT_FALLBACK_RULES, type FallbackRules } from "./chain.js";
import { languageModelOf } from "./language-model.js";
import { speechToTextOf } from "./speech-to-text.js";
import { textToSpeechOf } from "./text-to-speech.js";

/** Of {@link fallback}. */
export interface FallbackOptions extends Partial<FallbackRules> {
  /** @default the system's clock */
  readonly clock?: Clock;
}

/** What a chain can be made of. */
type Provider = Brain | LanguageModel | SpeechToText | TextToSpeech;

const chains = new WeakSet<object>();

/** Whether it is a chain already. */
export function isFallback(provider: object): boolean {
  return chains.has(provider);
}

/**
 * Several providers of one kind as one, the one liked best first. Where one fails, the next one takes over within the same
 * turn: nothing is said twice, nothing the caller said is lost. How they fare is remembered over all calls, so make it
 * once: who fails again and again is passed over for a while, and then tried with one call.
 *
 * A failure that is got over is a `warning` event. When all fail, the last failure is thrown.
 * @throws BolchaalError `invalid-option` for none, or for different kinds.
 */
export function fallback(providers: readonly SpeechToText[], options?: FallbackOptions): SpeechToText;
export function fallback(providers: readonly TextToSpeech[], options?: FallbackOptions): TextToSpeech;
export function fallback(providers: readonly LanguageModel[], options?: FallbackOptions): LanguageModel;
export function fallback(providers: readonly Brain[], options?: FallbackOptions): Brain;
export function fallback(providers: readonly Provider[], options: FallbackOptions = {}): Provider {
  const { clock = systemClock, ...own } = options;
  const rules = { ...DEFAULT_FALLBACK_RULES, ...own };
  const made = ((): Provider | undefined => {
    if (providers.length === 0) return undefined;
    if (providers.every((each): each is SpeechToText => "doListen" in each))
      return speechToTextOf(createChain("speech-to-text", providers, { firstMs: 1_500, idleMs: 0, ...rules }, clock));
    if (providers.every((each): each is TextToSpeech => "doSpeak" in each))
      return textToSpeechOf(
        createChain("text-to-speech", providers, { firstMs: 1_200, idleMs: 1_000, ...rules }, clock),
      );
    if (providers.every((each): each is LanguageModel => "doGenerate" in each))
      return languageModelOf(createChain("brain", providers, { firstMs: 2_500, idleMs: 2_000, ...rules }, clock));
    if (providers.every((each): each is Brain => "doReply" in each))
      return brainOf(createChain("brain", providers, { firstMs: 2_500, idleMs: 2_000, ...rules }, clock));
    return undefined;
  })();
  if (made === undefined) {
    const message = "A fallback needs providers, all of one kind: speech-to-text, text-to-speech, models or brains.";
    throw new BolchaalError(message, { code: "invalid-option", component: "session" });
  }
  chains.add(made);
  return Object.freeze(made);
}
