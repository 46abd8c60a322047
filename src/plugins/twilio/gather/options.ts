import { BolchaalError } from "../../../errors.js";
import { silentLogger } from "../../../session/silent-logger.js";
import type { CallInfo, Clock, Language, Logger } from "../../../spec/index.js";
import { systemClock } from "../../../system-clock.js";
import { SAY_VOICES, type TwimlVerb } from "../twiml.js";
import { DEFAULT_UNIT_MS } from "./estimate-heard.js";
import type { PatienceLimits } from "./patience.js";
import type { GatherVoice } from "./voice.js";

/**
 * A webhook is answered within this, in ms, whatever the brain does: a little more than the session takes to say a
 * filler line, and far less than the 15 s Twilio waits.
 */
export const DEFAULT_ANSWER_WITHIN_MS = 2_600;

/** The longest it may be told to be, in ms. */
export const LONGEST_ANSWER_WITHIN_MS = 10_000;

/** So long the whole of a reply is waited for, in ms; then what there is of it is said, and the rest when that is over. */
export const DEFAULT_WHOLE_REPLY_MS = 1_500;

/** Twilio listens for so long, in ms, and then asks whether there is something to say. */
export const DEFAULT_LISTEN_MS = 5_000;

/** Words of a lower confidence count as not understood. Twilio's values differ from model to model: only the worst are left out. */
export const DEFAULT_MIN_CONFIDENCE = 0.3;

/** With a speech model Twilio has no `auto`: so much silence, in ms, ends the caller's speech then. */
export const DEFAULT_MODEL_SPEECH_TIMEOUT_MS = 1_000;

/** A call of which Twilio tells nothing for so long, in ms, behind what it was given to say, is over. */
export const DEFAULT_LOST_AFTER_MS = 90_000;

/** What a caller hears, unless told otherwise, when the call was let go of. */
export const DEFAULT_GATHER_FALLBACK: readonly TwimlVerb[] = [{ verb: "hangup" }];

/** Of {@link createGatherCall}. */
export interface GatherCallOptions {
  /**
   * Under this address, as Twilio reaches it, stand the routes `/gather/<callSid>/<turn>`,
   * `/gather-partial/<callSid>/<turn>` and `/speech/<id>`: such as `https://voice.example.com/twilio`.
   */
  readonly baseUrl: string;
  /** What the app gives along with the call. @default none */
  readonly parameters?: Readonly<Record<string, string>>;
  /** @default "say" */
  readonly voice?: GatherVoice;
  /** Twilio's voices for `<Say>`. @default those of `SAY_VOICES` */
  readonly sayVoices?: Readonly<Partial<Record<Language, string>>>;
  /** How fast `<Say>` speaks, in ms a UTF-16 unit: by this it is estimated what was heard. @default DEFAULT_UNIT_MS */
  readonly unitMs?: Readonly<Partial<Record<Language, number>>>;
  /** The language listened for at first. Then the replies' language, until the session tells another. @default "hi-en" */
  readonly language?: Language;
  /** Words and names the caller is likely to say. @default none */
  readonly hints?: readonly string[];
  /** The recogniser's model. @default Twilio's choice for the language */
  readonly speechModel?: string;
  /** So much silence ends the caller's speech: whole seconds, in ms, or `auto`. @default "auto"; 1000 with a `speechModel` */
  readonly speechTimeoutMs?: number | "auto";
  /** Twilio listens for so long before it asks again, in whole seconds, in ms. A line of the app's waits for that. @default 5000 */
  readonly listenMs?: number;
  /** Words so far are told while the caller speaks, and interruptions sooner. It costs a request each. @default true */
  readonly partialResults?: boolean;
  /** 0 to 1. A confidence that Twilio does not tell, or tells as 0, counts as enough. @default 0.3 */
  readonly minConfidence?: number;
  /** Keys are told when there are so many. @default any number: told when no more come, or by `finishOnKey` */
  readonly numDigits?: number;
  /** This key ends the keys at once, and is told as the last of them; blank: none does. @default "#" */
  readonly finishOnKey?: string;
  /** Twilio writes bad words with stars. @default true */
  readonly profanityFilter?: boolean;
  /** A webhook waits for a reply so long, in ms; then Twilio listens for a second and comes back. At most 10000. @default 2600 */
  readonly answerWithinMs?: number;
  /** It waits so long for the whole of a reply that has begun. Not above `answerWithinMs`. @default 1500 */
  readonly wholeReplyMs?: number;
  /** Twilio tells nothing for so long, in ms, behind what it was given to say: the call is lost. @default 90000 */
  readonly lostAfterMs?: number;
  /** What is done with a call that was let go of. @default DEFAULT_GATHER_FALLBACK */
  readonly fallback?: readonly TwimlVerb[];
  /**
   * Ends the call at Twilio at once, by its REST API for instance. Without it the call ends when Twilio asks next: at once
   * behind a line that cannot be interrupted, within `listenMs` otherwise.
   */
  readonly hangUp?: (call: CallInfo) => Promise<void>;
  /** @default silent */
  readonly logger?: Logger;
  /** @default the system's clock */
  readonly clock?: Clock;
}

