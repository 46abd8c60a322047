import type { Language } from "../../../spec/index.js";
import type { GatherVerb, PlayVerb, SayVerb, TwimlVerb } from "../twiml.js";
import { type ResolvedGatherOptions, recognitionLanguage } from "./options.js";

/** Twilio listens at least so long behind a prompt, in ms: it counts in whole seconds. So long it does where more is to come. */
export const SHORTEST_LISTEN_MS = 1_000;

/** What an answer to Twilio is made of. */
export interface DocumentParts {
  /** Said before Twilio listens. */
  readonly unheeding: readonly (SayVerb | PlayVerb)[];
  /** Said while it listens. */
  readonly heeding: readonly (SayVerb | PlayVerb)[];
  /** So long it listens then, in whole seconds, in ms. */
  readonly listeningMs: number;
  readonly language: Language;
  /** Where Twilio brings what it got, or comes back to. */
  readonly action: string;
  readonly partial: string;
}

/**
 * What Twilio is to do until it comes back. Behind lines that cannot be interrupted it comes back at once, and so tells
 * when they are over; else it listens first.
 */
export function gatherDocument(parts: DocumentParts, options: ResolvedGatherOptions): readonly TwimlVerb[] {
  const { unheeding, heeding, action } = parts;
  const comeBack = { verb: "redirect", url: action } as const;
  if (unheeding.length > 0 && heeding.length === 0) return [...unheeding, comeBack];
  return [...unheeding, listen(parts, options), comeBack];
}

function listen(parts: DocumentParts, options: ResolvedGatherOptions): GatherVerb {
  const { hints, speechModel, speechTimeoutMs, partialResults, numDigits, finishOnKey, profanityFilter } = options;
  return {
    verb: "gather",
    input: ["speech", "dtmf"],
    action: parts.action,
    prompt: parts.heeding,
    timeoutMs: parts.listeningMs,
    speechTimeoutMs,
    language: recognitionLanguage(parts.language),
    ...(speechModel === undefined ? {} : { speechModel }),
    ...(hints.length === 0 ? {} : { hints }),
    ...(numDigits === undefined ? {} : { numDigits }),
    ...(finishOnKey === "#" ? {} : { finishOnKey }),
    ...(partialResults ? { partialResultCallback: parts.partial } : {}),
    ...(profanityFilter ? {} : { profanityFilter }),
  };
}
