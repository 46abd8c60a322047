import { language, matching, seconds, webAddress, wholeNumber } from "./check.js";
import { element, invalid } from "./element.js";
import { type PromptVerb, promptElement } from "./prompt.js";

/** Twilio takes so many hints, each of so many characters. */
export const MOST_HINTS = 500;
export const HINT_CHARACTERS = 100;

/**
 * Asks the caller for words, keys or both. What comes first of the two is what is gathered. If nothing comes, the next
 * verb is done, unless `actionOnEmptyResult`.
 */
export interface GatherVerb {
  readonly verb: "gather";
  readonly input: readonly ("speech" | "dtmf")[];
  /** Asked with `SpeechResult` and `Confidence`, or `Digits`. @default the document's own address */
  readonly action?: string;
  /** Said while Twilio listens: the caller's voice or key stops it. @default nothing */
  readonly prompt?: readonly PromptVerb[];
  /** So long it waits for the caller to begin, or to press the next key, behind the prompt: whole seconds, in ms. @default 5000 */
  readonly timeoutMs?: number;
  /**
   * So much silence ends the speech: whole seconds, in ms, or `auto`, which Twilio does not allow with a `speechModel`.
   * @default that of `timeoutMs`
   */
  readonly speechTimeoutMs?: number | "auto";
  /** A language tag, such as `hi-IN`. @default "en-US" */
  readonly language?: string;
  /** @default Twilio's choice for the language */
  readonly speechModel?: string;
  /** Words and phrases the caller is likely to say. */
  readonly hints?: readonly string[];
  /** Ends after so many keys. @default any number */
  readonly numDigits?: number;
  /** Ends the keys, and is not among them; blank: none does. @default "#" */
  readonly finishOnKey?: string;
  /** Asked while the caller speaks, with the words so far. */
  readonly partialResultCallback?: string;
  /** The action is asked also if nothing came. @default false */
  readonly actionOnEmptyResult?: boolean;
  /** The caller's voice stops the prompt. @default true */
  readonly bargeIn?: boolean;
  /** The costlier variant of the model `phone_call`. @default false */
  readonly enhanced?: boolean;
  /** Bad words come as stars. @default true */
  readonly profanityFilter?: boolean;
}

/** @throws BolchaalError `invalid-option` */
export function gatherElement(verb: GatherVerb): string {
  const { input, prompt = [], speechModel, speechTimeoutMs } = verb;
  if (input.length === 0 || new Set(input).size < input.length) {
    throw invalid(`A gather takes "${input.join(" ")}". Give speech, dtmf or both.`);
  }
  if (speechModel !== undefined && speechTimeoutMs === "auto") {
    throw invalid(
      `With the speech model "${speechModel}" Twilio has no speechTimeout "auto". Give whole seconds, in ms.`,
    );
  }
  const attributes = {
    input: input.join(" "),
    action: webAddress("The action of a gather", verb.action),
    method: verb.action === undefined ? undefined : "POST",
    timeout: seconds("The timeout of a gather", verb.timeoutMs),
    speechTimeout: speechTimeoutMs === "auto" ? "auto" : seconds("The speech timeout of a gather", speechTimeoutMs),
    language: language("The language of a gather", verb.language),
    speechModel: matching("The speech model", speechModel, /^[\w.-]+$/u, "a model's name"),
    hints: hintsOf(verb.hints ?? []),
    numDigits: wholeNumber("The number of digits", verb.numDigits, 1),
    finishOnKey: matching("The key that finishes", verb.finishOnKey, /^[\d*#]?$/u, "one key, or nothing"),
    partialResultCallback: webAddress("The address for partial results", verb.partialResultCallback),
    partialResultCallbackMethod: verb.partialResultCallback === undefined ? undefined : "POST",
    actionOnEmptyResult: verb.actionOnEmptyResult,
    bargeIn: verb.bargeIn,
    enhanced: verb.enhanced,
    profanityFilter: verb.profanityFilter,
  };
  return element("Gather", attributes, prompt.map(promptElement).join(""));
}

/** They are written one behind another, with commas. */
function hintsOf(hints: readonly string[]): string | undefined {
  if (hints.length > MOST_HINTS) throw invalid(`There are ${hints.length} hints. Give ${MOST_HINTS} at most.`);
  const wrong = hints.find((hint) => hint.trim() === "" || hint.length > HINT_CHARACTERS || hint.includes(","));
  if (wrong !== undefined) {
    throw invalid(`The hint "${wrong}" is wrong. Give 1 to ${HINT_CHARACTERS} characters, and no comma among them.`);
  }
  return hints.length === 0 ? undefined : hints.join(",");
}