/** The options with every default in its place. */
export interface ResolvedGatherOptions
  extends PatienceLimits,
    Required<Omit<GatherCallOptions, "hints" | "speechModel" | "numDigits" | "hangUp" | "unitMs" | "sayVoices">> {
  readonly hints: readonly string[];
  readonly speechModel: string | undefined;
  readonly numDigits: number | undefined;
  readonly unitMs: Readonly<Record<Language, number>>;
  readonly sayVoices: Readonly<Partial<Record<Language, string>>>;
  readonly hangUp: GatherCallOptions["hangUp"];
}

/** @throws BolchaalError `invalid-option` */
export function resolveGatherOptions(options: GatherCallOptions): ResolvedGatherOptions {
  const { speechModel, answerWithinMs = DEFAULT_ANSWER_WITHIN_MS, minConfidence = DEFAULT_MIN_CONFIDENCE } = options;
  if (!/^https?:\/\/[^\s/?#]+[^\s?#]*$/u.test(options.baseUrl)) {
    throw invalid(`The base URL "${options.baseUrl}" is wrong. Give one such as "https://voice.example.com/twilio".`);
  }
  if (!(answerWithinMs > 0 && answerWithinMs <= LONGEST_ANSWER_WITHIN_MS)) {
    throw invalid(`answerWithinMs is ${answerWithinMs}. Give 1 to ${LONGEST_ANSWER_WITHIN_MS}.`);
  }
  if (!(minConfidence >= 0 && minConfidence <= 1)) throw invalid(`minConfidence is ${minConfidence}. Give 0 to 1.`);
  return Object.freeze({
    baseUrl: options.baseUrl.replace(/\/+$/u, ""),
    parameters: options.parameters ?? {},
    voice: options.voice ?? "say",
    sayVoices: options.sayVoices ?? {},
    unitMs: { ...DEFAULT_UNIT_MS, ...options.unitMs },
    language: options.language ?? "hi-en",
    hints: options.hints ?? [],
    speechModel,
    speechTimeoutMs: options.speechTimeoutMs ?? (speechModel === undefined ? "auto" : DEFAULT_MODEL_SPEECH_TIMEOUT_MS),
    listenMs: options.listenMs ?? DEFAULT_LISTEN_MS,
    partialResults: options.partialResults ?? true,
    minConfidence,
    numDigits: options.numDigits,
    finishOnKey: options.finishOnKey ?? "#",
    profanityFilter: options.profanityFilter ?? true,
    answerWithinMs,
    wholeReplyMs: Math.min(options.wholeReplyMs ?? DEFAULT_WHOLE_REPLY_MS, answerWithinMs),
    lostAfterMs: options.lostAfterMs ?? DEFAULT_LOST_AFTER_MS,
    fallback: options.fallback ?? DEFAULT_GATHER_FALLBACK,
    hangUp: options.hangUp,
    logger: options.logger ?? silentLogger,
    clock: options.clock ?? systemClock,
  });
}

/** The tag of the language that Twilio is to listen for. */
export function recognitionLanguage(language: Language): string {
  return SAY_VOICES[language].language;
}

export function invalid(message: string): BolchaalError {
  return new BolchaalError(message, { code: "invalid-option", component: "transport", provider: "twilio" });
}
