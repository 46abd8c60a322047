import type { Clock } from "../../../spec/index.js";
import type { InProcessApp } from "../carrier/memory-link.js";
import type { LegRunnerOptions } from "../carrier/run-leg.js";
import type { RunLeg } from "../live-leg.js";
import type { SignatureFault } from "../signature.js";
import type { WebhookChaos } from "../webhook.js";
import type { Callee } from "./callees.js";
import type { ApiFault, ApiFaultContext } from "./faults.js";

/** Twilio begins so many of an account's calls in a second; the others wait. */
export const DEFAULT_CALLS_PER_SECOND = 1;

/** From the start of a call until it rings, in ms. */
export const DEFAULT_ROUTING_MS = 500;

/** A simulated account at Twilio. */
export interface TwilioAccountOptions {
  /** @default SIMULATED_ACCOUNT_SID */
  readonly accountSid?: string;
  /** Of the account; it signs every webhook. */
  readonly authToken: string;
  /** API keys, by SID: their secrets. @default none */
  readonly apiKeys?: Readonly<Record<string, string>>;
  /** Paces everything. @default the system's clock; a virtual one needs `app` */
  readonly clock?: Clock;
  /** What time it is when the account is made; from then on it is as late as `clock` says. @default the machine's time */
  readonly startedAt?: Date;
  /** Twilio begins so many calls in a second, the others are queued. @default DEFAULT_CALLS_PER_SECOND */
  readonly callsPerSecond?: number;
  /** From the start of a call until it rings, in ms. @default DEFAULT_ROUTING_MS */
  readonly routingMs?: number;
  /** Who is at a number. @default everybody answers, says hello and listens */
  readonly callees?: (number: string) => Callee;
  /** The account's own numbers. @default one, DEFAULT_CALLED_NUMBER, without a webhook */
  readonly numbers?: readonly (string | OwnNumberOptions)[];
  /** Numbers that are not the account's own, but verified: it may call from them. @default none */
  readonly verifiedCallers?: readonly string[];
  /** The app, if it runs in this process. @default it is reached over the network */
  readonly app?: InProcessApp;
  /** Where the app really listens, if its public address leads elsewhere. @default the addresses themselves */
  readonly connectTo?: string;
  /** Carries out answered calls. @default createLegRunner with the app, the clock, `webhooks` and `signatures` */
  readonly leg?: RunLeg;
  /** More for that runner: who is at the other end of a `<Dial>`, what every call is like. @default nothing */
  readonly legs?: Pick<LegRunnerOptions, "parties" | "call">;
  /** What becomes of the calls' own webhooks on their way. @default nothing */
  readonly webhooks?: WebhookChaos;
  /** What becomes of callbacks of status, machine detection and recordings on their way. @default nothing */
  readonly callbacks?: CallbackChaos;
  /** Instead of the right signatures of webhooks and callbacks, other ones. @default none */
  readonly signatures?: { readonly webhook?: SignatureFault; readonly upgrade?: SignatureFault };
  /** What is fetched and listed is so old, in ms: Twilio is eventually consistent. @default 0 */
  readonly staleMs?: number;
  /** So long after its end Twilio knows nothing of a call any more, in ms. @default never */
  readonly forgetsAfterMs?: number;
  /** What goes wrong with a request to the API, if anything. @default nothing does */
  readonly faults?: (request: ApiFaultContext) => ApiFault | undefined;
  /** How the API writes errors: with code and message, or as problems of RFC 9457. @default "plain" */
  readonly errorBodies?: "plain" | "rfc9457";
  /** Of all that looks random. @default 1 */
  readonly seed?: number;
}

/** A number of the account's own. */
export interface OwnNumberOptions {
  readonly phoneNumber: string;
  /** Asked when somebody calls. @default none: nobody answers */
  readonly voiceUrl?: string;
  /** @default "POST" */
  readonly voiceMethod?: "GET" | "POST";
  readonly voiceFallbackUrl?: string;
  /** Told when a call to the number is over. @default none */
  readonly statusCallback?: string;
  /** @default true */
  readonly voice?: boolean;
}

/**
 * What becomes of callbacks on their way. What looks random is the same for the same seed.
 * One that is answered wrongly is sent again if its address says so, as Twilio has it: `#rc=2&rp=5xx`.
 */
export interface CallbackChaos {
  /** How many of them come twice, 0 to 1, with the same `I-Twilio-Idempotency-Token`. @default 0 */
  readonly twice?: number;
  /** Each is up to so much late, in ms. @default 0 */
  readonly delayMs?: number;
  /** The second copy is sent up to so much behind the first, in ms. @default 0 */
  readonly secondDelayMs?: number;
  /** How many are overtaken by the next one of the same call, 0 to 1. @default 0 */
  readonly overtaken?: number;
  /** How many never arrive, 0 to 1. @default 0 */
  readonly lost?: number;
}
