import type { Language } from "../../../spec/index.js";
import type { DialVerb, PromptVerb, TwimlVerb } from "../twiml.js";

/** It rings so long, in ms, unless told otherwise. */
export const DEFAULT_TRANSFER_RING_MS = 25_000;

/** Behind the briefing so long is waited for the key, in ms; the briefing is told twice. */
export const ACCEPT_WITHIN_MS = 5_000;

/** What is said to who picks up. */
export interface Briefing {
  readonly text: string;
  readonly language: Language;
}

/** What asks for the key, behind the briefing. */
export const ACCEPT_LINES: Readonly<Record<Language, string>> = Object.freeze({
  en: "Press 1 to take the call.",
  hi: "कॉल लेने के लिए एक दबाइए।",
  "hi-en": "Call लेने के लिए one दबाइए।",
});

/** How somebody is dialled. */
export interface DialPlan {
  /** Whom to call, in E.164. */
  readonly to: string;
  /** The number that is shown: one of the account's, or the caller's. @default the caller's */
  readonly callerId?: string;
  /** It rings so long, in whole seconds, in ms. @default 25000 */
  readonly ringTimeoutMs?: number;
  /** The two may talk so long, in whole seconds, in ms. @default Twilio's four hours */
  readonly timeLimitMs?: number;
  /** What the caller hears before it rings. @default nothing */
  readonly before?: readonly PromptVerb[];
}

/** Dials: `urls.after` is asked when that is over; `urls.brief`, if given, what is said to who picks up. */
export function dialVerbs(plan: DialPlan, urls: { readonly after: string; readonly brief?: string }): TwimlVerb[] {
  const { to, callerId, ringTimeoutMs = DEFAULT_TRANSFER_RING_MS, timeLimitMs, before = [] } = plan;
  const dial: DialVerb = {
    verb: "dial",
    number: urls.brief === undefined ? to : { number: to, url: urls.brief },
    action: urls.after,
    timeoutMs: ringTimeoutMs,
    ...(callerId === undefined ? {} : { callerId }),
    ...(timeLimitMs === undefined ? {} : { timeLimitMs }),
  };
  return [...before, dial];
}

/** Said to who picks up, whom the caller does not hear yet. When these verbs are done, the two are connected. */
export function briefingVerbs(briefing: Briefing, keyUrl: string | undefined): TwimlVerb[] {
  const { text, language } = briefing;
  if (keyUrl === undefined) return [{ verb: "say", text, language }];
  const ask: TwimlVerb = {
    verb: "gather",
    input: ["dtmf"],
    numDigits: 1,
    timeoutMs: ACCEPT_WITHIN_MS,
    action: keyUrl,
    prompt: [
      { verb: "say", text, language },
      { verb: "say", text: ACCEPT_LINES[language], language },
    ],
  };
  return [ask, ask, { verb: "hangup" }];
}
