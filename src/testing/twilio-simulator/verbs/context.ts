import type { Clock } from "../../../spec/index.js";
import type { Phone } from "../carrier/phone.js";
import type { AppLink } from "../carrier/wire.js";
import type { DebuggerLog } from "../debugger-events.js";
import type { ResolvedCall } from "../options.js";
import type { CallOver, CarriedOut, DialLeg, SimulatedCallEnd, StreamLog } from "../report.js";
import type { TwimlVerb, WebhookMethod } from "../twiml/verbs.js";
import type { Webhooks } from "../webhook.js";
import type { CallIdentity } from "../wire-messages.js";
import type { DialedParty } from "./dialed-party.js";

/** Where the next verbs come from. */
export type Instructions =
  | {
      readonly url: string;
      readonly method?: WebhookMethod;
      readonly fallbackUrl?: string;
      /** Beyond the usual ones. */
      readonly fields?: Readonly<Record<string, string>>;
      /** Asks twice, and goes by the second answer. */
      readonly twice?: boolean;
    }
  | { readonly twiml: string };

/** What comes after a verb: the next one, other instructions, or the call's end. */
export type Flow = undefined | { readonly goTo: Instructions } | { readonly end: CallOver["reason"] };

/** A call in the doing, as its verbs see it. */
export interface LegContext {
  readonly identity: CallIdentity;
  readonly from: string;
  readonly to: string;
  readonly direction: "inbound" | "outbound-api" | "outbound-dial";
  readonly phone: Phone;
  readonly call: ResolvedCall;
  readonly clock: Clock;
  readonly link: AppLink;
  readonly webhooks: Webhooks;
  readonly twilioDebugger: DebuggerLog;
  readonly log: CallLog;
  /** Who is called by a `<Dial>`. */
  party(number: string): DialedParty;
  /** The fields that each webhook of the call holds, as things are now. */
  fields(): Record<string, string>;
  /** The signature of an upgrade. */
  upgradeSignature(url: string): string | null;
  /** A further stream of the call's: the first has the call's own id. */
  nextStream(): CallIdentity;
}

/** What is written down of a call. */
export interface CallLog extends Mutable<StreamLog> {
  readonly verbs: CarriedOut[];
  readonly dialLegs: DialLeg[];
  /** How the last stream or session ended, or why there was none. */
  lastLine: SimulatedCallEnd | undefined;
  /** The caller was asked for something by `<Gather>` or the like, and no stream came behind it. */
  asked: boolean;
  /** What the app answered instead of TwiML. */
  httpStatus: number | undefined;
}

type Mutable<Log> = { readonly [Key in keyof Log]: Log[Key] extends readonly (infer Item)[] ? Item[] : never };

export function createCallLog(): CallLog {
  return {
    verbs: [],
    dialLegs: [],
    messages: [],
    echoes: [],
    violations: [],
    lastLine: undefined,
    asked: false,
    httpStatus: undefined,
  };
}

/** A document in the doing. */
export interface DocumentContext {
  readonly leg: LegContext;
  /** An address of the TwiML's, made absolute; without one, that of the document itself. */
  resolve(url: string | undefined): string;
  /** Aborts when the call is over, or goes on with other instructions. */
  readonly signal: AbortSignal;
}

/** Carries out one kind of verb. */
export type CarryOut<Verb extends TwimlVerb> = (verb: Verb, document: DocumentContext) => Promise<Flow>;
